package io.wheelhouse.tcp;

/**
 * What an end needs while it has something to send or to be acknowledged, and keeps while it knows more of its path than a
 * new connection does: a row of {@link Flow}'s ints. Made on demand; given back when all is acknowledged and nothing worth
 * keeping is known.
 */
final class SendRows {
    private static final int PIECE_SHIFT = 3;
    private static final int CONTROL_PIECE_SHIFT = 3;

    private PooledRows rows;
    // what a congestion control keeps for itself
    private PooledRows controls;

    SendRows(PooledRows rows, PooledRows controls) {
        this.rows = rows;
        this.controls = controls;
    }

    static PooledRows newRows(ConnectionLayout layout, PiecePool pool) {
        return new PooledRows(layout.flowInts, PIECE_SHIFT, pool);
    }

    static PooledRows newControls(ConnectionLayout layout, PiecePool pool) {
        return new PooledRows(layout.controlInts, CONTROL_PIECE_SHIFT, pool);
    }

    void bind(PooledRows bucketRows, PooledRows bucketControls) {
        rows = bucketRows;
        controls = bucketControls;
    }

    int take() {
        int row = rows.take();
        rows.set(row, Flow.HEAD, SentSegments.NONE);
        rows.set(row, Flow.TAIL, SentSegments.NONE);
        rows.set(row, Flow.CONTROL, IntRows.NONE);
        rows.setLong(row, Flow.FIRST_RETRANSMISSION_NS, Flow.NEVER);
        return row;
    }

    void release(int row) {
        int control = rows.get(row, Flow.CONTROL);
        if (control != IntRows.NONE) {
            controls.release(control);
        }
        rows.release(row);
    }

    int takeControl() {
        return controls.take();
    }

    void releaseControl(int control) {
        controls.release(control);
    }

    /** One of a congestion control's own ints. */
    int control(int row, int field) {
        return controls.get(row, field);
    }

    void control(int row, int field, int value) {
        controls.set(row, field, value);
    }

    /** When the first retransmission of the present trouble was sent; {@link Flow#NEVER} if none was. */
    long firstRetransmissionNs(int row) {
        return rows.getLong(row, Flow.FIRST_RETRANSMISSION_NS);
    }

    /** An int of a row, by {@link Flow}'s names. */
    int get(int row, int field) {
        return rows.get(row, field);
    }

    /** A long of a row, by {@link Flow}'s names. */
    long getLong(int row, int field) {
        return rows.getLong(row, field);
    }

    /** The array that holds a row, from {@link #base} on. */
    int[] piece(int row) {
        return rows.piece(row);
    }

    int base(int row) {
        return rows.base(row);
    }

    /** Rows in use. */
    int taken() {
        return rows.taken() + controls.taken();
    }
}
