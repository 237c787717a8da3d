package io.wheelhouse.tcp;

import java.util.Arrays;

/**
 * Rows that come and go, in pieces from a {@link PiecePool}. The first piece with a free row is taken from, so that those
 * behind it empty when there are fewer rows; one that is empty goes back to the pool, if another has a free row. No number
 * of a row shows in what a run does.
 *
 * <pre>
 *   pieces  [full][full][. x][    ][x .]      by piece: a bit for each free row, none where there is no piece
 *   roomy      0     0    1    -     1        a bit for each piece that has a free row
 * </pre>
 *
 * Taking and releasing cost O(1), but for a search over 64 pieces at a time.
 */
final class PooledRows extends IntRows {
    private final long allFree;
    private PiecePool pool;
    private long[] freeRows = {};
    private long[] roomy = {};
    // no word of roomy before this one has a bit
    private int firstRoomy;
    // there are pieces everywhere before this one
    private int firstGap;

    /**
     * @param width ints a row
     * @param shift a piece holds 2^shift rows, at most 64
     */
    PooledRows(int width, int shift, PiecePool pool) {
        super(width, shift);
        assert 1 << shift <= Long.SIZE : shift;
        this.pool = pool;
        allFree = -1L >>> (Long.SIZE - (1 << shift));
    }

    /** From now on pieces come from there. */
    void pool(PiecePool newPool) {
        pool = newPool;
    }

    @Override
    int takeRow() {
        while (firstRoomy < roomy.length && roomy[firstRoomy] == 0) {
            firstRoomy++;
        }
        int piece = firstRoomy < roomy.length
                ? (firstRoomy << 6) + Long.numberOfTrailingZeros(roomy[firstRoomy])
                : makePiece();
        long free = freeRows[piece];
        int row = (piece << shift) + Long.numberOfTrailingZeros(free);
        free &= free - 1;
        freeRows[piece] = free;
        if (free == 0) {
            roomy[piece >> 6] &= ~(1L << piece);
        }
        return row;
    }

    private int makePiece() {
        int piece = firstGap;
        while (piece < pieceCount() && hasPiece(piece)) {
            piece++;
        }
        firstGap = piece + 1;
        int[] ints = pool.takeInts(width << shift);
        if (piece == pieceCount()) {
            addPiece(ints);
            if (piece == freeRows.length) {
                freeRows = Arrays.copyOf(freeRows, piece + 2 + (piece >> 1));
            }
            if (piece >> 6 == roomy.length) {
                roomy = Arrays.copyOf(roomy, roomy.length + 1 + (roomy.length >> 1));
            }
        } else {
            setPiece(piece, ints);
        }
        freeRows[piece] = allFree;
        roomy[piece >> 6] |= 1L << piece;
        firstRoomy = Math.min(firstRoomy, piece >> 6);
        return piece;
    }

    @Override
    void releaseRow(int row) {
        int piece = row >> shift;
        long bit = 1L << (row & ((1 << shift) - 1));
        assert (freeRows[piece] & bit) == 0 : "row " + row + " is free";
        freeRows[piece] |= bit;
        roomy[piece >> 6] |= 1L << piece;
        firstRoomy = Math.min(firstRoomy, piece >> 6);
        if (freeRows[piece] == allFree && isAnyOtherRoomy(piece)) {
            giveBack(piece);
        }
    }

    /** Whether another piece of the same word has a free row: good enough, and soon asked. */
    private boolean isAnyOtherRoomy(int piece) {
        return (roomy[piece >> 6] & ~(1L << piece)) != 0;
    }

    private void giveBack(int piece) {
        pool.give(removePiece(piece));
        freeRows[piece] = 0;
        roomy[piece >> 6] &= ~(1L << piece);
        firstGap = Math.min(firstGap, piece);
    }

    /** Rows that there is room for. */
    int room() {
        int room = 0;
        for (int piece = 0; piece < pieceCount(); piece++) {
            room += hasPiece(piece) ? 1 << shift : 0;
        }
        return room;
    }
}
