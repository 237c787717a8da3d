package io.wheelhouse.tcp;

import java.util.Arrays;

/**
 * Rows of ints, all of one width, numbered from 0, with a free list.
 *
 * <p>Grows by pieces of a fixed number of rows and never copies or gives back a row, so the slack is one piece. Taking,
 * releasing and reading a row cost O(1). A free row's first int is the link of the free list. Long fields take two ints,
 * low half first.
 */
final class IntRows {
    /** No row. */
    static final int NONE = -1;

    private static final int FIRST_PIECES = 4;

    private final int width;
    private final int shift;
    private final int mask;
    private int[][] pieces = {};
    private int pieceCount;
    private int used;
    private int free = NONE;
    private int taken;

    /**
     * @param width ints a row
     * @param shift a piece holds 2^shift rows
     */
    IntRows(int width, int shift) {
        this.width = width;
        this.shift = shift;
        this.mask = (1 << shift) - 1;
    }

    /** Takes a row, all zero. */
    int take() {
        int row = takeAnyhow();
        int base = base(row);
        Arrays.fill(piece(row), base, base + width, 0);
        return row;
    }

    /** Takes a row as it was left: who takes it sets all its ints. */
    int takeAnyhow() {
        taken++;
        int row = free;
        if (row == NONE) {
            return takeFirstTime();
        }
        free = get(row, 0);
        return row;
    }

    private int takeFirstTime() {
        int row = used++;
        int piece = row >> shift;
        if (piece == pieceCount) {
            if (piece == pieces.length) {
                pieces = Arrays.copyOf(pieces, Math.max(FIRST_PIECES, piece + (piece >> 1)));
            }
            pieces[pieceCount++] = new int[width << shift];
        }
        return row;
    }

    void release(int row) {
        set(row, 0, free);
        free = row;
        taken--;
        assert taken >= 0 : "more rows released than taken: row " + row;
    }

    /** Rows in use. */
    int taken() {
        return taken;
    }

    /** Every row ever used has a number below this. */
    int limit() {
        return used;
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

    /** The first int of a row, or of none if there never was such a row: brings it closer. */
    int peek(int row) {
        return row >= 0 && row < used ? get(row, 0) : 0;
    }

    long getLong(int row, int field) {
        return longAt(piece(row), base(row) + field);
    }

    void setLong(int row, int field, long value) {
        longAt(piece(row), base(row) + field, value);
    }

    static long longAt(int[] ints, int at) {
        return (ints[at] & 0xFFFF_FFFFL) | ((long) ints[at + 1] << 32);
    }

    static void longAt(int[] ints, int at, long value) {
        ints[at] = (int) value;
        ints[at + 1] = (int) (value >>> 32);
    }
}
