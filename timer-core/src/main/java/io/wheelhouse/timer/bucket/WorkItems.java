package io.wheelhouse.timer.bucket;

import java.util.Arrays;

/**
 * The pool of a bucket's waiting work: packets that have arrived and timers that have expired, each until it is served.
 *
 * <p>Rows of one array of longs with a free list, so that an item is one place in memory and not one in each of several
 * arrays; grows with the backlog, which is bounded by the segments in flight and the timers armed, and keeps its size. The
 * link of a row is for the queue discipline that holds it.
 */
public final class WorkItems {
    private static final int NIL = -1;
    private static final int FIRST_CAPACITY = 4;
    private static final int WORDS = 6;

    // words of a row: the connection and the number in one, the kind and the link in the next
    private static final int WHOSE = 0;
    private static final int KIND_AND_NEXT = 1;
    private static final int AVAILABLE = 2;
    private static final int TRANSIT_MARK = 3;
    private static final int DEADLINE = 4;
    private static final int EXPIRY = 5;

    private static final int PACKET = 0;
    private static final int TIMER = 1;
    private static final int DEAD = 2;
    private static final int TOKEN = 3;

    private static final int HIGH = 32;
    private static final long LOW_MASK = 0xFFFF_FFFFL;

    private long[] words = {};
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
            if ((used + 1) * WORDS > words.length) {
                grow();
            }
            item = used++;
        } else {
            free = next(item);
        }
        words[item * WORDS + WHOSE] = (long) connection << HIGH | (ref & LOW_MASK);
        words[item * WORDS + KIND_AND_NEXT] = (long) kind << HIGH | (NIL & LOW_MASK);
        return item;
    }

    private void grow() {
        int capacity = used + Math.max(FIRST_CAPACITY, used >> 3);
        words = Arrays.copyOf(words, Math.multiplyExact(capacity, WORDS));
    }

    private int kind(int item) {
        return (int) (words[item * WORDS + KIND_AND_NEXT] >>> HIGH);
    }

    void release(int item) {
        next(item, free);
        free = item;
    }

    /** Marks an expired timer that was cancelled or re-armed while it waited: it will not be served. */
    void kill(int item) {
        assert kind(item) == TIMER : "item " + item + " is of kind " + kind(item);
        words[item * WORDS + KIND_AND_NEXT] = (long) DEAD << HIGH | (next(item) & LOW_MASK);
    }

    boolean isTimer(int item) {
        return kind(item) == TIMER;
    }

    boolean isPacket(int item) {
        return kind(item) == PACKET;
    }

    boolean isDead(int item) {
        return kind(item) == DEAD;
    }

    int connection(int item) {
        return (int) (words[item * WORDS + WHOSE] >>> HIGH);
    }

    /** The packet's or the timer's number. */
    int ref(int item) {
        return (int) words[item * WORDS + WHOSE];
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
        return (int) words[item * WORDS + KIND_AND_NEXT];
    }

    /** Sets the link. */
    public void next(int item, int link) {
        int at = item * WORDS + KIND_AND_NEXT;
        words[at] = (words[at] & ~LOW_MASK) | (link & LOW_MASK);
    }
}
