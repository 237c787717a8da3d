package io.wheelhouse.tcp;

import io.wheelhouse.tcp.path.Direction;

/**
 * The connections of a bucket, a row each: what belongs to the connection, then the local end, then the remote end (see
 * {@link EndRow}). A row's number is the connection's number in the bucket; it is used again once both ends are closed
 * and nothing that was sent, scheduled or queued for the connection remains.
 */
final class ConnectionRows {
    static final int NONE = IntRows.NONE;

    // the first int is the free list's
    private static final int GROUP = 1;
    private static final int INDEX = 2;
    private static final int REFERENCES = 3;
    private static final int ORDER = 4;
    private static final int WORD_0 = 5;
    private static final int WORD_1 = 7;
    private static final int DELAY_UP = 9;
    private static final int DELAY_DOWN = 10;
    private static final int LAST_ARRIVALS = 11;
    private static final int ENDS = 12;
    private static final int PIECE_SHIFT = 5;

    private static final int ORDINAL_BITS = 16;
    private static final int ORDINAL_MASK = (1 << ORDINAL_BITS) - 1;

    private static final int LAST_ARRIVALS_INTS = 4;
    private static final int LAST_ARRIVALS_PIECE_SHIFT = 5;

    private final IntRows rows;
    // where packets have jitter: when the last one of each direction arrives
    private final IntRows lastArrivals = new IntRows(LAST_ARRIVALS_INTS, LAST_ARRIVALS_PIECE_SHIFT);
    private final ColdRows cold = new ColdRows();
    private final EndRow released = new EndRow(cold);
    private final int remoteEnd;

    /** Ints of a connection. */
    final int ints;

    ConnectionRows(int localEstimatorInts, int remoteEstimatorInts) {
        remoteEnd = ENDS + EndRow.FIXED_INTS + localEstimatorInts;
        ints = remoteEnd + EndRow.FIXED_INTS + remoteEstimatorInts;
        rows = new IntRows(ints, PIECE_SHIFT);
    }

    int take(int group, int index) {
        int connection = rows.take();
        // groups count from 1 here, so that a free row is recognised by 0
        rows.set(connection, GROUP, group + 1);
        rows.set(connection, INDEX, index);
        return connection;
    }

    void release(int connection) {
        assert references(connection) == 0
                : "connection " + connection + " with " + references(connection) + " references released";
        int arrivals = rows.get(connection, LAST_ARRIVALS) - 1;
        if (arrivals != NONE) {
            lastArrivals.release(arrivals);
        }
        bind(released, connection, Side.LOCAL);
        released.releaseCold();
        bind(released, connection, Side.REMOTE);
        released.releaseCold();
        rows.set(connection, GROUP, 0);
        rows.release(connection);
    }

    boolean isTaken(int connection) {
        return rows.get(connection, GROUP) != 0;
    }

    int taken() {
        return rows.taken();
    }

    int limit() {
        return rows.limit();
    }

    /** A flyweight over the ends of these connections, not bound yet. */
    EndRow newEndRow() {
        return new EndRow(cold);
    }

    /** Ends with a row of what few need. */
    int coldEnds() {
        return cold.taken();
    }

    void bind(EndRow row, int connection, Side side) {
        row.at(rows.piece(connection), rows.base(connection) + (side == Side.LOCAL ? ENDS : remoteEnd));
    }

    int group(int connection) {
        return rows.get(connection, GROUP) - 1;
    }

    /** The connection's number in the run. */
    int index(int connection) {
        return rows.get(connection, INDEX);
    }

    /** Segments, wake-ups and openings under way for the connection. */
    int references(int connection) {
        return rows.get(connection, REFERENCES);
    }

    void addReference(int connection) {
        rows.set(connection, REFERENCES, references(connection) + 1);
    }

    void dropReference(int connection) {
        int references = references(connection) - 1;
        assert references >= 0 : "connection " + connection + " has " + references + " references";
        rows.set(connection, REFERENCES, references);
    }

    /** Numbers the packet that now arrives at the processor, modulo 2^16. */
    int arrived(int connection) {
        int order = rows.get(connection, ORDER);
        int ordinal = order >>> ORDINAL_BITS;
        rows.set(connection, ORDER, (ordinal + 1) << ORDINAL_BITS | (order & ORDINAL_MASK));
        return ordinal;
    }

    /**
     * Takes note of a packet being served.
     *
     * @return whether it is its turn
     */
    boolean served(int connection, int ordinal) {
        int order = rows.get(connection, ORDER);
        int next = order & ORDINAL_MASK;
        rows.set(connection, ORDER, (order & ~ORDINAL_MASK) | ((ordinal + 1) & ORDINAL_MASK));
        return ordinal == next;
    }

    /** The delay of a direction in nanoseconds, once set, if it is below 2^31 - 1; otherwise -1. */
    int delayNs(int connection, Direction direction) {
        return rows.get(connection, direction == Direction.UP ? DELAY_UP : DELAY_DOWN) - 1;
    }

    void delayNs(int connection, Direction direction, long delayNs) {
        int kept = delayNs < Integer.MAX_VALUE ? (int) delayNs + 1 : 0;
        rows.set(connection, direction == Direction.UP ? DELAY_UP : DELAY_DOWN, kept);
    }

    /** When the last packet of a direction arrives; 0 before the first. */
    long lastArrivalNs(int connection, Direction direction) {
        int arrivals = rows.get(connection, LAST_ARRIVALS) - 1;
        return arrivals == NONE ? 0 : lastArrivals.getLong(arrivals, 2 * direction.ordinal());
    }

    void lastArrivalNs(int connection, Direction direction, long arrivalNs) {
        int arrivals = rows.get(connection, LAST_ARRIVALS) - 1;
        if (arrivals == NONE) {
            arrivals = lastArrivals.take();
            rows.set(connection, LAST_ARRIVALS, arrivals + 1);
            lastArrivals.setLong(arrivals, 0, 0);
        }
        lastArrivals.setLong(arrivals, 2 * direction.ordinal(), arrivalNs);
    }

    long word(int connection, int which) {
        return rows.getLong(connection, which == 0 ? WORD_0 : WORD_1);
    }

    void word(int connection, int which, long value) {
        rows.setLong(connection, which == 0 ? WORD_0 : WORD_1, value);
    }
}
