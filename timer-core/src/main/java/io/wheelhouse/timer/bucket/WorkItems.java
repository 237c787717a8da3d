package io.wheelhouse.timer.bucket;

import java.util.Arrays;

/**
 * The pool of a bucket's waiting work: packets that have arrived and timers that have expired, each until it is served.
 *
 * <p>Rows of primitive arrays with a free list; grows with the backlog, which is bounded by the segments in flight and
 * the timers armed, and keeps its size. The link of a row is for the queue discipline that holds it.
 */
public final class WorkItems {
    private static final int NIL = -1;
    private static final int FIRST_CAPACITY = 8;
    private static final int WORDS = 4;

    private static final int AVAILABLE = 0;
    private static final int TRANSIT_MARK = 1;
    private static final int DEADLINE = 2;
    private static final int EXPIRY = 3;

    private static final int PACKET = 0;
    private static final int TIMER = 1;
    private static final int DEAD = 2;
    private static final int TOKEN = 3;

    private long[] words = {};
    private int[] connections = {};
    private int[] refs = {};
    private byte[] kinds = {};
    private int[] next = {};
    private int free = NIL;
    private int used;

    /** Takes a row for a packet that arrived at {@code arrivalNs}. */
    int packet(int connection, int packet, long arrivalNs) {
        int item = take(connection, packet, PACKET);
        words[item * WORDS + AVAILABLE] = arrivalNs;
        return item;
    }

    /** Takes a row for a timer that expired. */
    int timer(int connection, int timer, long deadlineNs, long expiryNs, long wakeNs, long transitMarkNs) {
        int item = take(connection, timer, TIMER);
        int row = item * WORDS;
        words[row + AVAILABLE] = wakeNs;
        words[row + TRANSIT_MARK] = transitMarkNs;
        words[row + DEADLINE] = deadlineNs;
        words[row + EXPIRY] = expiryNs;
        return item;
    }

    /** Takes a row that stands for something else that disciplines shall order, and is never served itself. */
    int token(int connection, int ref) {
        return take(connection, ref, TOKEN);
    }

    private int take(int connection, int ref, int kind) {
        int item = free;
        if (item == NIL) {
            if (used == refs.length) {
                grow();
            }
            item = used++;
        } else {
            free = next[item];
        }
        connections[item] = connection;
        refs[item] = ref;
        kinds[item] = (byte) kind;
        next[item] = NIL;
        return item;
    }

    private void grow() {
        int capacity = Math.max(FIRST_CAPACITY, refs.length + (refs.length >> 1));
        words = Arrays.copyOf(words, capacity * WORDS);
        connections = Arrays.copyOf(connections, capacity);
        refs = Arrays.copyOf(refs, capacity);
        kinds = Arrays.copyOf(kinds, capacity);
        next = Arrays.copyOf(next, capacity);
    }

    void release(int item) {
        next[item] = free;
        free = item;
    }

    /** Marks an expired timer that was cancelled or re-armed while it waited: it will not be served. */
    void kill(int item) {
        assert kinds[item] == TIMER : "item " + item + " is of kind " + kinds[item];
        kinds[item] = DEAD;
    }

    boolean isTimer(int item) {
        return kinds[item] == TIMER;
    }

    boolean isPacket(int item) {
        return kinds[item] == PACKET;
    }

    boolean isDead(int item) {
        return kinds[item] == DEAD;
    }

    int connection(int item) {
        return connections[item];
    }

    /** The packet's or the timer's number. */
    int ref(int item) {
        return refs[item];
    }

    /** When the item could first have been served: a packet's arrival, a timer's wake-up. */
    long availableNs(int item) {
        return words[item * WORDS + AVAILABLE];
    }

    long transitMarkNs(int item) {
        return words[item * WORDS + TRANSIT_MARK];
    }

    long deadlineNs(int item) {
        return words[item * WORDS + DEADLINE];
    }

    long expiryNs(int item) {
        return words[item * WORDS + EXPIRY];
    }

    /** The link that the discipline holding the item may use; -1 in a fresh row. */
    public int next(int item) {
        return next[item];
    }

    /** Sets the link. */
    public void next(int item, int link) {
        next[item] = link;
    }
}
