package io.wheelhouse.timer.bucket;

import java.util.Arrays;
import org.agrona.collections.Int2IntHashMap;
import org.jspecify.annotations.Nullable;

/**
 * First come, first served, with a limit on flows: while more items wait than a backlog, packets of a connection that
 * more than half of the recent packets belong to are dropped. So under overload the connection that causes it pays, and
 * the others keep their place; below the backlog this is a FIFO.
 *
 * <p>Timer callbacks are served in turn and never dropped, and count towards the backlog alone.
 *
 * <p>Structure: the connections of the last 128 packets that came in above the backlog, in a ring, and how often each is
 * among them. Both are made when the backlog is first exceeded; nothing is allocated after that. Each operation costs
 * O(1), but for {@link #remove}. Used by the owner alone.
 *
 * <p>Source: the idea of Linux's flow limit (Documentation/networking/scaling.rst, "RPS Flow Limit", since 3.11), which
 * keeps a history of 128 packets too and looks at it from half of the maximum backlog on. Linux counts by a hash of the
 * flow, in 4096 cells, so that flows may share a cell; here each connection is counted by itself.
 */
public final class FlowLimitDiscipline implements QueueDiscipline {
    /** How many recent packets are looked at. */
    public static final int HISTORY = 128;

    private static final int NO_CONNECTION = -1;
    private static final int NO_PACKETS = 0;
    private static final int MAP_CAPACITY = 2 * HISTORY;
    private static final float MAP_LOAD_FACTOR = 0.6f;

    private final FifoDiscipline queue;
    private final int backlog;
    private int @Nullable [] recent;
    private @Nullable Int2IntHashMap recentOf;
    private int nextRecent;

    /**
     * @param items the pool that the items are numbers of
     * @param backlog how many items may wait before the limit is in force, not negative
     */
    public FlowLimitDiscipline(WorkItems items, int backlog) {
        if (backlog < 0) {
            throw new IllegalArgumentException("backlog must not be negative: " + backlog);
        }
        queue = new FifoDiscipline(items);
        this.backlog = backlog;
    }

    @Override
    public boolean admits(int connection) {
        return queue.size() < backlog || packetsAmongRecent(connection) <= HISTORY / 2;
    }

    /** Takes a packet of a connection into the history; answers how many there it has, this one included. */
    private int packetsAmongRecent(int connection) {
        int[] ring = recent;
        Int2IntHashMap counts = recentOf;
        if (ring == null || counts == null) {
            ring = recent = new int[HISTORY];
            Arrays.fill(ring, NO_CONNECTION);
            counts = recentOf = new Int2IntHashMap(MAP_CAPACITY, MAP_LOAD_FACTOR, NO_PACKETS);
        }
        int oldest = ring[nextRecent];
        ring[nextRecent] = connection;
        nextRecent = (nextRecent + 1) % HISTORY;
        if (oldest != NO_CONNECTION) {
            add(counts, oldest, -1);
        }
        return add(counts, connection, 1);
    }

    private static int add(Int2IntHashMap counts, int connection, int packets) {
        int count = counts.get(connection) + packets;
        if (count == NO_PACKETS) {
            counts.remove(connection);
        } else {
            counts.put(connection, count);
        }
        return count;
    }

    @Override
    public void enqueue(int item, int connection) {
        queue.enqueue(item, connection);
    }

    @Override
    public int dequeue() {
        return queue.dequeue();
    }

    @Override
    public void charge(int connection, long serviceNs) {
        queue.charge(connection, serviceNs);
    }

    @Override
    public void remove(int item, int connection) {
        queue.remove(item, connection);
    }

    @Override
    public int size() {
        return queue.size();
    }

    @Override
    public void forEach(ItemVisitor visitor) {
        queue.forEach(visitor);
    }
}
