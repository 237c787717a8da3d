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

    private final int localEnd;
    private final int remoteEnd;
    private final int ints;

    RowTouch(ConnectionLayout layout) {
        localEnd = layout.localEnd;
        remoteEnd = layout.remoteEnd;
        ints = layout.ints;
    }

    /** What a packet needs that only arrives. Returns, as all do here, a number that means nothing. */
    long arrival(BucketRows rows, int connection) {
        int row = ConnectionRows.wideRow(rows.places, connection);
        return row < 0 ? packed(rows, connection) : rows.wide.get(row, 0);
    }

    /** What the processor's end needs. */
    long local(BucketRows rows, int connection) {
        return end(rows, connection, localEnd, remoteEnd);
    }

    /** What the far end needs. */
    long remote(BucketRows rows, int connection) {
        return end(rows, connection, remoteEnd, ints);
    }

    private static long end(BucketRows rows, int connection, int from, int to) {
        int row = ConnectionRows.wideRow(rows.places, connection);
        if (row < 0) {
            return packed(rows, connection);
        }
        int[] piece = rows.wide.piece(row);
        int base = rows.wide.base(row);
        long sum = piece[base];
        sum += piece[base + ConnectionLayout.OWN_INTS - 1];
        sum += piece[base + to - 1];
        for (int at = from; at < to; at += LINE) {
            sum += piece[base + at];
        }
        return sum + sending(rows, piece[base + from + EndRow.SENDING] - 1);
    }

    private static long packed(BucketRows rows, int connection) {
        int handle = ConnectionRows.packedRow(rows.places, connection);
        return handle < 0 ? handle : rows.packed.touch(handle);
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
