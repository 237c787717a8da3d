package io.wheelhouse.tcp;

import java.util.Arrays;

/**
 * Rows of one kind that come and go: a flyweight over those of the bucket {@linkplain AtHand at hand}, in the {@link
 * RowArena}. Free rows are linked through their first ints; the one released last, whose memory is near, is taken first,
 * unless it lies in a later piece than others that are free: then it is put aside until those are taken. No number of a row
 * shows in what a run does.
 *
 * <p>{@link #trim} gives back pieces that nothing uses, and puts the free rows of the others in order, so that few rows
 * gather in few pieces. Taking and releasing cost O(1), trimming O(free rows and pieces).
 */
final class PooledRows extends RowsAtHand {
    private static final int NONE = IntRows.NONE;
    // no value that a row holds on purpose
    private static final int SPOILT = 0xdead_beef;

    private final int width;
    private final int rowsAPiece;
    // where the arena's heads tell of this kind
    private final int free;
    private final int aside;
    private final int taken;
    private final int room;
    // while trimming, by piece: how many of its rows are free, and the first of those
    private int[] freeOf = {};
    private int[] firstOf = {};

    /**
     * @param width ints a row
     * @param rowsAPiece how many rows a piece is to hold, if so many fit in
     */
    PooledRows(RowKind kind, int width, int rowsAPiece, AtHand at) {
        super(at);
        assert width >= 1 && width <= IntRows.PIECE_INTS_MAX : kind + " of " + width + " ints";
        this.width = width;
        this.rowsAPiece = Math.min(rowsAPiece, IntRows.PIECE_INTS_MAX / width);
        int head = RowArena.HEAD_INTS * kind.ordinal();
        free = head + RowArena.FREE;
        aside = head + RowArena.ASIDE;
        taken = head + RowArena.TAKEN;
        room = head + RowArena.ROOM;
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
        RowArena arena = at.rows;
        int[] heads = arena.heads();
        int row = heads[free];
        if (row == NONE) {
            row = heads[aside];
            heads[aside] = NONE;
            row = row == NONE ? addPiece(arena, heads) : row;
        }
        heads[free] = arena.piece(row)[IntRows.offset(row)];
        heads[taken]++;
        return row;
    }

    private int addPiece(RowArena arena, int[] heads) {
        int piece = arena.addPiece(rowsAPiece * width);
        int[] ints = arena.pieces[piece];
        int next = NONE;
        for (int offset = (rowsAPiece - 1) * width; offset >= 0; offset -= width) {
            ints[offset] = next;
            next = IntRows.row(piece, offset);
        }
        heads[room] += rowsAPiece;
        return next;
    }

    void release(int row) {
        RowArena arena = at.rows;
        int[] heads = arena.heads();
        assert isHeld(row) : "row " + row + " of " + heads[taken] + " is free";
        // with none free, this is not later
        int list = IntRows.piece(row) <= IntRows.piece(heads[free]) ? free : aside;
        arena.piece(row)[IntRows.offset(row)] = heads[list];
        heads[list] = row;
        heads[taken]--;
        assert spoil(row);
    }

    /** Whether a row is in use, by what {@link #spoil} left in those that are free: for assertions. */
    private boolean isHeld(int row) {
        int[] heads = at.rows.heads();
        return heads[taken] > 0 && row != heads[free] && row != heads[aside] && (width == 1 || !isSpoilt(row));
    }

    private boolean isSpoilt(int row) {
        int[] piece = piece(row);
        int base = base(row);
        for (int at = 1; at < width; at++) {
            if (piece[base + at] != SPOILT) {
                return false;
            }
        }
        return true;
    }

    /** Fills a free row behind its link, so that who reads it, or releases it once more, is seen: for assertions. */
    private boolean spoil(int row) {
        int base = base(row);
        Arrays.fill(piece(row), base + 1, base + width, SPOILT);
        return true;
    }

    /** Rows in use. */
    int taken() {
        return at.rows.heads()[taken];
    }

    /** Rows that there is room for. */
    int room() {
        return at.rows.heads()[room];
    }

    // ---- long fields

    long getLong(int row, int field) {
        return IntRows.longAt(piece(row), base(row) + field);
    }

    void setLong(int row, int field, long value) {
        IntRows.longAt(piece(row), base(row) + field, value);
    }

    // ---- trimming

    /** Gives back pieces without a row in use, and has those that come first filled first. */
    void trim() {
        RowArena arena = at.rows;
        int[] heads = arena.heads();
        if (heads[room] - heads[taken] < rowsAPiece) {
            // none can be without
            return;
        }
        int limit = Math.max(partFreeRows(arena, heads[free]), partFreeRows(arena, heads[aside]));
        int rest = heads[room] - heads[taken];
        int next = NONE;
        for (int piece = limit - 1; piece >= 0; piece--) {
            int freeRows = freeOf[piece];
            if (freeRows == rowsAPiece && (rest > rowsAPiece || heads[taken] == 0)) {
                arena.removePiece(piece);
                heads[room] -= rowsAPiece;
                rest -= rowsAPiece;
            } else if (freeRows > 0) {
                next = linked(arena, firstOf[piece], next);
            }
            freeOf[piece] = 0;
        }
        heads[free] = next;
        heads[aside] = NONE;
    }

    /** Parts linked rows by their pieces, and tells the number after that of the last piece that has some. */
    private int partFreeRows(RowArena arena, int first) {
        if (freeOf.length < arena.pieces.length) {
            freeOf = new int[arena.pieces.length];
            firstOf = new int[arena.pieces.length];
        }
        int limit = 0;
        int row = first;
        while (row != NONE) {
            int next = get(row, 0);
            int piece = IntRows.piece(row);
            set(row, 0, freeOf[piece]++ == 0 ? NONE : firstOf[piece]);
            firstOf[piece] = row;
            limit = Math.max(limit, piece + 1);
            row = next;
        }
        return limit;
    }

    /** Has the last of some linked rows followed by another. */
    private int linked(RowArena arena, int first, int next) {
        int last = first;
        while (get(last, 0) != NONE) {
            last = get(last, 0);
        }
        arena.piece(last)[IntRows.offset(last)] = next;
        return first;
    }
}
