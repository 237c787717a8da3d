package io.wheelhouse.tcp;

import io.wheelhouse.tcp.path.Direction;

/**
 * The connections of a bucket, a row each: what belongs to the connection, then the local end, then the remote end (see
 * {@link EndRow}). A connection's number in the bucket is used again once both ends are closed and nothing that was
 * sent, scheduled or queued for the connection remains.
 *
 * <p>A row is wide, and can be worked on, or packed. {@link #settle} packs the rows of the connections that have been left
 * alone since the last but one call; touching a connection makes its row wide again. So an idle connection costs its
 * packed row, which has what its ends keep for sending too, and only busy ones cost a wide one. Which rows are packed changes nothing that a run can show.
 *
 * <p>Thread: the bucket's owner. Reading and writing cost O(1), packing and unpacking O(ints of a row).
 */
final class ConnectionRows {
    static final int NONE = IntRows.NONE;

    private static final int CONNECTION = 0;
    private static final int TOUCHED = 1;
    private static final int GROUP = 2;
    private static final int INDEX = 3;
    private static final int REFERENCES = 4;
    private static final int ORDER = 5;
    private static final int WORD_0 = 6;
    private static final int WORD_1 = 8;
    private static final int DELAY_UP = 10;
    private static final int DELAY_DOWN = 11;
    private static final int LAST_ARRIVALS = 12;
    private static final int LINK_FREE = 13;
    private static final int LINK_RINGS = 17;
    private static final int WIDE_PIECE_SHIFT = 3;

    private static final int ORDINAL_BITS = 16;
    private static final int ORDINAL_MASK = (1 << ORDINAL_BITS) - 1;

    private static final int LAST_ARRIVALS_INTS = 4;
    private static final Direction[] DIRECTIONS = Direction.values();
    private static final int LINK_RINGS_INTS = DIRECTIONS.length;
    private static final int LINK_RINGS_PIECE_SHIFT = 3;
    private static final int LAST_ARRIVALS_PIECE_SHIFT = 3;

    // places: taken ones are below the links of the free list, and say where the row is and whether it is packed
    private static final int TAKEN = -2;
    private static final int PLACE_PIECE_SHIFT = 6;

    private BucketRows rows;
    private NumberedRows places;
    private RowStack wide;
    private final LinkQueues linkQueues;
    private final ColdRows cold;
    private final EndRow scratch;
    private final ConnectionLayout layout;
    private final ConnectionPacker packer;
    private final PackedRows.Moves moves = (connection, handle) -> place(connection, handle, true);
    private int[] peeked = {};
    // where the connection that was last asked for is: an event asks many times for the same
    private int lastConnection = NONE;
    private int[] ints = {};
    private int base;

    /** @param rows of no bucket, which stand for those of the first until that is bound */
    ConnectionRows(ConnectionLayout layout, BucketRows rows) {
        this.layout = layout;
        this.rows = rows;
        places = rows.places;
        wide = rows.wide;
        linkQueues = new LinkQueues(rows.linkWaiting);
        cold = new ColdRows(rows.cold);
        scratch = new EndRow(cold);
        packer = new ConnectionPacker(layout, rows);
    }

    static NumberedRows newPlaces() {
        return new NumberedRows(1, PLACE_PIECE_SHIFT);
    }

    static RowStack newWide(ConnectionLayout layout, PiecePool pool) {
        return new RowStack(layout.ints, WIDE_PIECE_SHIFT, pool);
    }

    /** Where packets have jitter: when the last one of each direction arrives. */
    static PooledRows newLastArrivals(PiecePool pool) {
        return new PooledRows(LAST_ARRIVALS_INTS, LAST_ARRIVALS_PIECE_SHIFT, pool);
    }

    /** Where packets have waited for a link: what waits in each direction. */
    static PooledRows newLinkRings(PiecePool pool) {
        return new PooledRows(LINK_RINGS_INTS, LINK_RINGS_PIECE_SHIFT, pool);
    }

    void bind(BucketRows bucketRows) {
        rows = bucketRows;
        lastConnection = NONE;
        places = bucketRows.places;
        wide = bucketRows.wide;
        cold.bind(bucketRows.cold);
        packer.bind(bucketRows);
    }

    int take(int group, int index) {
        int connection = places.take();
        int row = wide.push();
        place(connection, row, false);
        wide.set(row, CONNECTION, connection);
        wide.set(row, TOUCHED, rows.settled);
        wide.set(row, GROUP, group);
        wide.set(row, INDEX, index);
        return connection;
    }

    void release(int connection) {
        assert references(connection) == 0
                : "connection " + connection + " with " + references(connection) + " references released";
        goTo(connection);
        int arrivals = ints[base + LAST_ARRIVALS] - 1;
        if (arrivals != NONE) {
            rows.lastArrivals.release(arrivals);
        }
        for (Direction direction : DIRECTIONS) {
            clearLinkQueue(connection, direction);
        }
        bind(scratch, connection, Side.LOCAL);
        scratch.releaseCold();
        bind(scratch, connection, Side.REMOTE);
        scratch.releaseCold();
        removeWide(place(connection));
        places.release(connection);
    }

    boolean isTaken(int connection) {
        return places.get(connection, 0) <= TAKEN;
    }

    int taken() {
        return places.taken();
    }

    int limit() {
        return places.limit();
    }

    // ---- wide and packed

    private boolean isPacked(int connection) {
        assert isTaken(connection) : "connection " + connection + " is not there";
        return ((TAKEN - places.get(connection, 0)) & 1) != 0;
    }

    private int place(int connection) {
        return (TAKEN - places.get(connection, 0)) >> 1;
    }

    private void place(int connection, int place, boolean isPacked) {
        places.set(connection, 0, TAKEN - (place << 1 | (isPacked ? 1 : 0)));
    }

    /** Where the wide row of a connection is; -1 if it has none, or is not there. */
    static int wideRow(NumberedRows places, int connection) {
        int taken = TAKEN - places.peek(connection);
        return taken < 0 || (taken & 1) != 0 ? NONE : taken >> 1;
    }

    /** The handle of the packed row of a connection; -1 if it has none, or is not there. */
    static int packedRow(NumberedRows places, int connection) {
        int taken = TAKEN - places.peek(connection);
        return taken < 0 || (taken & 1) == 0 ? NONE : taken >> 1;
    }

    /** Has {@link #ints} and {@link #base} at the connection's row, which is made wide. */
    private void goTo(int connection) {
        if (connection != lastConnection) {
            int row = isPacked(connection) ? unpack(connection) : place(connection);
            ints = wide.piece(row);
            base = wide.base(row);
            lastConnection = connection;
        }
        assert isTaken(connection) && !isPacked(connection) && wide.base(place(connection)) == base
                : "connection " + connection + " is not at " + base;
    }

    private int unpack(int connection) {
        int handle = place(connection);
        int row = wide.pushAnyhow();
        packer.unpack(handle, wide.piece(row), wide.base(row));
        place(connection, row, false);
        rows.packed.remove(handle, moves);
        wide.set(row, CONNECTION, connection);
        return row;
    }

    private void removeWide(int row) {
        lastConnection = NONE;
        wide.remove(row);
        if (row < wide.size()) {
            place(wide.get(row, CONNECTION), row, false);
        }
    }

    /** Packs the rows that were not touched since the call before the last. No flyweight may be in use. */
    void settle() {
        int row = 0;
        while (row < wide.size()) {
            if (wide.get(row, TOUCHED) == rows.settled || !pack(row)) {
                row++;
            }
        }
        rows.settled++;
    }

    private boolean pack(int row) {
        int connection = wide.get(row, CONNECTION);
        int touched = wide.get(row, TOUCHED);
        // these follow: the number from the place, the delays from the path
        wide.set(row, CONNECTION, 0);
        wide.set(row, TOUCHED, 0);
        wide.set(row, DELAY_UP, 0);
        wide.set(row, DELAY_DOWN, 0);
        forgetMeaningless(row);
        int handle = packer.pack(connection, wide.piece(row), wide.base(row));
        if (handle == PackedRows.NONE) {
            wide.set(row, CONNECTION, connection);
            wide.set(row, TOUCHED, touched);
            return false;
        }
        place(connection, handle, true);
        removeWide(row);
        return true;
    }

    private void forgetMeaningless(int row) {
        scratch.at(wide.piece(row), wide.base(row) + layout.localEnd);
        scratch.forgetMeaningless();
        scratch.at(wide.piece(row), wide.base(row) + layout.remoteEnd);
        scratch.forgetMeaningless();
    }

    /** Connections whose rows are packed. */
    int packedRows() {
        return taken() - wide.size();
    }

    /** A flyweight over the ends of these connections, not bound yet. */
    EndRow newEndRow() {
        return new EndRow(cold);
    }

    /** Ends with a row of what few need. */
    int coldEnds() {
        return cold.taken();
    }

    /** Binds a flyweight to an end that is to be worked on. */
    void bind(EndRow row, int connection, Side side) {
        goTo(connection);
        ints[base + TOUCHED] = rows.settled;
        row.at(ints, base + (side == Side.LOCAL ? layout.localEnd : layout.remoteEnd));
    }

    /** Binds flyweights to both ends for reading, until the next call of any method here, and tells the group. */
    int peek(EndRow local, EndRow remote, int connection) {
        int place = place(connection);
        int[] row;
        int base;
        if (isPacked(connection)) {
            row = unpacked(place);
            base = 0;
        } else {
            row = wide.piece(place);
            base = wide.base(place);
        }
        local.at(row, base + layout.localEnd);
        remote.at(row, base + layout.remoteEnd);
        return row[base + GROUP];
    }

    private int[] unpacked(int place) {
        if (peeked.length == 0) {
            peeked = new int[layout.ints];
        }
        packer.peek(place, peeked);
        return peeked;
    }

    /** The group of a connection whose row may be packed, and stays so. */
    int peekGroup(int connection) {
        return isPacked(connection) ? unpacked(place(connection))[GROUP] : group(connection);
    }

    // ---- the connection's own fields

    int group(int connection) {
        goTo(connection);
        return ints[base + GROUP];
    }

    /** The connection's number in the run. */
    int index(int connection) {
        goTo(connection);
        return ints[base + INDEX];
    }

    /** Segments, wake-ups and openings under way for the connection. */
    int references(int connection) {
        goTo(connection);
        return ints[base + REFERENCES];
    }

    void addReference(int connection) {
        goTo(connection);
        ints[base + REFERENCES]++;
    }

    void dropReference(int connection) {
        goTo(connection);
        int references = ints[base + REFERENCES] - 1;
        assert references >= 0 : "connection " + connection + " has " + references + " references";
        ints[base + REFERENCES] = references;
    }

    /** Numbers the packet that now arrives at the processor, modulo 2^16. */
    int arrived(int connection) {
        goTo(connection);
        // how many wait, and the ordinal of the next to be served
        int order = ints[base + ORDER];
        ints[base + ORDER] = order + (1 << ORDINAL_BITS);
        return ((order >>> ORDINAL_BITS) + order) & ORDINAL_MASK;
    }

    /**
     * Takes note of a packet being served.
     *
     * @return whether it is its turn
     */
    boolean served(int connection, int ordinal) {
        goTo(connection);
        int order = ints[base + ORDER];
        int next = order & ORDINAL_MASK;
        int waiting = (order >>> ORDINAL_BITS) - (((ordinal + 1) - next) & ORDINAL_MASK);
        ints[base + ORDER] = waiting << ORDINAL_BITS | ((ordinal + 1) & ORDINAL_MASK);
        return ordinal == next;
    }

    /** The delay of a direction in nanoseconds, once set, if it is below 2^31 - 1; otherwise -1. */
    int delayNs(int connection, Direction direction) {
        goTo(connection);
        return ints[base + (direction == Direction.UP ? DELAY_UP : DELAY_DOWN)] - 1;
    }

    void delayNs(int connection, Direction direction, long delayNs) {
        int kept = delayNs < Integer.MAX_VALUE ? (int) delayNs + 1 : 0;
        goTo(connection);
        ints[base + (direction == Direction.UP ? DELAY_UP : DELAY_DOWN)] = kept;
    }

    /** When the last packet of a direction arrives; 0 before the first. */
    long lastArrivalNs(int connection, Direction direction) {
        goTo(connection);
        int arrivals = ints[base + LAST_ARRIVALS] - 1;
        return arrivals == NONE ? 0 : rows.lastArrivals.getLong(arrivals, 2 * direction.ordinal());
    }

    void lastArrivalNs(int connection, Direction direction, long arrivalNs) {
        goTo(connection);
        int arrivals = ints[base + LAST_ARRIVALS] - 1;
        if (arrivals == NONE) {
            arrivals = rows.lastArrivals.take();
            ints[base + LAST_ARRIVALS] = arrivals + 1;
            rows.lastArrivals.setLong(arrivals, 0, 0);
        }
        rows.lastArrivals.setLong(arrivals, 2 * direction.ordinal(), arrivalNs);
    }

    // ---- the connection's links

    /** When the link of a direction has sent all that it has taken so far. */
    long linkFreeNs(int connection, Direction direction) {
        goTo(connection);
        return IntRows.longAt(ints, base + LINK_FREE + 2 * direction.ordinal());
    }

    void linkFreeNs(int connection, Direction direction, long freeNs) {
        goTo(connection);
        IntRows.longAt(ints, base + LINK_FREE + 2 * direction.ordinal(), freeNs);
    }

    /** How many packets wait for a link at an instant. */
    int linkQueue(int connection, Direction direction, long nowNs) {
        goTo(connection);
        int rings = ints[base + LINK_RINGS] - 1;
        if (rings == NONE) {
            return 0;
        }
        linkQueues.bind(rows.linkWaiting);
        int ring = linkQueues.begun(rows.linkRings.get(rings, direction.ordinal()) - 1, nowNs);
        rows.linkRings.set(rings, direction.ordinal(), ring + 1);
        return linkQueues.length(ring);
    }

    /** A packet waits for a link, which begins to send it at an instant. */
    void addToLinkQueue(int connection, Direction direction, long startNs) {
        goTo(connection);
        int rings = ints[base + LINK_RINGS] - 1;
        if (rings == NONE) {
            rings = rows.linkRings.take();
            ints[base + LINK_RINGS] = rings + 1;
        }
        linkQueues.bind(rows.linkWaiting);
        int ring = linkQueues.add(rows.linkRings.get(rings, direction.ordinal()) - 1, startNs);
        rows.linkRings.set(rings, direction.ordinal(), ring + 1);
    }

    /** A link is free: nothing waits for it any more. */
    void clearLinkQueue(int connection, Direction direction) {
        goTo(connection);
        if (ints[base + LINK_RINGS] != 0) {
            clearLinkRing(direction.ordinal());
        }
    }

    private void clearLinkRing(int direction) {
        int rings = ints[base + LINK_RINGS] - 1;
        linkQueues.bind(rows.linkWaiting);
        linkQueues.clear(rows.linkRings.get(rings, direction) - 1);
        rows.linkRings.set(rings, direction, 0);
        if ((rows.linkRings.get(rings, 0) | rows.linkRings.get(rings, 1)) == 0) {
            rows.linkRings.release(rings);
            ints[base + LINK_RINGS] = 0;
        }
    }

    long word(int connection, int which) {
        goTo(connection);
        return IntRows.longAt(ints, base + (which == 0 ? WORD_0 : WORD_1));
    }

    void word(int connection, int which, long value) {
        goTo(connection);
        IntRows.longAt(ints, base + (which == 0 ? WORD_0 : WORD_1), value);
    }
}
