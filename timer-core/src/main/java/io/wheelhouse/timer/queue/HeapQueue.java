package io.wheelhouse.timer.queue;

/**
 * Timers in an indexed four-way heap: what timer libraries without wheels do.
 *
 * <p><b>Rounding and order.</b> Exact: a timer is handed out once its deadline has come, by exact deadline, ties by timer
 * number. {@link #nextExpiryNs} is exact.
 *
 * <p><b>Cost.</b> Arm, re-arm, cancel and each expiry O(log n); a clock jump costs what has expired. A timer takes 16
 * bytes: deadline, position, and its place in the heap.
 *
 * <p>One thread at a time.
 */
public final class HeapQueue extends DeadlineQueue {

    @Override
    void file(int timer) {
        heap.push(timer, deadlinesNs, positions);
    }

    @Override
    int pollDue(long nowNs) {
        counts.slotVisits++;
        return topNs(heap) <= nowNs ? popHeap() : NIL;
    }

    @Override
    long computeNextNs() {
        return Math.min(topNs(heap), topNs(deferred));
    }

    @Override
    void checkShape() {
        ensure(heap.size() == size(), "timers in the heap", heap.size(), size());
    }
}
