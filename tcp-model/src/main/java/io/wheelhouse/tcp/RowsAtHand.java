package io.wheelhouse.tcp;

/** Rows of the bucket {@linkplain AtHand at hand}, whatever their kind: where their ints are. Reading and writing cost O(1). */
abstract sealed class RowsAtHand permits PooledRows, RowStack {
    final AtHand at;

    RowsAtHand(AtHand at) {
        this.at = at;
    }

    /** The array that holds a row, from {@link #base} on. */
    final int[] piece(int row) {
        return at.rows.piece(row);
    }

    final int base(int row) {
        return IntRows.offset(row);
    }

    final int get(int row, int field) {
        return at.rows.piece(row)[IntRows.offset(row) + field];
    }

    final void set(int row, int field, int value) {
        at.rows.piece(row)[IntRows.offset(row) + field] = value;
    }
}
