package io.wheelhouse.timer.bucket;

import java.util.Arrays;

/**
 * Pending events in a heap, ordered by (time, bucket, connection, order of scheduling): those of a bucket that keeps its
 * own, or on an {@link Agenda} those that came too late for the slots.
 *
 * <p>A 4-ary heap in one array of longs, so that the children of an event lie together: scheduling and taking cost O(log n).
 * Events are never cancelled: what became moot is recognised when its instant comes. Grows with the events in flight by half
 * its size, from nothing.
 */
final class PendingEvents {
    static final long NONE = Long.MAX_VALUE;
    private static final int ARITY_SHIFT = 2;
    private static final int FIRST_CAPACITY = 8;

    private long[] words = {};
    private int size;

    /** Adds an event, in the words of an {@link EventRecord}. */
    void add(long timeNs, long whose, long what) {
        if (size * EventRecord.WORDS == words.length) {
            int capacity = Math.max(FIRST_CAPACITY, size + (size >> 1));
            words = Arrays.copyOf(words, Math.multiplyExact(capacity, EventRecord.WORDS));
        }
        int hole = size++;
        while (hole > 0) {
            int parent = (hole - 1) >> ARITY_SHIFT;
            if (!before(timeNs, whose, what, parent)) {
                break;
            }
            copy(parent, hole);
            hole = parent;
        }
        put(hole, timeNs, whose, what);
    }

    /** The earliest time; {@link #NONE} if there is no event. */
    long nextNs() {
        return size == 0 ? NONE : words[EventRecord.TIME];
    }

    /** Whose the earliest event is. */
    long nextWhose() {
        return words[EventRecord.WHOSE];
    }

    /** What the earliest event is. */
    long nextWhat() {
        return words[EventRecord.WHAT];
    }

    int size() {
        return size;
    }

    /** Takes the earliest event out. */
    void remove() {
        assert size > 0 : "remove from an empty queue of events";
        int last = --size;
        if (last == 0) {
            return;
        }
        int row = last * EventRecord.WORDS;
        long time = words[row + EventRecord.TIME];
        long whose = words[row + EventRecord.WHOSE];
        long what = words[row + EventRecord.WHAT];
        int hole = 0;
        while (true) {
            int child = (hole << ARITY_SHIFT) + 1;
            if (child >= last) {
                break;
            }
            int best = best(child, last);
            if (before(time, whose, what, best)) {
                break;
            }
            copy(best, hole);
            hole = best;
        }
        put(hole, time, whose, what);
    }

    private int best(int firstChild, int limit) {
        int best = firstChild;
        int end = Math.min(firstChild + (1 << ARITY_SHIFT), limit);
        for (int other = firstChild + 1; other < end; other++) {
            int row = other * EventRecord.WORDS;
            if (before(
                    words[row + EventRecord.TIME],
                    words[row + EventRecord.WHOSE],
                    words[row + EventRecord.WHAT],
                    best)) {
                best = other;
            }
        }
        return best;
    }

    private boolean before(long time, long whose, long what, int other) {
        int row = other * EventRecord.WORDS;
        long otherTime = words[row + EventRecord.TIME];
        return time != otherTime
                ? time < otherTime
                : EventRecord.before(whose, what, words[row + EventRecord.WHOSE], words[row + EventRecord.WHAT]);
    }

    private void copy(int from, int to) {
        System.arraycopy(words, from * EventRecord.WORDS, words, to * EventRecord.WORDS, EventRecord.WORDS);
    }

    private void put(int at, long time, long whose, long what) {
        int row = at * EventRecord.WORDS;
        words[row + EventRecord.TIME] = time;
        words[row + EventRecord.WHOSE] = whose;
        words[row + EventRecord.WHAT] = what;
    }
}
