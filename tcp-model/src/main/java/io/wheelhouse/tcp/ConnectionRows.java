package io.wheelhouse.tcp;

/**
 * The connections of a bucket, a row each: the local end, what belongs to the connection itself (here, and what {@link
 * PathInts} says), and the remote end (see {@link EndRow}). A connection's number in the bucket is used again once both ends are closed and nothing that was
 * sent, scheduled or queued for the connection remains.
 *
 * <p>A row is wide, and can be worked on, or packed. {@link #settle} packs the rows of the connections that have been left
 * alone since the last but one call; touching a connection makes its row wide again. So an idle connection costs its
 * packed row, which has what its ends keep for sending too, and only busy ones cost a wide one. Which rows are packed
 * changes nothing that a run can show.
 *
 * <p>Thread: the bucket's owner. Reading and writing cost O(1), packing and unpacking O(ints of a row).
 */
final class ConnectionRows extends PathInts {
    static final int NONE = IntRows.NONE;

    private static final int CONNECTION = 0;
    private static final int TOUCHED = 1;
    private static final int GROUP = 2;
    private static final int INDEX = 3;
    private static final int REFERENCES = 4;
    private static final int ORDER = 5;
    private static final int WORD_0 = 6;
    private static final int WORD_1 = 8;
    private static final int WIDE_ROWS_A_PIECE = 8;

    private static final int ORDINAL_BITS = 16;
    private static final int ORDINAL_MASK = (1 << ORDINAL_BITS) - 1;

    // places: taken ones are below the links of the free list, and say where the row is and whether it is packed
    private static final int TAKEN = -2;

    private final AtHand at;
    private final NumberedRows places;
    private final RowStack wide;
    private final ColdRows cold;
    private final EndRow scratch;
    private final ConnectionLayout layout;
    private final ConnectionPacker packer;
    private final PackedRows.Moves moves = (connection, handle) -> place(connection, handle, true);
    private int[] peeked = {};
    // where the connection that was last asked for is: an event asks many times for the same
    private int lastConnection = NONE;

    ConnectionRows(ConnectionLayout layout, SendRows sending, AtHand at) {
        super(at);
        this.layout = layout;
        this.at = at;
        places = new NumberedRows(RowArena.NumberKind.PLACES, at);
        wide = new RowStack(RowKind.WIDE, layout.ints, WIDE_ROWS_A_PIECE, at);
        cold = new ColdRows(at);
        scratch = new EndRow(cold);
        packer = new ConnectionPacker(layout, sending, at);
    }

    /** Another bucket is at hand. */
    void bound() {
        lastConnection = NONE;
    }

    int take(int group, int index) {
        int connection = places.take();
        int row = wide.push();
        place(connection, row, false);
        wide.set(row, layout.own + CONNECTION, connection);
        wide.set(row, layout.own + TOUCHED, at.rows.settled);
        wide.set(row, layout.own + GROUP, group);
        wide.set(row, layout.own + INDEX, index);
        return connection;
    }

    void release(int connection) {
        goTo(connection);
        assert references(connection) == 0
                : "connection " + connection + " with " + references(connection) + " references released";
        releasePath();
        bind(scratch, connection, endInts(Side.LOCAL));
        scratch.releaseCold();
        bind(scratch, connection, endInts(Side.REMOTE));
        scratch.releaseCold();
        removeWide(place(connection));
        places.release(connection);
    }

    boolean isTaken(int connection) {
        return places.get(connection) <= TAKEN;
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
        return ((TAKEN - places.get(connection)) & 1) != 0;
    }

    private int place(int connection) {
        return (TAKEN - places.get(connection)) >> 1;
    }

    private void place(int connection, int place, boolean isPacked) {
        places.set(connection, TAKEN - (place << 1 | (isPacked ? 1 : 0)));
    }

    /** What is known of where a connection is that need not be there, in a bucket that need not be at hand. */
    static int placeOf(RowArena arena, int connection) {
        int[] places = arena.numbers(RowArena.NumberKind.PLACES);
        return NumberedRows.isKnown(places, connection) ? NumberedRows.get(places, connection) : NONE;
    }

    /** The wide row that such a place tells; -1 if it tells none. */
    static int wideRow(int place) {
        int taken = TAKEN - place;
        return taken < 0 || (taken & 1) != 0 ? NONE : taken >> 1;
    }

    /** The handle of the packed row that such a place tells; -1 if it tells none. */
    static int packedRow(int place) {
        int taken = TAKEN - place;
        return taken < 0 || (taken & 1) == 0 ? NONE : taken >> 1;
    }

    /** Has a connection at hand, whose fields may then be asked for; its row is made wide. */
    void goTo(int connection) {
        if (connection != lastConnection) {
            moveTo(connection);
        }
        assert isAt(connection) : "connection " + connection + " is not at " + base;
    }

    /** Has {@link #ints} and {@link #base} at the connection's own ints. */
    private void moveTo(int connection) {
        int row = isPacked(connection) ? unpack(connection) : place(connection);
        ints = wide.piece(row);
        base = wide.base(row) + layout.own;
        lastConnection = connection;
    }

    @Override
    boolean isAt(int connection) {
        return connection == lastConnection
                && isTaken(connection)
                && !isPacked(connection)
                && wide.base(place(connection)) + layout.own == base;
    }

    private int unpack(int connection) {
        int handle = place(connection);
        int row = wide.pushAnyhow();
        packer.unpack(handle, wide.piece(row), wide.base(row));
        place(connection, row, false);
        at.rows.packed.remove(handle, moves);
        wide.set(row, layout.own + CONNECTION, connection);
        return row;
    }

    private void removeWide(int row) {
        lastConnection = NONE;
        if (wide.remove(row)) {
            place(wide.get(row, layout.own + CONNECTION), row, false);
        }
    }

    /**
     * Packs the rows that were not touched since the call before the last. No flyweight may be in use.
     *
     * @return whether there were any
     */
    boolean settle() {
        int settled = at.rows.settled;
        boolean isAnyPacked = false;
        int row = wide.last();
        while (row != NONE) {
            int before = wide.before(row);
            if (wide.get(row, layout.own + TOUCHED) != settled) {
                pack(row);
                isAnyPacked = true;
            }
            row = before;
        }
        at.rows.settled = settled + 1;
        return isAnyPacked;
    }

    /** Gives back what is not needed of what few have. */
    void trim() {
        trimPath();
        cold.trim();
    }

    private void pack(int row) {
        int connection = wide.get(row, layout.own + CONNECTION);
        int touched = wide.get(row, layout.own + TOUCHED);
        // these follow: the number from the place, the delays from the path
        wide.set(row, layout.own + CONNECTION, 0);
        wide.set(row, layout.own + TOUCHED, 0);
        forgetDelays(wide.piece(row), wide.base(row) + layout.own);
        forgetMeaningless(row);
        int handle = packer.pack(connection, wide.piece(row), wide.base(row));
        if (handle == PackedRows.NONE) {
            wide.set(row, layout.own + CONNECTION, connection);
            wide.set(row, layout.own + TOUCHED, touched);
            return;
        }
        place(connection, handle, true);
        removeWide(row);
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

    /** Where an end's ints begin, from those of its connection. */
    int endInts(Side side) {
        return side == Side.LOCAL ? -layout.own : OWN_INTS;
    }

    /**
     * Binds a flyweight to an end that is to be worked on, and tells the group.
     *
     * @param endInts what {@link #endInts} says of the side
     */
    int bind(EndRow row, int connection, int endInts) {
        goTo(connection);
        ints[base + TOUCHED] = at.rows.settled;
        row.at(ints, base + endInts);
        return ints[base + GROUP];
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
        return row[base + layout.own + GROUP];
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
        return isPacked(connection) ? unpacked(place(connection))[layout.own + GROUP] : group(connection);
    }

    // ---- the fields of the connection at hand: of the one last bound, gone to, or arrived for

    int group(int connection) {
        goTo(connection);
        return ints[base + GROUP];
    }

    /** The connection's number in the run. */
    int index(int connection) {
        assert isAt(connection) : connection;
        return ints[base + INDEX];
    }

    /** Segments, wake-ups and openings under way for the connection. */
    int references(int connection) {
        assert isAt(connection) : connection;
        return ints[base + REFERENCES];
    }

    void addReference(int connection) {
        assert isAt(connection) : connection;
        ints[base + REFERENCES]++;
    }

    void dropReference(int connection) {
        assert isAt(connection) : connection;
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
        assert isAt(connection) : connection;
        int order = ints[base + ORDER];
        int next = order & ORDINAL_MASK;
        int waiting = (order >>> ORDINAL_BITS) - (((ordinal + 1) - next) & ORDINAL_MASK);
        ints[base + ORDER] = waiting << ORDINAL_BITS | ((ordinal + 1) & ORDINAL_MASK);
        return ordinal == next;
    }

    long word(int connection, int which) {
        assert isAt(connection) : connection;
        return IntRows.longAt(ints, base + (which == 0 ? WORD_0 : WORD_1));
    }

    void word(int connection, int which, long value) {
        assert isAt(connection) : connection;
        IntRows.longAt(ints, base + (which == 0 ? WORD_0 : WORD_1), value);
    }
}
