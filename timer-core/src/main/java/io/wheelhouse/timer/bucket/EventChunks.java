package io.wheelhouse.timer.bucket;

import java.util.Arrays;

/**
 * Stacks of {@link EventRecord}s in chunks of {@value #RECORDS}, from one pool with a free list.
 *
 * <pre>
 *   a stack's top: where the next record goes          chunk: [link | 5 records of 3 longs]
 *   a full chunk's top: where the next chunk begins            └► the top of the stack below
 * </pre>
 *
 * A place is a number of a long in the pool. A chunk is two lines of the cache. Pushing and dropping cost O(1) and touch the
 * line of the record, and once a chunk that of its link. The pool grows by pieces of 512 chunks, keeps its size,
 * and never copies a record. One thread at a time.
 */
final class EventChunks {
    /** The top of an empty stack: a full chunk of which nothing is left. */
    static final int EMPTY = 0;

    static final int RECORDS = 5;
    private static final int CHUNK_SHIFT = 4;
    private static final int CHUNK_MASK = (1 << CHUNK_SHIFT) - 1;
    private static final int PIECE_SHIFT = 13;
    private static final int PIECE_MASK = (1 << PIECE_SHIFT) - 1;
    private static final int FIRST_PIECES = 4;

    private long[][] pieces = {};
    private int pieceCount;
    private int used;
    private int free = EMPTY;

    /** Puts a record on a stack, and returns the new top. */
    int push(int top, long timeNs, long whose, long what) {
        int at = (top & CHUNK_MASK) == 0 ? take(top) : top;
        long[] piece = piece(at);
        int place = place(at);
        piece[place + EventRecord.TIME] = timeNs;
        piece[place + EventRecord.WHOSE] = whose;
        piece[place + EventRecord.WHAT] = what;
        return at + EventRecord.WORDS;
    }

    /** Takes a chunk above a full one, or above nothing, and returns its top without a record. */
    private int take(int below) {
        int taken = free;
        int chunk = chunk(taken);
        if (taken == EMPTY) {
            chunk = takeNew();
        } else {
            free = link(taken);
        }
        link(chunk + 1, below);
        return chunk + 1;
    }

    private int takeNew() {
        if (used >> PIECE_SHIFT == pieceCount) {
            grow();
        }
        int chunk = used;
        used += 1 << CHUNK_SHIFT;
        return chunk;
    }

    private void grow() {
        if (pieceCount == pieces.length) {
            pieces = Arrays.copyOf(pieces, Math.max(FIRST_PIECES, pieceCount + (pieceCount >> 1)));
        }
        pieces[pieceCount++] = new long[1 << PIECE_SHIFT];
    }

    /** Takes the record at the top off, and returns the top below. */
    int drop(int top) {
        int last = top - EventRecord.WORDS;
        if ((last & CHUNK_MASK) > 1) {
            return last;
        }
        int below = link(top);
        release(top, top);
        return below;
    }

    /** Gives back the chunks of a stack, from the one of its top down to that of another, below which is nothing. */
    void release(int top, int bottom) {
        link(bottom, free);
        free = top;
    }

    /** Where the first record of the chunk at the top is; the others follow, up to the top. */
    static int firstRecord(int top) {
        return chunk(top) + 1;
    }

    /** The top of the stack below the chunk at the top. */
    int link(int top) {
        int chunk = chunk(top);
        return (int) piece(chunk)[place(chunk)];
    }

    /** Sets the top of the stack below the chunk at the top. */
    void link(int top, int below) {
        int chunk = chunk(top);
        piece(chunk)[place(chunk)] = below;
    }

    /** The array that holds a record, from its {@link #place} on. */
    long[] piece(int record) {
        return pieces[record >>> PIECE_SHIFT];
    }

    static int place(int record) {
        return record & PIECE_MASK;
    }

    private static int chunk(int top) {
        return (top - 1) & ~CHUNK_MASK;
    }
}
