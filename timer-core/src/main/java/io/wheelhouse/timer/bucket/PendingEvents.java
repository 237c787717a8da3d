package io.wheelhouse.timer.bucket;

import java.util.Arrays;

/**
 * A bucket's pending network events, ordered by (time, connection, order of scheduling).
 *
 * <p>A 4-ary heap on primitive arrays: scheduling and taking cost O(log n). Events are never cancelled: what became moot
 * is recognised when its instant comes. Grows with the events in flight by half its size, from nothing.
 */
final class PendingEvents {
    static final long NONE = Long.MAX_VALUE;
    private static final int ARITY_SHIFT = 2;
    private static final int FIRST_CAPACITY = 16;

    private long[] times = {};
    // connection in the high half, a rolling sequence number in the low half
    private long[] ties = {};
    private int[] events = {};
    private int size;
    private int sequence;

    void add(long timeNs, int connection, int event) {
        assert connection >= 0 : connection;
        if (size == times.length) {
            int capacity = Math.max(FIRST_CAPACITY, size + (size >> 1));
            times = Arrays.copyOf(times, capacity);
            ties = Arrays.copyOf(ties, capacity);
            events = Arrays.copyOf(events, capacity);
        }
        long tie = ((long) connection << 32) | (sequence++ & 0xFFFF_FFFFL);
        int hole = size++;
        while (hole > 0) {
            int parent = (hole - 1) >> ARITY_SHIFT;
            if (!before(timeNs, tie, parent)) {
                break;
            }
            copy(parent, hole);
            hole = parent;
        }
        put(hole, timeNs, tie, event);
    }

    long nextNs() {
        return size == 0 ? NONE : times[0];
    }

    int nextConnection() {
        return (int) (ties[0] >>> 32);
    }

    int nextEvent() {
        return events[0];
    }

    int size() {
        return size;
    }

    void remove() {
        assert size > 0 : "remove from an empty queue of events";
        int last = --size;
        if (last == 0) {
            return;
        }
        long time = times[last];
        long tie = ties[last];
        int hole = 0;
        while (true) {
            int child = (hole << ARITY_SHIFT) + 1;
            if (child >= last) {
                break;
            }
            int best = child;
            int end = Math.min(child + (1 << ARITY_SHIFT), last);
            for (int other = child + 1; other < end; other++) {
                if (before(times[other], ties[other], best)) {
                    best = other;
                }
            }
            if (before(time, tie, best)) {
                break;
            }
            copy(best, hole);
            hole = best;
        }
        put(hole, time, tie, events[last]);
    }

    /** Sequence numbers roll over after 2^32 events; two that meet in one heap at one time are never that far apart. */
    private boolean before(long time, long tie, int other) {
        long otherTime = times[other];
        if (time != otherTime) {
            return time < otherTime;
        }
        int connection = (int) (tie >>> 32);
        int otherConnection = (int) (ties[other] >>> 32);
        return connection != otherConnection ? connection < otherConnection : (int) tie - (int) ties[other] < 0;
    }

    private void copy(int from, int to) {
        times[to] = times[from];
        ties[to] = ties[from];
        events[to] = events[from];
    }

    private void put(int at, long time, long tie, int event) {
        times[at] = time;
        ties[at] = tie;
        events[at] = event;
    }
}
