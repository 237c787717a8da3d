package io.wheelhouse.tcp;

import java.util.Arrays;

/**
 * What an end needs while it has something to send or to be acknowledged, and keeps while it knows more of its path than a
 * new connection does: a row of {@link Flow}'s ints. Made on demand; given back when all is acknowledged and nothing worth
 * keeping is known.
 */
final class SendRows {
    private static final int ROWS_A_PIECE = 4;

    /** Where in a row begins what the congestion control keeps for itself. */
    final int control;

    private final PooledRows rows;

    SendRows(ConnectionLayout layout, AtHand at) {
        control = layout.control;
        rows = new PooledRows(RowKind.SENDING, layout.flowInts, ROWS_A_PIECE, at);
    }

    int take() {
        int row = rows.take();
        rows.set(row, Flow.HEAD, SentSegments.NONE);
        rows.set(row, Flow.TAIL, SentSegments.NONE);
        rows.setLong(row, Flow.FIRST_RETRANSMISSION_NS, Flow.KEPT_NEVER);
        return row;
    }

    void release(int row) {
        rows.release(row);
    }

    /** Takes a row as it was left: who takes it sets all its ints. */
    int takeAnyhow() {
        return rows.takeAnyhow();
    }

    /** Clears what is left of a segment where none is outstanding. */
    void forgetSegment(int row) {
        int from = base(row) + Flow.SEGMENT;
        Arrays.fill(piece(row), from, from + SentSegments.INTS, 0);
    }

    void trim() {
        rows.trim();
    }

    /** When the first retransmission of the present trouble was sent; {@link Flow#NEVER} if none was. */
    long firstRetransmissionNs(int row) {
        return Flow.firstRetransmissionNs(rows.getLong(row, Flow.FIRST_RETRANSMISSION_NS));
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
        return rows.taken();
    }
}
