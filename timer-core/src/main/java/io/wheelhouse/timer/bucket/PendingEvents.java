package io.wheelhouse.timer.bucket;

import java.util.Arrays;

/**
 * A bucket's pending network events, ordered by (time, connection, order of scheduling).
 *
 * <p>A 4-ary heap in one array of longs, so that the children of an event lie together: scheduling and taking cost O(log n).
 * Events are never cancelled: what became moot is recognised when its instant comes. Grows with the events in flight by half
 * its size, from nothing.
 */
final class PendingEvents {
    static final long NONE = Long.MAX_VALUE;
    private static final int ARITY_SHIFT = 2;
    private static final int FIRST_CAPACITY = 8;

    // words of an event: its time; the connection in the high half and a rolling sequence number in the low one; itself
    private static final int TIME = 0;
    private static final int TIE = 1;
    private static final int EVENT = 2;
    private static final int WORDS = 3;

    private long[] words = {};
    private int size;
    private int sequence;

    void add(long timeNs, int connection, int event) {
        assert connection >= 0 : connection;
        if (size * WORDS == words.length) {
            int capacity = Math.max(FIRST_CAPACITY, size + (size >> 1));
            words = Arrays.copyOf(words, Math.multiplyExact(capacity, WORDS));
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
        return size == 0 ? NONE : words[TIME];
    }

    int nextConnection() {
        return (int) (words[TIE] >>> 32);
    }

    int nextEvent() {
        return (int) words[EVENT];
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
        long time = words[last * WORDS + TIME];
        long tie = words[last * WORDS + TIE];
        int hole = 0;
        while (true) {
            int child = (hole << ARITY_SHIFT) + 1;
            if (child >= last) {
                break;
            }
            int best = child;
            int end = Math.min(child + (1 << ARITY_SHIFT), last);
            for (int other = child + 1; other < end; other++) {
                if (before(words[other * WORDS + TIME], words[other * WORDS + TIE], best)) {
                    best = other;
                }
            }
            if (before(time, tie, best)) {
                break;
            }
            copy(best, hole);
            hole = best;
        }
        put(hole, time, tie, words[last * WORDS + EVENT]);
    }

    /** Sequence numbers roll over after 2^32 events; two that meet in one heap at one time are never that far apart. */
    private boolean before(long time, long tie, int other) {
        long otherTime = words[other * WORDS + TIME];
        if (time != otherTime) {
            return time < otherTime;
        }
        long otherTie = words[other * WORDS + TIE];
        int connection = (int) (tie >>> 32);
        int otherConnection = (int) (otherTie >>> 32);
        return connection != otherConnection ? connection < otherConnection : (int) tie - (int) otherTie < 0;
    }

    private void copy(int from, int to) {
        int source = from * WORDS;
        put(to, words[source + TIME], words[source + TIE], words[source + EVENT]);
    }

    private void put(int at, long time, long tie, long event) {
        int row = at * WORDS;
        words[row + TIME] = time;
        words[row + TIE] = tie;
        words[row + EVENT] = event;
    }
}
