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
    private final int own;
    private final int remoteEnd;
    private final int ints;

    RowTouch(ConnectionLayout layout) {
        localEnd = layout.localEnd;
        own = layout.own;
        remoteEnd = layout.remoteEnd;
        ints = layout.ints;
    }

    /** What a packet needs that only arrives. Returns, as all do here, a number that means nothing. */
    long arrival(BucketRows rows, int connection) {
        int place = ConnectionRows.placeOf(rows, connection);
        int row = ConnectionRows.wideRow(place);
        return row < 0 ? packed(rows, place) : rows.piece(row)[IntRows.offset(row) + own];
    }

    /** What the processor's end needs. */
    long local(BucketRows rows, int connection) {
        return end(rows, connection, localEnd, localEnd, remoteEnd);
    }

    /** What the far end needs. */
    long remote(BucketRows rows, int connection) {
        return end(rows, connection, remoteEnd, own, ints);
    }

    /** What an end needs: the ints of a row in a range. */
    private static long end(BucketRows rows, int connection, int end, int from, int to) {
        int place = ConnectionRows.placeOf(rows, connection);
        int row = ConnectionRows.wideRow(place);
        if (row < 0) {
            return packed(rows, place);
        }
        int[] piece = rows.piece(row);
        int base = IntRows.offset(row);
        long sum = piece[base + to - 1];
        for (int at = from; at < to; at += LINE) {
            sum += piece[base + at];
        }
        return sum + sending(rows, piece[base + end + EndRow.SENDING] - 1);
    }

    private static long packed(BucketRows rows, int place) {
        int handle = ConnectionRows.packedRow(place);
        return handle < 0 ? handle : rows.packed.touch(handle);
    }

    private static long sending(BucketRows rows, int row) {
        if (row < 0) {
            return 0;
        }
        int[] piece = rows.piece(row);
        int base = IntRows.offset(row);
        int head = piece[base + Flow.HEAD];
        long sum = head < 0 ? 0 : rows.piece(head)[IntRows.offset(head)];
        sum += piece[base + Flow.INTS_UNPACED - 1];
        for (int at = Flow.BUSY; at < Flow.INTS_UNPACED; at += LINE) {
            sum += piece[base + at];
        }
        return sum;
    }
}
