package io.wheelhouse.tcp.recorded;

import io.wheelhouse.timer.queue.ExpiryHandler;
import io.wheelhouse.timer.queue.HierarchicalWheel;
import io.wheelhouse.timer.queue.OperationCounts;
import io.wheelhouse.timer.queue.TimerQueue;
import java.util.HashMap;
import java.util.Map;

/**
 * Exact timers that fire one by one when they are let go, at or after their deadline: at the times at which a recorded
 * kernel's fired. Remembers when each was armed last.
 */
final class HeldTimers implements TimerQueue {
    private final TimerQueue exact = HierarchicalWheel.byDeadline(HierarchicalWheel.FINE_GRANULE_NS);
    private final Map<Integer, Long> armedNs = new HashMap<>();
    private boolean open;
    private long lastArmedNs;
    private long lastDeadlineNs;

    /** Lets the next timer go, once its deadline has come. */
    void letGo() {
        open = true;
    }

    void hold() {
        open = false;
    }

    /** When the next timer is due, held or not. */
    long nextDueNs() {
        return exact.nextExpiryNs();
    }

    /** When the timer that is due next was armed. */
    long nextArmedNs() {
        long dueNs = exact.nextExpiryNs();
        return armedNs.entrySet().stream()
                .filter(armed -> exact.isArmed(armed.getKey()) && exact.deadlineNs(armed.getKey()) == dueNs)
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(NONE);
    }

    /** When the timer that went last had been armed. */
    long lastArmedNs() {
        return lastArmedNs;
    }

    /** The deadline of the timer that went last. */
    long lastDeadlineNs() {
        return lastDeadlineNs;
    }

    @Override
    public long arm(int timer, long nowNs, long deadlineNs) {
        armedNs.put(timer, nowNs);
        return exact.arm(timer, nowNs, deadlineNs);
    }

    @Override
    public int advance(long nowNs, int budget, ExpiryHandler handler) {
        if (!open || exact.nextExpiryNs() > nowNs) {
            return 0;
        }
        open = false;
        return exact.advance(nowNs, 1, (timer, deadlineNs, expiryNs) -> {
            lastArmedNs = armedNs.getOrDefault(timer, nowNs);
            lastDeadlineNs = deadlineNs;
            handler.onExpiry(timer, deadlineNs, expiryNs);
        });
    }

    @Override
    public long nextExpiryNs() {
        return open ? exact.nextExpiryNs() : NONE;
    }

    @Override
    public boolean cancel(int timer) {
        return exact.cancel(timer);
    }

    @Override
    public boolean isArmed(int timer) {
        return exact.isArmed(timer);
    }

    @Override
    public long deadlineNs(int timer) {
        return exact.deadlineNs(timer);
    }

    @Override
    public int size() {
        return exact.size();
    }

    @Override
    public long roundingBoundNs(long delayNs) {
        return exact.roundingBoundNs(delayNs);
    }

    @Override
    public OperationCounts counts() {
        return exact.counts();
    }

    @Override
    public void checkInvariants() {
        exact.checkInvariants();
    }
}
