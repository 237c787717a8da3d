package io.wheelhouse.timer.queue;

import java.util.Arrays;

/**
 * Pairs of deadline and timer in a binary heap, the earliest first, ties by timer number. The deadline is kept beside the
 * timer, so that a timer may get another one and the pair stays where it is: it is then stale, and whoever pops it has to
 * find that out. Push and pop O(log n).
 */
final class DueHeap {
    private static final int FIRST_PIECE = 8;
    private static final long[] NO_DEADLINES = {};
    private static final int[] NO_TIMERS = {};

    private long[] deadlinesNs = NO_DEADLINES;
    private int[] timers = NO_TIMERS;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** Forgets all pairs; they can be read until others take their place. */
    void clear() {
        size = 0;
    }

    long topNs() {
        return deadlinesNs[0];
    }

    int topTimer() {
        return timers[0];
    }

    long deadlineNs(int at) {
        return deadlinesNs[at];
    }

    int timer(int at) {
        return timers[at];
    }

    void push(long deadlineNs, int timer) {
        if (size == timers.length) {
            int capacity = size + Math.max(FIRST_PIECE, size >> 1);
            deadlinesNs = Arrays.copyOf(deadlinesNs, capacity);
            timers = Arrays.copyOf(timers, capacity);
        }
        int at = size;
        size++;
        while (at > 0) {
            int parent = (at - 1) >> 1;
            if (!isBefore(deadlineNs, timer, parent)) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        put(at, deadlineNs, timer);
    }

    void pop() {
        size--;
        if (size > 0) {
            siftDown(deadlinesNs[size], timers[size]);
        }
    }

    private void siftDown(long deadlineNs, int timer) {
        int at = 0;
        int child = 1;
        while (child < size) {
            if (child + 1 < size && isBefore(deadlinesNs[child + 1], timers[child + 1], child)) {
                child++;
            }
            if (isBefore(deadlineNs, timer, child)) {
                break;
            }
            move(child, at);
            at = child;
            child = 2 * at + 1;
        }
        put(at, deadlineNs, timer);
    }

    private boolean isBefore(long deadlineNs, int timer, int at) {
        return deadlineNs < deadlinesNs[at] || (deadlineNs == deadlinesNs[at] && timer < timers[at]);
    }

    private void move(int from, int to) {
        put(to, deadlinesNs[from], timers[from]);
    }

    private void put(int at, long deadlineNs, int timer) {
        deadlinesNs[at] = deadlineNs;
        timers[at] = timer;
    }

    void checkOrder() {
        for (int at = 1; at < size; at++) {
            int parent = (at - 1) >> 1;
            ClockedQueue.ensure(
                    isBefore(deadlinesNs[parent], timers[parent], at)
                            || (deadlinesNs[parent] == deadlinesNs[at] && timers[parent] == timers[at]),
                    "parent in the heap of due timers",
                    deadlinesNs[parent],
                    deadlinesNs[at]);
        }
    }
}
