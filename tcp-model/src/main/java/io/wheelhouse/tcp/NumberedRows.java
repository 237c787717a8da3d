package io.wheelhouse.tcp;

/**
 * Rows whose numbers show in what a run does, as those of connections and timers: the one released last is taken first. A
 * free row's first int is the link of the free list. Nothing is given back. Taking and releasing cost O(1).
 */
final class NumberedRows extends IntRows {
    private int used;
    private int free = NONE;

    /**
     * @param width ints a row
     * @param shift a piece holds 2^shift rows
     */
    NumberedRows(int width, int shift) {
        super(width, shift);
    }

    @Override
    int takeRow() {
        int row = free;
        if (row == NONE) {
            row = used++;
            if (row >> shift == pieceCount()) {
                addPiece(new int[width << shift]);
            }
        } else {
            free = get(row, 0);
        }
        return row;
    }

    @Override
    void releaseRow(int row) {
        set(row, 0, free);
        free = row;
    }

    /** Every row ever used has a number below this. */
    int limit() {
        return used;
    }
}
