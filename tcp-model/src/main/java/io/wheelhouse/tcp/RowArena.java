package io.wheelhouse.tcp;

import java.util.Arrays;

/**
 * The memory of a bucket's rows: one directory of pieces for rows of all kinds, so that an event, whose bucket is seldom
 * the one before, finds what it needs over one line of memory and not over a table for each kind.
 *
 * <pre>
 *   pieces  [heads][numbers ...][rows of one kind][rows of another][   ][rows of the first kind] ...
 *   heads   for each kind: the first free row, the first put aside, rows in use, rows there is room for
 * </pre>
 *
 * Which rows are where, {@link PooledRows} and {@link RowStack} know, which are the same for all buckets. Pieces come
 * from the {@link PiecePool} of the bucket's owner. Thread: that owner.
 */
class RowArena {
    /** Ints of the heads that belong to one kind. */
    static final int HEAD_INTS = 4;

    /** In the heads, from where those of a kind begin: a row, or {@link IntRows#NONE}. */
    static final int FREE = 0;

    static final int ASIDE = 1;
    static final int TAKEN = 2;
    static final int ROOM = 3;

    private static final int HEADS = 0;
    private static final int FIRST_ROWS = 1 + NumberKind.COUNT;
    private static final int FIRST_PIECES = FIRST_ROWS + 8;
    private static final int[] NO_PIECE = {};

    /** Where numbered things have their piece. */
    enum NumberKind {
        PLACES,
        LOCAL_ENTRIES,
        REMOTE_ENTRIES;

        static final int COUNT = values().length;

        int piece() {
            return HEADS + 1 + ordinal();
        }
    }

    int[][] pieces = new int[FIRST_PIECES][];
    private PiecePool pool;
    // there are pieces everywhere before this one
    private int firstGap = FIRST_ROWS;

    RowArena(PiecePool pool) {
        this.pool = pool;
        Arrays.fill(pieces, NO_PIECE);
        int[] heads = new int[HEAD_INTS * RowKind.COUNT];
        for (int kind = 0; kind < RowKind.COUNT; kind++) {
            heads[HEAD_INTS * kind + FREE] = IntRows.NONE;
            heads[HEAD_INTS * kind + ASIDE] = IntRows.NONE;
        }
        pieces[HEADS] = heads;
        for (NumberKind kind : NumberKind.values()) {
            pieces[kind.piece()] = NumberedRows.newPiece();
        }
    }

    /** From now on pieces come from there. */
    void pool(PiecePool newPool) {
        pool = newPool;
    }

    final int[] heads() {
        return pieces[HEADS];
    }

    /** Rows of a kind that are in use. */
    final int taken(RowKind kind) {
        return heads()[HEAD_INTS * kind.ordinal() + TAKEN];
    }

    final int[] numbers(NumberKind kind) {
        return pieces[kind.piece()];
    }

    /** Gets a piece of so many ints, as it was left, and tells its number. */
    final int addPiece(int ints) {
        int piece = firstGap;
        while (piece < pieces.length && pieces[piece].length > 0) {
            piece++;
        }
        firstGap = piece + 1;
        if (piece == pieces.length) {
            if (piece == IntRows.PIECES_MAX) {
                throw new IllegalStateException("the connections of one bucket need more than " + piece
                        + " pieces of memory: spread them over more buckets");
            }
            pieces = Arrays.copyOf(pieces, Math.min(piece + (piece >> 1), IntRows.PIECES_MAX));
            Arrays.fill(pieces, piece, pieces.length, NO_PIECE);
        }
        pieces[piece] = pool.takeInts(ints);
        return piece;
    }

    /** Gives a piece back. */
    final void removePiece(int piece) {
        pool.give(pieces[piece]);
        pieces[piece] = NO_PIECE;
        firstGap = Math.min(firstGap, piece);
    }

    /** The array that holds a row, from {@link IntRows#offset} on. */
    final int[] piece(int row) {
        return pieces[IntRows.piece(row)];
    }

    /** Whether there is memory where a row was or is, whoever has it. */
    final boolean isThere(int row) {
        return row >= 0 && IntRows.offset(row) < piece(row).length;
    }
}
