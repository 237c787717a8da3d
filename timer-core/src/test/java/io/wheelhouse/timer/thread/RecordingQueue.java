package io.wheelhouse.timer.thread;

import io.wheelhouse.timer.queue.ExpiryHandler;
import io.wheelhouse.timer.queue.OperationCounts;
import io.wheelhouse.timer.queue.TimerQueue;

/** A timer queue that tells a {@link Ledger} what it was asked and what it promised. */
record RecordingQueue(TimerQueue queue, Ledger ledger) implements TimerQueue {

    @Override
    public long arm(int timer, long nowNs, long deadlineNs) {
        long expiryNs = queue.arm(timer, nowNs, deadlineNs);
        ledger.armed(timer, Math.max(nowNs, deadlineNs), expiryNs);
        return expiryNs;
    }

    @Override
    public boolean cancel(int timer) {
        return queue.cancel(timer);
    }

    @Override
    public boolean isArmed(int timer) {
        return queue.isArmed(timer);
    }

    @Override
    public long deadlineNs(int timer) {
        return queue.deadlineNs(timer);
    }

    @Override
    public int advance(long nowNs, int budget, ExpiryHandler handler) {
        return queue.advance(nowNs, budget, handler);
    }

    @Override
    public long nextExpiryNs() {
        return queue.nextExpiryNs();
    }

    @Override
    public int size() {
        return queue.size();
    }

    @Override
    public long roundingBoundNs(long delayNs) {
        return queue.roundingBoundNs(delayNs);
    }

    @Override
    public OperationCounts counts() {
        return queue.counts();
    }

    @Override
    public void checkInvariants() {
        queue.checkInvariants();
    }
}
