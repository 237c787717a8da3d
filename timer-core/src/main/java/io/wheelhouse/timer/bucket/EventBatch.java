package io.wheelhouse.timer.bucket;

import java.util.Arrays;

/**
 * Events of the slots that are due, in order: the part of an {@link EventSlots} that is being worked through.
 *
 * <p>Records stay in their chunks, which are given back when the next batch begins. They are sorted by one key each, a long with
 * the time since the batch began in the high half and the record's place in the low one; only events of one instant are
 * compared by more. Those of a slot are sorted as they come, the first scheduled first, short runs by insertion, which are
 * then merged, since what was scheduled with the same delay came in order: O(n log n), O(n) where all of it did. Nothing is
 * allocated once a batch has been as large before.
 */
final class EventBatch {
    private static final int FIRST_CAPACITY = 64;
    private static final int FIRST_DEPTH = 8;
    private static final int RUN = 16;
    private static final int HIGH = 32;
    private static final long LOW_MASK = 0xFFFF_FFFFL;
    /** Before all keys: insertion stops there. */
    private static final long LEAST = -1;

    private final EventChunks chunks;
    // in order, from 1 on
    private long[] keys = new long[FIRST_CAPACITY];
    private long[] merged = new long[FIRST_CAPACITY];
    // the tops of a stack's chunks, from the highest down
    private int[] tops = new int[FIRST_DEPTH];
    // the stacks that are here, one on the other: to the lowest chunk of the first
    private int held = EventChunks.EMPTY;
    private int lowest;
    private long beginNs;
    // ends of what is here, of what has been worked through and of what has been touched, in the keys
    private int size = 1;
    private int next = 1;
    private int touched;
    private int touchNext;

    /** @param chunks hold the records */
    EventBatch(EventChunks chunks) {
        this.chunks = chunks;
        keys[0] = LEAST;
    }

    /** Begins anew: all records will be of that time or later, and less than 2^31 ns after it. */
    void begin(long fromNs) {
        assert next == size : (size - next) + " events left";
        if (held != EventChunks.EMPTY) {
            chunks.release(held, lowest);
            held = EventChunks.EMPTY;
        }
        beginNs = fromNs;
        size = 1;
        next = 1;
        touched = 1;
        touchNext = 1;
    }

    /** Takes over the records of a stack, which all come after those that are here. */
    void gather(int stack) {
        int depth = 0;
        for (int top = stack; top != EventChunks.EMPTY; top = chunks.link(top)) {
            if (depth == tops.length) {
                tops = Arrays.copyOf(tops, depth + (depth >> 1));
            }
            tops[depth++] = top;
        }
        hold(stack, tops[depth - 1]);
        makeRoom(size + depth * EventChunks.RECORDS);
        int first = size;
        boolean areMany = depth * EventChunks.RECORDS > RUN;
        while (depth > 0) {
            if (areMany) {
                append(tops[--depth]);
            } else {
                insertAll(tops[--depth]);
            }
        }
        if (areMany) {
            sortFrom(first);
        }
    }

    private void hold(int stack, int bottom) {
        if (held == EventChunks.EMPTY) {
            lowest = bottom;
        } else {
            chunks.link(bottom, held);
        }
        held = stack;
    }

    private void makeRoom(int records) {
        if (records > keys.length) {
            int capacity = Math.max(records, keys.length + (keys.length >> 1));
            keys = Arrays.copyOf(keys, capacity);
            merged = new long[capacity];
        }
    }

    /** Adds the records of a chunk each in its order; of those of one instant they were scheduled last. */
    private void insertAll(int top) {
        int record = EventChunks.firstRecord(top);
        long[] piece = chunks.piece(record);
        int at = EventChunks.place(record);
        long[] sorted = keys;
        int end = size;
        for (; record < top; record += EventRecord.WORDS) {
            long key = key(piece[at], record);
            long instant = key | LOW_MASK;
            int hole = end++;
            long before = sorted[hole - 1];
            while (before > instant) {
                sorted[hole--] = before;
                before = sorted[hole - 1];
            }
            sorted[hole] = key;
            if (isOneInstant(before, key)) {
                insert(1, hole, key);
            }
            at += EventRecord.WORDS;
        }
        size = end;
    }

    private void append(int top) {
        int record = EventChunks.firstRecord(top);
        long[] piece = chunks.piece(record);
        for (; record < top; record += EventRecord.WORDS) {
            keys[size++] = key(piece[EventChunks.place(record) + EventRecord.TIME], record);
        }
    }

    private long key(long timeNs, int record) {
        return (timeNs - beginNs) << HIGH | record;
    }

    // ---- sorting

    /** Sorts those added from a place on, which all come after those before. */
    private void sortFrom(int first) {
        for (int from = first; from < size; from += RUN) {
            int to = Math.min(from + RUN, size);
            for (int at = from + 1; at < to; at++) {
                insert(from, at, keys[at]);
            }
        }
        mergeRuns(first);
    }

    /** Puts a key in order with those before a place, which is free, but not before another. */
    private void insert(int from, int free, long key) {
        int hole = free;
        while (hole > from && before(key, keys[hole - 1])) {
            keys[hole] = keys[hole - 1];
            hole--;
        }
        keys[hole] = key;
    }

    private void mergeRuns(int first) {
        for (int width = RUN; width < size - first; width <<= 1) {
            for (int from = first; from + width < size; from += 2 * width) {
                merge(from, from + width, Math.min(from + 2 * width, size));
            }
        }
    }

    private void merge(int from, int middle, int to) {
        if (!before(keys[middle], keys[middle - 1])) {
            return;
        }
        int length = middle - from;
        System.arraycopy(keys, from, merged, 0, length);
        int left = 0;
        int right = middle;
        int at = from;
        while (left < length) {
            if (right < to && before(keys[right], merged[left])) {
                keys[at++] = keys[right++];
            } else {
                keys[at++] = merged[left++];
            }
        }
    }

    private boolean before(long key, long other) {
        return isOneInstant(key, other) ? beforeAtOneInstant((int) key, (int) other) : key < other;
    }

    private static boolean isOneInstant(long key, long other) {
        return (key ^ other) >>> HIGH == 0;
    }

    private boolean beforeAtOneInstant(int record, int other) {
        long[] piece = chunks.piece(record);
        long[] otherPiece = chunks.piece(other);
        int at = EventChunks.place(record);
        int otherAt = EventChunks.place(other);
        return EventRecord.before(
                piece[at + EventRecord.WHOSE],
                piece[at + EventRecord.WHAT],
                otherPiece[otherAt + EventRecord.WHOSE],
                otherPiece[otherAt + EventRecord.WHAT]);
    }

    // ---- in order

    /** The place after the last one in the order; those before {@link #next} have been worked through. */
    int end() {
        return size;
    }

    /** How many are left. */
    int size() {
        return size - next;
    }

    boolean isEmpty() {
        return next == size;
    }

    /** The place of the next one in the order. */
    int next() {
        return next;
    }

    long nextNs() {
        return beginNs + (keys[next] >>> HIGH);
    }

    /** The record at a place in the order, as {@link EventChunks} numbers them. */
    int record(int at) {
        return (int) keys[at];
    }

    /** Takes the next one out, and says whether there is another. */
    boolean remove() {
        return ++next < size;
    }

    /** The place up to which all have been touched ahead. */
    int touched() {
        return touched;
    }

    /** Whether as many have been worked through that more are to be touched ahead. */
    boolean isTouchDue() {
        return next >= touchNext;
    }

    /** All up to a place have been touched ahead; more are to be when those up to another have been worked through. */
    void touched(int upTo, int untilNext) {
        touched = upTo;
        touchNext = untilNext;
    }
}
