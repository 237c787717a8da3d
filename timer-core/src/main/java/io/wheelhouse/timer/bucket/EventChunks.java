package io.wheelhouse.timer.bucket;

import java.util.Arrays;

/**
 * Stacks of {@link EventRecord}s in chunks of {@value #RECORDS}, from one pool with a free list.
 *
 * <pre>
 *   a stack's top = chunk · 8 + records in it          chunk: [link | 5 records of 3 longs]
 *                                                              └► the top of the stack below
 * </pre>
 *
 * A chunk is two lines of the cache. Pushing and dropping cost O(1) and touch the line of the record, and once a chunk that of
 * its link. The pool grows by pieces of {@value #PIECE_CHUNKS} chunks, keeps its size, and never copies a record. One thread
 * at a time.
 */
final class EventChunks {
    /** The top of an empty stack. */
    static final int EMPTY = 0;

    static final int RECORDS = 5;
    private static final int COUNT_BITS = 3;
    private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;
    private static final int CHUNK_SHIFT = 4;
    private static final int PIECE_SHIFT = 9;
    private static final int PIECE_CHUNKS = 1 << PIECE_SHIFT;
    private static final int PIECE_MASK = PIECE_CHUNKS - 1;
    private static final int FIRST_PIECES = 4;

    private long[][] pieces = {};
    private int pieceCount;
    private int used;
    private int free = EMPTY;

    /** Puts a record on a stack, and returns the new top. */
    int push(int top, long timeNs, long whose, long what) {
        int count = top & COUNT_MASK;
        int newTop = (count == 0 || count == RECORDS ? take(top) : top) + 1;
        long[] piece = piece(newTop);
        int at = record(newTop);
        piece[at + EventRecord.TIME] = timeNs;
        piece[at + EventRecord.WHOSE] = whose;
        piece[at + EventRecord.WHAT] = what;
        return newTop;
    }

    /** Takes a chunk above a full one, or above nothing, and returns its top without a record. */
    private int take(int below) {
        int chunk = free;
        if (chunk == EMPTY) {
            return takeNew(below);
        }
        long[] piece = piece(chunk);
        int link = base(chunk);
        free = (int) piece[link];
        piece[link] = below;
        return chunk;
    }

    private int takeNew(int below) {
        if (used >> PIECE_SHIFT == pieceCount) {
            grow();
        }
        int chunk = used++ << COUNT_BITS;
        piece(chunk)[base(chunk)] = below;
        return chunk;
    }

    private void grow() {
        if (pieceCount == pieces.length) {
            pieces = Arrays.copyOf(pieces, Math.max(FIRST_PIECES, pieceCount + (pieceCount >> 1)));
        }
        pieces[pieceCount++] = new long[PIECE_CHUNKS << CHUNK_SHIFT];
        if (used == 0) {
            // chunk 0 would have the top of an empty stack
            used = 1;
        }
    }

    /** Takes the record at the top off, and returns the top below. */
    int drop(int top) {
        if ((top & COUNT_MASK) > 1) {
            return top - 1;
        }
        int chunk = top & ~COUNT_MASK;
        long[] piece = piece(chunk);
        int below = (int) piece[base(chunk)];
        piece[base(chunk)] = free;
        free = chunk;
        return below;
    }

    /** Takes all records of the chunk at the top off, and returns the top below. */
    int dropChunk(int top) {
        return drop((top & ~COUNT_MASK) | 1);
    }

    /** How many records the chunk at the top holds. */
    static int records(int top) {
        return top & COUNT_MASK;
    }

    /** Where the first record of the chunk at the top begins; the others follow. */
    static int firstRecord(int top) {
        return base(top) + 1;
    }

    /** The top without the record at it, which stays. */
    int below(int top) {
        return (top & COUNT_MASK) > 1 ? top - 1 : (int) piece(top)[base(top)];
    }

    /** The array that holds the record at the top, from {@link #record} on. */
    long[] piece(int top) {
        return pieces[top >>> (COUNT_BITS + PIECE_SHIFT)];
    }

    /** Where the record at the top begins. */
    int record(int top) {
        return base(top) + 1 + ((top & COUNT_MASK) - 1) * EventRecord.WORDS;
    }

    private static int base(int top) {
        return ((top >>> COUNT_BITS) & PIECE_MASK) << CHUNK_SHIFT;
    }
}
