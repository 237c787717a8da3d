package io.wheelhouse.timer.queue;

import java.util.Arrays;

/**
 * Stacks of timer numbers, all in one array: a stack is a chain of chunks of fixed size, the last one partly filled.
 *
 * <pre>
 *   top ──▶ [ link │ 17 │  4 │    ]        a chunk: one link and the rest timers
 *              │
 *              └─▶ [ -1 │ 99 │  8 │ 23 ]   full, the bottom of the stack
 * </pre>
 *
 * A stack is known by its top, the index of the entry pushed last, or {@link #EMPTY}. Where a chunk begins follows from
 * the index, so a stack needs nothing else. Neighbouring entries share cache lines, which linked lists of timers do not:
 * taking all of a slot's timers misses the cache once a chunk. Push and taking the top O(1); freed chunks are used again,
 * the last one first.
 */
final class EntryChunks {
    static final int EMPTY = -1;

    private static final int FIRST_CHUNKS = 4;
    private static final int[] NO_WORDS = {};

    private final int mask;
    private int[] words = NO_WORDS;

    /** The first free chunk; the link of a free chunk is the next. */
    private int firstFree = EMPTY;

    private int freeChunks;

    /** From here on nothing was ever used. */
    private int end;

    /** @param chunkBits a chunk has 2 to the power of this many ints */
    EntryChunks(int chunkBits) {
        mask = (1 << chunkBits) - 1;
    }

    /** Makes room for an entry of each timer and an eighth more, in that many stacks, some with chunks partly filled. */
    void reserve(int timers, int stacks) {
        long chunks = ((long) timers + (timers >> 3)) / mask + Math.min(timers, stacks) / 2 + FIRST_CHUNKS;
        long wanted = Math.min(chunks * (mask + 1), Integer.MAX_VALUE - 8);
        if (wanted > words.length) {
            words = Arrays.copyOf(words, (int) wanted & ~mask);
        }
    }

    /** Whether the array will soon have to grow: less than a 32nd is free. */
    boolean isShort() {
        int unused = words.length - end;
        return unused + freeChunks * (mask + 1) < words.length >> 5;
    }

    /** Puts a timer on a stack and gives the new top. */
    int push(int top, int timer) {
        int at = top + 1;
        if ((at & mask) == 0) {
            at = openChunk(top);
        }
        words[at] = timer;
        return at;
    }

    private int openChunk(int link) {
        int chunk = firstFree;
        if (chunk != EMPTY) {
            firstFree = words[chunk];
            freeChunks--;
        } else {
            chunk = end;
            if (chunk == words.length) {
                grow();
            }
            end += mask + 1;
        }
        words[chunk] = link;
        return chunk + 1;
    }

    private void grow() {
        long chunks = words.length / (mask + 1);
        long wanted = (chunks + Math.max(FIRST_CHUNKS, chunks >> 3)) * (mask + 1);
        ensureWithin(wanted);
        words = Arrays.copyOf(words, (int) wanted);
    }

    private static void ensureWithin(long wanted) {
        if (wanted > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("entries of timers would need " + wanted + " ints in one array");
        }
    }

    int timer(int top) {
        return words[top];
    }

    /** The entry below, whose stack goes on. */
    int below(int top) {
        int below = top - 1;
        return (below & mask) != 0 ? below : words[below];
    }

    /** Takes the top off and gives the new one; a chunk that is left is free. */
    int drop(int top) {
        int below = top - 1;
        if ((below & mask) != 0) {
            return below;
        }
        int link = words[below];
        words[below] = firstFree;
        firstFree = below;
        freeChunks++;
        return link;
    }

    /** The chunks that a stack holds. */
    int chunks(int top) {
        int chunks = 0;
        for (int at = top; at != EMPTY; at = words[at & ~mask]) {
            chunks++;
        }
        return chunks;
    }

    /** Checks that the chunks held by all stacks, and the free ones, are all there are. */
    void check(int heldChunks) {
        int free = 0;
        for (int chunk = firstFree; chunk != EMPTY; chunk = words[chunk]) {
            free++;
            ClockedQueue.ensure(free <= freeChunks, "free chunks, at most", free, freeChunks);
        }
        ClockedQueue.ensure(free == freeChunks, "free chunks", free, freeChunks);
        long known = end / (mask + 1);
        ClockedQueue.ensure(free + heldChunks == known, "chunks held and free", free + heldChunks, known);
    }
}
