package io.wheelhouse.tcp;

import java.util.Arrays;

/**
 * Rows of ints, all of one width, without holes: taking one out moves the last into its place, so that the rows in use
 * stay together and what is no longer needed is given back.
 *
 * <p>Grows by pieces of a fixed number of rows. An eighth of the pieces may stand empty before one is given back, so that
 * a number of rows that swings allocates nothing. All operations cost O(width).
 */
final class RowStack {
    private static final int FIRST_PIECES = 4;

    private final int width;
    private final int shift;
    private final int mask;
    private int[][] pieces = new int[FIRST_PIECES][];
    private int pieceCount;
    private int size;

    /**
     * @param width ints a row
     * @param shift a piece holds 2^shift rows
     */
    RowStack(int width, int shift) {
        this.width = width;
        this.shift = shift;
        this.mask = (1 << shift) - 1;
    }

    int size() {
        return size;
    }

    /** Adds a row, all zero, and tells its place. */
    int push() {
        int row = size++;
        int piece = row >> shift;
        if (piece == pieceCount) {
            if (piece == pieces.length) {
                pieces = Arrays.copyOf(pieces, piece + (piece >> 1));
            }
            pieces[pieceCount++] = new int[width << shift];
        } else {
            Arrays.fill(pieces[piece], base(row), base(row) + width, 0);
        }
        return row;
    }

    /** Takes out a row; the last row is then in its place. */
    void remove(int row) {
        assert row >= 0 && row < size : "row " + row + " of " + size;
        int last = --size;
        if (row != last) {
            System.arraycopy(piece(last), base(last), piece(row), base(row), width);
        }
        int needed = (size + mask) >> shift;
        if (pieceCount - needed > 1 + (pieceCount >> 3)) {
            pieces[--pieceCount] = null;
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
