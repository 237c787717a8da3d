package io.wheelhouse.tcp;

/**
 * Brings the rows of a connection closer before it is their turn: reads a word of each line of memory that an event will
 * likely need. The reads depend on each other only from one kind of row to the next, so those of several connections wait
 * together.
 *
 * <p>Nothing is changed, no packed row is unpacked, and a connection that is gone may be asked for.
 */
final class RowTouch {
    // ints of a line of memory
    private static final int LINE = 16;

    private final int localSending;
    private final int remoteSending;
    private final int ints;

    RowTouch(ConnectionLayout layout) {
        localSending = layout.localEnd + EndRow.SENDING;
        remoteSending = layout.remoteEnd + EndRow.SENDING;
        ints = layout.ints;
    }

    /** Returns a number that depends on what was read and means nothing. */
    long of(BucketRows rows, int connection) {
        int row = ConnectionRows.wideRow(rows.places, connection);
        if (row < 0) {
            return row;
        }
        int[] piece = rows.wide.piece(row);
        int base = rows.wide.base(row);
        long sum = piece[base + ints - 1];
        for (int at = 0; at < ints; at += LINE) {
            sum += piece[base + at];
        }
        return sum + sending(rows, piece[base + localSending] - 1) + sending(rows, piece[base + remoteSending] - 1);
    }

    private static long sending(BucketRows rows, int row) {
        if (row < 0) {
            return 0;
        }
        int[] piece = rows.sending.piece(row);
        int base = rows.sending.base(row);
        long sum = rows.sent.peek(piece[base + Flow.HEAD]);
        for (int at = 0; at < Flow.INTS_UNPACED; at += LINE) {
            sum += piece[base + at];
        }
        return sum;
    }
}
