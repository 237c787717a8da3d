package io.wheelhouse.timer.bucket;

import java.util.Arrays;

/**
 * Events taken from the slots that are due, in order: the part of an {@link EventSlots} that is being worked through.
 *
 * <p>Records come in any order and are sorted by one key each, a long with the time since the batch began in the high half and
 * the record's place in the low one; only events of one instant are compared by more. Those of a slot are sorted as they
 * come, short runs by insertion, which are then merged, since what was scheduled with the same delay came in order:
 * O(n log n), O(n) where all of it did. Nothing is allocated once a batch has been as large before.
 */
final class EventBatch {
    private static final int FIRST_CAPACITY = 64;
    private static final int RUN = 16;
    private static final int HIGH = 32;

    private long[] words = new long[FIRST_CAPACITY * EventRecord.WORDS];
    private long[] keys = new long[FIRST_CAPACITY];
    private long[] merged = new long[FIRST_CAPACITY];
    private long beginNs;
    private int size;
    private int next;
    private int touched;

    /** Begins anew: all records will be of that time or later, and less than 2^31 ns after it. */
    void begin(long fromNs) {
        assert next == size : (size - next) + " events left";
        beginNs = fromNs;
        size = 0;
        next = 0;
        touched = 0;
    }

    /** Adds records that follow each other in an array, each in order with those added from a place on, which are few. */
    void addInOrder(int first, long[] from, int at, int count) {
        if (size + count > keys.length) {
            makeRoom(size + count);
        }
        int end = at + count * EventRecord.WORDS;
        for (int row = at; row < end; row += EventRecord.WORDS) {
            insert(first, size, add(from, row));
            size++;
        }
    }

    /** Adds records that follow each other in an array, the last of them first in the order. */
    void addLastFirst(long[] from, int at, int count) {
        if (size + count > keys.length) {
            makeRoom(size + count);
        }
        for (int row = at + (count - 1) * EventRecord.WORDS; row >= at; row -= EventRecord.WORDS) {
            keys[size] = add(from, row);
            size++;
        }
    }

    /** Copies a record, and returns its key. */
    private long add(long[] from, int row) {
        long timeNs = from[row + EventRecord.TIME];
        int to = size * EventRecord.WORDS;
        words[to + EventRecord.TIME] = timeNs;
        words[to + EventRecord.WHOSE] = from[row + EventRecord.WHOSE];
        words[to + EventRecord.WHAT] = from[row + EventRecord.WHAT];
        return (timeNs - beginNs) << HIGH | size;
    }

    private void makeRoom(int records) {
        int capacity = Math.max(records, keys.length + (keys.length >> 1));
        words = Arrays.copyOf(words, Math.multiplyExact(capacity, EventRecord.WORDS));
        keys = Arrays.copyOf(keys, capacity);
        merged = new long[capacity];
    }

    /** Records in it, those that have been worked through too. */
    int size() {
        return size;
    }

    /** How many have been worked through. */
    int next() {
        return next;
    }

    boolean isEmpty() {
        return next == size;
    }

    private int row(int at) {
        return (int) keys[at] * EventRecord.WORDS;
    }

    long nextNs() {
        return words[row(next) + EventRecord.TIME];
    }

    long nextWhat() {
        return words[row(next) + EventRecord.WHAT];
    }

    /** Whose the event at a place in the order is. */
    long whose(int at) {
        return words[row(at) + EventRecord.WHOSE];
    }

    /** What the event at a place in the order is. */
    long what(int at) {
        return words[row(at) + EventRecord.WHAT];
    }

    void remove() {
        next++;
    }

    /** How many have been touched ahead. */
    int touched() {
        return touched;
    }

    void touched(int count) {
        touched = count;
    }

    /** Turns round the order of those added from a place on: they came off a stack, the last scheduled first. */
    void reverseFrom(int first) {
        int low = first;
        int high = size - 1;
        while (low < high) {
            long key = keys[low];
            keys[low++] = keys[high];
            keys[high--] = key;
        }
    }

    // ---- sorting

    /** Sorts those added from a place on, which all come after those before. */
    void sortFrom(int first) {
        for (int from = first; from < size; from += RUN) {
            sortRun(from, Math.min(from + RUN, size));
        }
        for (int width = RUN; width < size - first; width <<= 1) {
            for (int from = first; from + width < size; from += 2 * width) {
                merge(from, from + width, Math.min(from + 2 * width, size));
            }
        }
    }

    private void sortRun(int from, int to) {
        for (int at = from + 1; at < to; at++) {
            insert(from, at, keys[at]);
        }
    }

    /** Puts a key in order with those from a place on and up to another, which is free. */
    private void insert(int from, int free, long key) {
        int hole = free;
        while (hole > from && before(key, keys[hole - 1])) {
            keys[hole] = keys[hole - 1];
            hole--;
        }
        keys[hole] = key;
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
        return (key ^ other) >>> HIGH != 0 ? key < other : beforeAtOneInstant((int) key, (int) other);
    }

    private boolean beforeAtOneInstant(int place, int other) {
        int row = place * EventRecord.WORDS;
        int otherRow = other * EventRecord.WORDS;
        return EventRecord.before(
                words[row + EventRecord.WHOSE],
                words[row + EventRecord.WHAT],
                words[otherRow + EventRecord.WHOSE],
                words[otherRow + EventRecord.WHAT]);
    }
}
