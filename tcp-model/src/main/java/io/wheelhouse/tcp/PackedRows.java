package io.wheelhouse.tcp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Packed rows: byte strings of up to {@link #LENGTH_MAX}, in pools by length, each pool a multiple of {@value #STEP}
 * bytes wide, so that at most {@value #STEP} - 1 bytes of a row are slack. A row's handle is its pool and its number there.
 *
 * <p>Pools grow by pieces of a fixed number of rows and keep a free list in the first bytes of free rows. Adding, reading
 * and removing cost O(length).
 */
final class PackedRows {
    /** No room: the string is too long, or its pool is full. */
    static final int NONE = -1;

    static final int LENGTH_MAX = 160;

    private static final int STEP = 8;
    private static final int ROW_BITS = 24;
    private static final int ROW_MASK = (1 << ROW_BITS) - 1;
    private static final int PIECE_SHIFT = 4;
    private static final int PIECE_MASK = (1 << PIECE_SHIFT) - 1;

    private final @Nullable Pool[] pools = new Pool[LENGTH_MAX / STEP];

    /** Keeps a copy of the first {@code length} bytes and tells its handle, or {@link #NONE}. */
    int add(byte[] bytes, int length) {
        if (length <= 0 || length > LENGTH_MAX) {
            return NONE;
        }
        int number = (length - 1) / STEP;
        Pool pool = pools[number];
        if (pool == null) {
            pool = pools[number] = new Pool((number + 1) * STEP);
        }
        int row = pool.take();
        if (row == NONE) {
            return NONE;
        }
        System.arraycopy(bytes, 0, pool.piece(row), pool.base(row), length);
        return number << ROW_BITS | row;
    }

    /** The array that holds a row, from {@link #base} on. */
    byte[] piece(int handle) {
        return pool(handle).piece(handle & ROW_MASK);
    }

    int base(int handle) {
        return pool(handle).base(handle & ROW_MASK);
    }

    void remove(int handle) {
        pool(handle).release(handle & ROW_MASK);
    }

    private Pool pool(int handle) {
        Pool pool = pools[handle >>> ROW_BITS];
        if (pool == null) {
            throw new AssertionError("no packed row has the handle " + handle);
        }
        return pool;
    }

    /** Rows of one width. */
    private static final class Pool {
        private final int width;
        private byte[][] pieces = {};
        private int pieceCount;
        private int used;
        private int free = NONE;

        Pool(int width) {
            this.width = width;
        }

        int take() {
            int row = free;
            if (row != NONE) {
                free = link(row);
                return row;
            }
            if (used > ROW_MASK) {
                return NONE;
            }
            row = used++;
            int piece = row >> PIECE_SHIFT;
            if (piece == pieceCount) {
                if (piece == pieces.length) {
                    pieces = Arrays.copyOf(pieces, piece + 1 + (piece >> 2));
                }
                pieces[pieceCount++] = new byte[width << PIECE_SHIFT];
            }
            return row;
        }

        void release(int row) {
            byte[] piece = piece(row);
            int at = base(row);
            for (int i = 0; i < Integer.BYTES; i++) {
                piece[at + i] = (byte) (free >>> (i * Byte.SIZE));
            }
            free = row;
        }

        private int link(int row) {
            byte[] piece = piece(row);
            int at = base(row);
            int link = 0;
            for (int i = 0; i < Integer.BYTES; i++) {
                link |= (piece[at + i] & 0xFF) << (i * Byte.SIZE);
            }
            return link;
        }

        byte[] piece(int row) {
            return pieces[row >> PIECE_SHIFT];
        }

        int base(int row) {
            return (row & PIECE_MASK) * width;
        }
    }
}
