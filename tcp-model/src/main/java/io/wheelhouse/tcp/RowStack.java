package io.wheelhouse.tcp;

import java.util.Arrays;

/**
 * Rows of ints, all of one width, without holes: taking one out moves the last into its place, so that the rows in use
 * stay together and what is no longer needed goes back to the {@link PiecePool} that it came from. All operations cost
 * O(width).
 */
final class RowStack {
    private static final int FIRST_PIECES = 4;
    private static final int[] NO_PIECE = {};

    private final int width;
    private final int shift;
    private final int mask;
    private PiecePool pool;
    private int[][] pieces = new int[FIRST_PIECES][];
    private int pieceCount;
    private int size;

    /**
     * @param width ints a row
     * @param shift a piece holds 2^shift rows
     */
    RowStack(int width, int shift, PiecePool pool) {
        this.width = width;
        this.shift = shift;
        this.mask = (1 << shift) - 1;
        this.pool = pool;
    }

    /** From now on pieces come from there. */
    void pool(PiecePool newPool) {
        pool = newPool;
    }

    int size() {
        return size;
    }

    /** Adds a row, as it was left: who adds it sets all its ints. Tells its place. */
    int pushAnyhow() {
        int row = size++;
        int piece = row >> shift;
        if (piece == pieceCount) {
            if (piece == pieces.length) {
                pieces = Arrays.copyOf(pieces, piece + (piece >> 1));
            }
            pieces[pieceCount++] = pool.takeInts(width << shift);
        }
        return row;
    }

    /** Adds a row, all zero, and tells its place. */
    int push() {
        int row = pushAnyhow();
        Arrays.fill(piece(row), base(row), base(row) + width, 0);
        return row;
    }

    /** Takes out a row; the last row is then in its place. */
    void remove(int row) {
        assert row >= 0 && row < size : "row " + row + " of " + size;
        int last = --size;
        if (row != last) {
            System.arraycopy(piece(last), base(last), piece(row), base(row), width);
        }
        if ((last & mask) == 0) {
            int[] piece = pieces[--pieceCount];
            pieces[pieceCount] = NO_PIECE;
            pool.give(piece);
        }
    }

    /** The array that holds a row, from {@link #base} on. */
    int[] piece(int row) {
        return pieces[row >> shift];
    }

    int base(int row) {
        return (row & mask) * width;
    }

    int get(int row, int field) {
        return pieces[row >> shift][(row & mask) * width + field];
    }

    void set(int row, int field, int value) {
        pieces[row >> shift][(row & mask) * width + field] = value;
    }
}
