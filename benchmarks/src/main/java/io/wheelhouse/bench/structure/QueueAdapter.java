package io.wheelhouse.bench.structure;

import io.wheelhouse.timer.queue.ExpiryHandler;
import io.wheelhouse.timer.queue.TimerQueue;

/** Our own structures, which need nothing added. Room is reserved, as by an owner that knows its connections. */
final class QueueAdapter implements TimerAdapter, ExpiryHandler {
    private final TimerQueue queue;
    private final Handler handler;
    private long nowNs;

    QueueAdapter(TimerQueue queue, int timers, Handler handler) {
        this.queue = queue;
        this.handler = handler;
        queue.reserve(timers);
    }

    @Override
    public void arm(int timer, long nowNs, long deadlineNs) {
        queue.arm(timer, nowNs, deadlineNs);
    }

    @Override
    public void cancel(int timer) {
        queue.cancel(timer);
    }

    @Override
    public void advance(long nowNs) {
        this.nowNs = nowNs;
        queue.advance(nowNs, Integer.MAX_VALUE, this);
    }

    @Override
    public void onExpiry(int timer, long deadlineNs, long expiryNs) {
        handler.onExpiry(timer, nowNs);
    }

    @Override
    public int size() {
        return queue.size();
    }
}
