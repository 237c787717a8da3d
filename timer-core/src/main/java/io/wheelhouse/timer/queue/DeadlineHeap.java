package io.wheelhouse.timer.queue;

import java.util.Arrays;

/**
 * An indexed four-way heap of timers, earliest deadline first, ties by timer number, so that the order depends on what
 * it holds and not on how that came in.
 *
 * <p>Deadlines and positions live in arrays of the owner, by timer; the owner passes them in because it may replace them
 * by larger ones. Four children fit one cache line, and the tree is half as deep as a binary one. Push, pop and remove
 * take O(log n). Source: D. B. Johnson, "Priority queues with update and finding minimum spanning trees", 1975.
 */
final class DeadlineHeap {
    private static final int[] EMPTY = {};
    private static final int FIRST_PIECE = 8;

    private int[] timers = EMPTY;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The earliest timer; the heap is not empty. */
    int top() {
        return timers[0];
    }

    /** Whether the timer, whose position may be one in another heap that shares the array, is in this one. */
    boolean holds(int timer, int[] positions) {
        int at = positions[timer];
        return at >= 0 && at < size && timers[at] == timer;
    }

    void push(int timer, long[] deadlinesNs, int[] positions) {
        if (size == timers.length) {
            timers = Arrays.copyOf(timers, size + Math.max(FIRST_PIECE, size >> 3));
        }
        size++;
        siftUp(size - 1, timer, deadlinesNs, positions);
    }

    int pop(long[] deadlinesNs, int[] positions) {
        int timer = timers[0];
        removeAt(0, deadlinesNs, positions);
        return timer;
    }

    void remove(int timer, long[] deadlinesNs, int[] positions) {
        removeAt(positions[timer], deadlinesNs, positions);
    }

    private void removeAt(int at, long[] deadlinesNs, int[] positions) {
        size--;
        if (at == size) {
            return;
        }
        int last = timers[size];
        if (at > 0 && isBefore(last, timers[(at - 1) >> 2], deadlinesNs)) {
            siftUp(at, last, deadlinesNs, positions);
        } else {
            siftDown(at, last, deadlinesNs, positions);
        }
    }

    private void siftUp(int from, int timer, long[] deadlinesNs, int[] positions) {
        int at = from;
        while (at > 0) {
            int parentAt = (at - 1) >> 2;
            int parent = timers[parentAt];
            if (!isBefore(timer, parent, deadlinesNs)) {
                break;
            }
            timers[at] = parent;
            positions[parent] = at;
            at = parentAt;
        }
        timers[at] = timer;
        positions[timer] = at;
    }

    private void siftDown(int from, int timer, long[] deadlinesNs, int[] positions) {
        int at = from;
        int childAt = firstChildAt(at);
        while (childAt < size) {
            int leastAt = leastOfFour(childAt, deadlinesNs);
            int least = timers[leastAt];
            if (!isBefore(least, timer, deadlinesNs)) {
                break;
            }
            timers[at] = least;
            positions[least] = at;
            at = leastAt;
            childAt = firstChildAt(at);
        }
        timers[at] = timer;
        positions[timer] = at;
    }

    /** An index beyond every heap where the product would overflow. */
    private static int firstChildAt(int at) {
        return at > (Integer.MAX_VALUE - 4) >> 2 ? Integer.MAX_VALUE : (at << 2) + 1;
    }

    private int leastOfFour(int firstAt, long[] deadlinesNs) {
        int endAt = Math.min(size - firstAt, 4) + firstAt;
        int leastAt = firstAt;
        for (int at = firstAt + 1; at < endAt; at++) {
            if (isBefore(timers[at], timers[leastAt], deadlinesNs)) {
                leastAt = at;
            }
        }
        return leastAt;
    }

    private static boolean isBefore(int a, int b, long[] deadlinesNs) {
        long aNs = deadlinesNs[a];
        long bNs = deadlinesNs[b];
        return aNs < bNs || (aNs == bNs && a < b);
    }

    void checkOrder(long[] deadlinesNs, int[] positions) {
        for (int at = 0; at < size; at++) {
            int timer = timers[at];
            QueueBase.ensure(positions[timer] == at, "heap position of timer " + timer, positions[timer], at);
            int parent = timers[at == 0 ? 0 : (at - 1) >> 2];
            boolean ordered = at == 0 || isBefore(parent, timer, deadlinesNs);
            QueueBase.ensure(
                    ordered, "parent of timer " + timer + " in the heap", deadlinesNs[parent], deadlinesNs[timer]);
        }
    }
}
