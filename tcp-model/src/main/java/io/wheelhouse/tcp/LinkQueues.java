package io.wheelhouse.tcp;

/**
 * The packets that wait for the links of a bucket's connections: for each link that is behind, the instants at which its
 * packets begin to be sent, in a ring whose last one is kept. Packets leave the ring when its link is next asked for.
 *
 * <p>Thread: the bucket's owner. Cost: O(1) a packet; a row of {@value #INTS} ints for each that waits.
 */
final class LinkQueues {
    /** No ring: nothing waits. */
    static final int NONE = IntRows.NONE;

    private static final int START = 0;
    private static final int NEXT = 2;
    private static final int NUMBER = 3;
    private static final int INTS = 4;
    private static final int ROWS_A_PIECE = 16;

    private final PooledRows rows;

    LinkQueues(AtHand at) {
        rows = new PooledRows(RowKind.LINK_WAITING, INTS, ROWS_A_PIECE, at);
    }

    /** Lets go the packets whose sending has begun by an instant. */
    int begun(int last, long nowNs) {
        int ring = last;
        while (ring != NONE) {
            int first = rows.get(ring, NEXT);
            if (rows.getLong(first, START) > nowNs) {
                break;
            }
            ring = removeFirst(ring, first);
        }
        return ring;
    }

    /** Lets go all that wait, where the connection does. */
    void clear(int last) {
        int ring = last;
        while (ring != NONE) {
            ring = removeFirst(ring, rows.get(ring, NEXT));
        }
    }

    private int removeFirst(int last, int first) {
        int ring = NONE;
        if (first != last) {
            rows.set(last, NEXT, rows.get(first, NEXT));
            ring = last;
        }
        rows.release(first);
        return ring;
    }

    /** How many wait. */
    int length(int last) {
        return last == NONE ? 0 : rows.get(last, NUMBER) - rows.get(rows.get(last, NEXT), NUMBER) + 1;
    }

    /** Adds a packet that waits until an instant, and tells the ring. */
    int add(int last, long startNs) {
        int row = rows.take();
        rows.setLong(row, START, startNs);
        if (last == NONE) {
            rows.set(row, NEXT, row);
        } else {
            rows.set(row, NEXT, rows.get(last, NEXT));
            rows.set(row, NUMBER, rows.get(last, NUMBER) + 1);
            rows.set(last, NEXT, row);
        }
        return row;
    }

    void trim() {
        rows.trim();
    }

    /** Packets that are known to wait, or to have waited. */
    int taken() {
        return rows.taken();
    }
}
