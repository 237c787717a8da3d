package io.wheelhouse.tcp;

import java.util.Arrays;

/**
 * Rows of ints, all of one width, numbered from 0, in pieces of a fixed number of rows. A row never moves, so the slack of a
 * table that grows is one piece. Reading a row costs O(1). Long fields take two ints, low half first.
 */
abstract sealed class IntRows permits NumberedRows, PooledRows {
    /** No row. */
    static final int NONE = -1;

    private static final int FIRST_PIECES = 4;
    private static final int[] NO_PIECE = {};

    final int width;
    final int shift;
    private final int mask;
    private int[][] pieces = {};
    private int pieceCount;
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
    final int take() {
        int row = takeAnyhow();
        int base = base(row);
        Arrays.fill(piece(row), base, base + width, 0);
        return row;
    }

    /** Takes a row as it was left: who takes it sets all its ints. */
    final int takeAnyhow() {
        taken++;
        return takeRow();
    }

    final void release(int row) {
        taken--;
        assert taken >= 0 : "more rows released than taken: row " + row;
        releaseRow(row);
    }

    /** Finds a row that nobody has. */
    abstract int takeRow();

    /** Takes a row back. */
    abstract void releaseRow(int row);

    /** Rows in use. */
    final int taken() {
        return taken;
    }

    // ---- pieces

    /** Pieces that there are, or have been. */
    final int pieceCount() {
        return pieceCount;
    }

    final boolean hasPiece(int piece) {
        return pieces[piece].length > 0;
    }

    /** Adds a piece behind all others. */
    final void addPiece(int[] piece) {
        if (pieceCount == pieces.length) {
            pieces = Arrays.copyOf(pieces, Math.max(FIRST_PIECES, pieceCount + (pieceCount >> 1)));
        }
        pieces[pieceCount++] = piece;
    }

    /** Puts a piece where there is none. */
    final void setPiece(int number, int[] piece) {
        pieces[number] = piece;
    }

    /** Takes a piece out. */
    final int[] removePiece(int number) {
        int[] piece = pieces[number];
        pieces[number] = NO_PIECE;
        return piece;
    }

    /** The array that holds a row, from {@link #base} on. */
    final int[] piece(int row) {
        return pieces[row >> shift];
    }

    final int base(int row) {
        return (row & mask) * width;
    }

    // ---- fields

    final int get(int row, int field) {
        return piece(row)[base(row) + field];
    }

    final void set(int row, int field, int value) {
        piece(row)[base(row) + field] = value;
    }

    /** Whether there is memory for a row, whoever has it. */
    final boolean isThere(int row) {
        return row >= 0 && row >> shift < pieceCount && hasPiece(row >> shift);
    }

    /** The first int of a row, or of none if there is no such row: brings it closer. */
    final int peek(int row) {
        return isThere(row) ? get(row, 0) : 0;
    }

    final long getLong(int row, int field) {
        return longAt(piece(row), base(row) + field);
    }

    final void setLong(int row, int field, long value) {
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
