package io.wheelhouse.tcp;

import java.util.Arrays;

/**
 * Rows of one kind without holes: taking one out moves the last into its place, so that the rows in use stay together and
 * what is no longer needed goes back to the {@link PiecePool}. A flyweight over those of the bucket {@linkplain AtHand at
 * hand}, in the {@link RowArena}; the last int of a piece is the number of the piece below it. All operations cost
 * O(width).
 */
final class RowStack extends RowsAtHand {
    private static final int NONE = IntRows.NONE;

    private final int width;
    private final int lastOffset;
    // where the arena's heads tell of this kind
    private final int top;
    private final int taken;

    /**
     * @param width ints a row
     * @param rowsAPiece how many rows a piece is to hold, if so many fit in
     */
    RowStack(RowKind kind, int width, int rowsAPiece, AtHand at) {
        super(at);
        assert width >= 1 && width < IntRows.PIECE_INTS_MAX : kind + " of " + width + " ints";
        this.width = width;
        lastOffset = (Math.min(rowsAPiece, (IntRows.PIECE_INTS_MAX - 1) / width) - 1) * width;
        top = RowArena.HEAD_INTS * kind.ordinal() + RowArena.FREE;
        taken = RowArena.HEAD_INTS * kind.ordinal() + RowArena.TAKEN;
    }

    int size() {
        return at.rows.heads()[taken];
    }

    /** The last row, or {@link IntRows#NONE}. */
    int last() {
        return at.rows.heads()[top];
    }

    /** The row before a row, or {@link IntRows#NONE}. */
    int before(int row) {
        return IntRows.offset(row) > 0 ? row - width : lastBelow(IntRows.piece(row));
    }

    private int lastBelow(int piece) {
        int below = at.rows.pieces[piece][lastOffset + width];
        return below == NONE ? NONE : IntRows.row(below, lastOffset);
    }

    /** Adds a row, as it was left: who adds it sets all its ints. Tells its place. */
    int pushAnyhow() {
        RowArena arena = at.rows;
        int[] heads = arena.heads();
        int last = heads[top];
        int row = last == NONE || IntRows.offset(last) == lastOffset ? addPiece(arena, last) : last + width;
        heads[top] = row;
        heads[taken]++;
        return row;
    }

    private int addPiece(RowArena arena, int last) {
        int piece = arena.addPiece(lastOffset + width + 1);
        arena.pieces[piece][lastOffset + width] = last == NONE ? NONE : IntRows.piece(last);
        return IntRows.row(piece, 0);
    }

    /** Adds a row, all zero, and tells its place. */
    int push() {
        int row = pushAnyhow();
        Arrays.fill(piece(row), base(row), base(row) + width, 0);
        return row;
    }

    /**
     * Takes out a row; the last row is then in its place.
     *
     * @return whether that is another
     */
    boolean remove(int row) {
        RowArena arena = at.rows;
        int[] heads = arena.heads();
        assert heads[taken] > 0 : "row " + row + " of none";
        int last = heads[top];
        if (row != last) {
            System.arraycopy(piece(last), base(last), piece(row), base(row), width);
        }
        heads[top] = before(last);
        heads[taken]--;
        if (IntRows.offset(last) == 0) {
            arena.removePiece(IntRows.piece(last));
        }
        return row != last;
    }
}
