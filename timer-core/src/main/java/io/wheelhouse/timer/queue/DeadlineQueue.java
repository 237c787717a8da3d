package io.wheelhouse.timer.queue;

import java.util.Arrays;

/**
 * What the structures without slots share: they are exact, and hand timers out by exact deadline, ties by timer number,
 * from a heap. A second heap keeps what a handler has deferred. Both find a timer by one array of positions, so no timer
 * is in both.
 */
abstract sealed class DeadlineQueue extends QueueBase permits HeapQueue, ScanQueue {

    static final int NOT_ARMED = -2;
    private static final int[] NO_POSITIONS = {};

    /** The timers that are in order already, the next to be handed out on top. */
    final DeadlineHeap heap = new DeadlineHeap();

    final DeadlineHeap deferred = new DeadlineHeap();

    /** By timer: its position in one of the heaps, that it is not armed, or a negative number of the subclass's own. */
    int[] positions = NO_POSITIONS;

    @Override
    final boolean holds(int timer) {
        return positions[timer] != NOT_ARMED;
    }

    @Override
    final long place(int timer, long nowNs, long deadlineNs) {
        if (isDeferred(deadlineNs)) {
            deferred.push(timer, deadlinesNs, positions);
        } else {
            file(timer);
        }
        lowerNext(deadlineNs);
        return deadlineNs;
    }

    @Override
    final void remove(int timer) {
        if (positions[timer] >= 0) {
            DeadlineHeap from = heap.holds(timer, positions) ? heap : deferred;
            from.remove(timer, deadlinesNs, positions);
        }
        positions[timer] = NOT_ARMED;
    }

    /** Takes the first timer out of the heap, which is not empty. */
    final int popHeap() {
        int timer = heap.pop(deadlinesNs, positions);
        positions[timer] = NOT_ARMED;
        return timer;
    }

    @Override
    final long polledExpiryNs(int timer) {
        return deadlinesNs[timer];
    }

    @Override
    final void settle() {
        while (!deferred.isEmpty()) {
            file(deferred.pop(deadlinesNs, positions));
        }
    }

    /** The first deadline of one of the heaps. */
    final long topNs(DeadlineHeap of) {
        return of.isEmpty() ? NONE : deadlinesNs[of.top()];
    }

    @Override
    public final long roundingBoundNs(long delayNs) {
        checkDelay(delayNs);
        return 0;
    }

    @Override
    final void resizeLinks(int capacity) {
        int old = positions.length;
        positions = Arrays.copyOf(positions, capacity);
        Arrays.fill(positions, old, capacity, NOT_ARMED);
    }

    @Override
    public final void checkInvariants() {
        checkCounts();
        heap.checkOrder(deadlinesNs, positions);
        ensure(deferred.isEmpty(), "timers deferred between advances", deferred.size(), 0);
        int held = 0;
        for (int timer = 0; timer < positions.length; timer++) {
            held += holds(timer) ? 1 : 0;
        }
        ensure(held == size(), "timers that count as armed", held, size());
        checkShape();
    }

    /** Files an armed timer that is not deferred, or is so no longer. */
    abstract void file(int timer);

    /** Checks what the structure knows besides. */
    abstract void checkShape();
}
