package io.wheelhouse.tcp;

import io.wheelhouse.tcp.path.Direction;

/**
 * What the path leaves of the connection at hand, among the connection's own ints: how long each direction takes, when the
 * last packet arrives where packets may overtake each other, until when each link is busy, and what waits for it.
 *
 * <p>Thread: the bucket's owner. Cost: O(1), beside what {@link LinkQueues} says.
 */
abstract sealed class PathInts permits ConnectionRows {
    /** The first of these ints; before it are those of {@link ConnectionRows} itself, behind them none. */
    private static final int FIRST = 10;

    private static final int DELAY_UP = FIRST;
    private static final int DELAY_DOWN = FIRST + 1;
    private static final int LAST_ARRIVALS = FIRST + 2;
    private static final int LINK_FREE = FIRST + 3;
    private static final int LINK_RINGS = FIRST + 7;
    /** Ints of a connection itself. */
    static final int OWN_INTS = FIRST + 8;

    private static final int LAST_ARRIVALS_INTS = 4;
    private static final Direction[] DIRECTIONS = Direction.values();
    private static final int LINK_RINGS_INTS = DIRECTIONS.length;
    private static final int ROWS_A_PIECE = 8;

    // where packets have jitter: when the last one of each direction arrives
    private final PooledRows lastArrivals;
    // where packets have waited for a link: what waits in each direction
    private final PooledRows linkRings;
    private final LinkQueues linkQueues;
    // the connection's own ints
    int[] ints = {};
    int base;

    PathInts(AtHand at) {
        lastArrivals = new PooledRows(RowKind.LAST_ARRIVALS, LAST_ARRIVALS_INTS, ROWS_A_PIECE, at);
        linkRings = new PooledRows(RowKind.LINK_RINGS, LINK_RINGS_INTS, ROWS_A_PIECE, at);
        linkQueues = new LinkQueues(at);
    }

    /** Whether a connection is the one at hand, for assertions. */
    abstract boolean isAt(int connection);

    /** Says of a connection's own ints, which begin at {@code own}, which likely equal which. */
    static void likely(int[] likely, int own) {
        likely[own + LINK_FREE + 2] = own + LINK_FREE;
        likely[own + LINK_FREE + 3] = own + LINK_FREE + 1;
    }

    /** Gives back what the connection at hand has on demand here. */
    final void releasePath() {
        int arrivals = ints[base + LAST_ARRIVALS] - 1;
        if (arrivals != IntRows.NONE) {
            lastArrivals.release(arrivals);
        }
        for (Direction direction : DIRECTIONS) {
            if (ints[base + LINK_RINGS] != 0) {
                clearLinkRing(direction.ordinal());
            }
        }
    }

    final void trimPath() {
        lastArrivals.trim();
        linkRings.trim();
        linkQueues.trim();
    }

    /** Clears what follows from the path. */
    static void forgetDelays(int[] ints, int own) {
        ints[own + DELAY_UP] = 0;
        ints[own + DELAY_DOWN] = 0;
    }

    /** The delay of a direction in nanoseconds, once set, if it is below 2^31 - 1; otherwise -1. */
    final int delayNs(int connection, Direction direction) {
        assert isAt(connection) : connection;
        return ints[base + (direction == Direction.UP ? DELAY_UP : DELAY_DOWN)] - 1;
    }

    final void delayNs(int connection, Direction direction, long delayNs) {
        int kept = delayNs < Integer.MAX_VALUE ? (int) delayNs + 1 : 0;
        assert isAt(connection) : connection;
        ints[base + (direction == Direction.UP ? DELAY_UP : DELAY_DOWN)] = kept;
    }

    /** When the last packet of a direction arrives; 0 before the first. */
    final long lastArrivalNs(int connection, Direction direction) {
        assert isAt(connection) : connection;
        int arrivals = ints[base + LAST_ARRIVALS] - 1;
        return arrivals == IntRows.NONE ? 0 : lastArrivals.getLong(arrivals, 2 * direction.ordinal());
    }

    final void lastArrivalNs(int connection, Direction direction, long arrivalNs) {
        assert isAt(connection) : connection;
        int arrivals = ints[base + LAST_ARRIVALS] - 1;
        if (arrivals == IntRows.NONE) {
            arrivals = lastArrivals.take();
            ints[base + LAST_ARRIVALS] = arrivals + 1;
            lastArrivals.setLong(arrivals, 0, 0);
        }
        lastArrivals.setLong(arrivals, 2 * direction.ordinal(), arrivalNs);
    }

    /** When the link of a direction has sent all that it has taken so far. */
    final long linkFreeNs(int connection, Direction direction) {
        assert isAt(connection) : connection;
        return IntRows.longAt(ints, base + LINK_FREE + 2 * direction.ordinal());
    }

    final void linkFreeNs(int connection, Direction direction, long freeNs) {
        assert isAt(connection) : connection;
        IntRows.longAt(ints, base + LINK_FREE + 2 * direction.ordinal(), freeNs);
    }

    /**
     * Takes the link of a direction until an instant, if it is free.
     *
     * @return whether it is; otherwise nothing is done
     */
    final boolean takeFreeLink(int connection, Direction direction, long nowNs, long untilNs) {
        assert isAt(connection) : connection;
        int freeNs = base + LINK_FREE + 2 * direction.ordinal();
        if (IntRows.longAt(ints, freeNs) > nowNs) {
            return false;
        }
        if (ints[base + LINK_RINGS] != 0) {
            clearLinkRing(direction.ordinal());
        }
        IntRows.longAt(ints, freeNs, untilNs);
        return true;
    }

    /** How many packets wait for a link at an instant. */
    final int linkQueue(int connection, Direction direction, long nowNs) {
        assert isAt(connection) : connection;
        int rings = ints[base + LINK_RINGS] - 1;
        if (rings == IntRows.NONE) {
            return 0;
        }
        int ring = linkQueues.begun(linkRings.get(rings, direction.ordinal()) - 1, nowNs);
        linkRings.set(rings, direction.ordinal(), ring + 1);
        return linkQueues.length(ring);
    }

    /** A packet waits for a link, which begins to send it at an instant. */
    final void addToLinkQueue(int connection, Direction direction, long startNs) {
        assert isAt(connection) : connection;
        int rings = ints[base + LINK_RINGS] - 1;
        if (rings == IntRows.NONE) {
            rings = linkRings.take();
            ints[base + LINK_RINGS] = rings + 1;
        }
        int ring = linkQueues.add(linkRings.get(rings, direction.ordinal()) - 1, startNs);
        linkRings.set(rings, direction.ordinal(), ring + 1);
    }

    /** A link is free: nothing waits for it any more. */
    private void clearLinkRing(int direction) {
        int rings = ints[base + LINK_RINGS] - 1;
        linkQueues.clear(linkRings.get(rings, direction) - 1);
        linkRings.set(rings, direction, 0);
        if ((linkRings.get(rings, 0) | linkRings.get(rings, 1)) == 0) {
            linkRings.release(rings);
            ints[base + LINK_RINGS] = 0;
        }
    }
}
