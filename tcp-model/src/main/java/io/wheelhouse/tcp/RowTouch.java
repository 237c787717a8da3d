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

    private final int own;
    private final int ofLocal;
    private final int ofReceiver;
    private final int ofRemote;
    private final int remoteSending;

    RowTouch(ConnectionLayout layout) {
        own = layout.own;
        ofLocal = layout.remoteEnd - 1;
        ofReceiver = layout.remoteEnd + EndRow.RECEIVING - 1 - own;
        ofRemote = layout.ints - 1;
        remoteSending = layout.remoteEnd + EndRow.SENDING;
    }

    /** What a packet needs that only arrives. Returns, as all do here, a number that means nothing. */
    long arrival(BucketRows rows, int connection) {
        int place = ConnectionRows.placeOf(rows, connection);
        int row = ConnectionRows.wideRow(place);
        return row < 0 ? packed(rows, place) : rows.piece(row)[IntRows.offset(row) + own];
    }

    /** What the processor's end needs: its ints, and the connection's own behind them. */
    long local(BucketRows rows, int connection) {
        int place = ConnectionRows.placeOf(rows, connection);
        int row = ConnectionRows.wideRow(place);
        if (row < 0) {
            return packed(rows, place);
        }
        int[] piece = rows.piece(row);
        int base = IntRows.offset(row);
        return lines(piece, base, ofLocal) + sending(rows, piece[base + EndRow.SENDING] - 1);
    }

    /** What the far end needs: the connection's own ints, and its own behind them, of which one that only receives needs fewer. */
    long remote(BucketRows rows, int connection) {
        int place = ConnectionRows.placeOf(rows, connection);
        int row = ConnectionRows.wideRow(place);
        if (row < 0) {
            return packed(rows, place);
        }
        int[] piece = rows.piece(row);
        int base = IntRows.offset(row);
        long sum = lines(piece, base + own, ofReceiver);
        int flow = piece[base + remoteSending] - 1;
        return flow < 0 ? sum : sum + piece[base + ofRemote] + sending(rows, flow);
    }

    /** Touches up to five lines, from an int on and up to so many behind it. */
    private static int lines(int[] piece, int from, int behind) {
        return piece[from]
                + piece[from + Math.min(LINE, behind)]
                + piece[from + Math.min(2 * LINE, behind)]
                + piece[from + Math.min(3 * LINE, behind)]
                + piece[from + behind];
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
        long sum = lines(piece, base + Flow.BUSY, Flow.INTS_UNPACED - Flow.BUSY - 1);
        int head = piece[base + Flow.HEAD];
        return head < 0 || head == row + Flow.SEGMENT ? sum : sum + rows.piece(head)[IntRows.offset(head)];
    }
}
