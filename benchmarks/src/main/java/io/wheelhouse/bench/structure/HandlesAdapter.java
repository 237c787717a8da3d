package io.wheelhouse.bench.structure;

import io.wheelhouse.timer.queue.TimerQueue;
import io.wheelhouse.timer.queue.Timers;

/** Our handles and payloads over a queue. Added: the caller keeps the handle of each timer; the payload is its number. */
final class HandlesAdapter implements TimerAdapter, Timers.Handler<Integer> {
    private final Timers<Integer> timers;
    private final Handler handler;
    private final long[] handles;
    private final Integer[] payloads;
    private long nowNs;

    HandlesAdapter(TimerQueue queue, int timers, Handler handler) {
        this.timers = new Timers<>(queue);
        this.timers.reserve(timers);
        this.handler = handler;
        this.handles = new long[timers];
        this.payloads = new Integer[timers];
        for (int timer = 0; timer < timers; timer++) {
            payloads[timer] = timer;
        }
    }

    @Override
    public void arm(int timer, long nowNs, long deadlineNs) {
        if (!timers.reschedule(handles[timer], nowNs, deadlineNs)) {
            handles[timer] = timers.schedule(nowNs, deadlineNs, payloads[timer]);
        }
    }

    @Override
    public void cancel(int timer) {
        timers.cancel(handles[timer]);
    }

    @Override
    public void advance(long nowNs) {
        this.nowNs = nowNs;
        timers.advance(nowNs, Integer.MAX_VALUE, this);
    }

    @Override
    public void onExpiry(long handle, Integer payload, long deadlineNs) {
        handler.onExpiry(payload, nowNs);
    }

    @Override
    public int size() {
        return timers.size();
    }
}
