package io.wheelhouse.timer.queue;

import java.util.Arrays;

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
public final class HeapQueue extends QueueBase {
    private static final int NOT_ARMED = -1;
    private static final int[] NO_POSITIONS = {};

    private final DeadlineHeap armed = new DeadlineHeap();

    /** Shares {@link #positions}: no timer is in both. */
    private final DeadlineHeap deferred = new DeadlineHeap();

    private int[] positions = NO_POSITIONS;

    @Override
    boolean holds(int timer) {
        return positions[timer] != NOT_ARMED;
    }

    @Override
    long place(int timer, long nowNs, long deadlineNs) {
        DeadlineHeap heap = isDeferred(deadlineNs) ? deferred : armed;
        heap.push(timer, deadlinesNs, positions);
        lowerNext(deadlineNs);
        return deadlineNs;
    }

    @Override
    void remove(int timer) {
        DeadlineHeap heap = armed.holds(timer, positions) ? armed : deferred;
        heap.remove(timer, deadlinesNs, positions);
        positions[timer] = NOT_ARMED;
    }

    @Override
    int pollDue(long nowNs) {
        counts.slotVisits++;
        return !armed.isEmpty() && deadlinesNs[armed.top()] <= nowNs ? pop(armed) : NIL;
    }

    private int pop(DeadlineHeap heap) {
        int timer = heap.pop(deadlinesNs, positions);
        positions[timer] = NOT_ARMED;
        return timer;
    }

    @Override
    long polledExpiryNs(int timer) {
        return deadlinesNs[timer];
    }

    @Override
    void settle() {
        while (!deferred.isEmpty()) {
            armed.push(deferred.pop(deadlinesNs, positions), deadlinesNs, positions);
        }
    }

    @Override
    long computeNextNs() {
        return Math.min(topNs(armed), topNs(deferred));
    }

    private long topNs(DeadlineHeap heap) {
        return heap.isEmpty() ? NONE : deadlinesNs[heap.top()];
    }

    @Override
    public long roundingBoundNs(long delayNs) {
        checkDelay(delayNs);
        return 0;
    }

    @Override
    void resizeLinks(int capacity) {
        int old = positions.length;
        positions = Arrays.copyOf(positions, capacity);
        Arrays.fill(positions, old, capacity, NOT_ARMED);
    }

    @Override
    public void checkInvariants() {
        checkCounts();
        armed.checkOrder(deadlinesNs, positions);
        ensure(deferred.isEmpty(), "timers deferred between advances", deferred.size(), 0);
        ensure(armed.size() == size(), "timers in the heap", armed.size(), size());
        int held = 0;
        for (int timer = 0; timer < positions.length; timer++) {
            held += holds(timer) ? 1 : 0;
        }
        ensure(held == size(), "timers that count as armed", held, size());
    }
}
