package io.wheelhouse.timer.bucket;

import org.agrona.collections.Int2IntHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The expired timers of a bucket that wait to be served, by number, and how the wait of those ended that came before.
 *
 * <p>A map from timers to items of {@link WorkItems}, made when the first one waits. Used by the bucket's owner.
 */
final class DueTimers {
    /** The timer does not wait. */
    static final int NOT_DUE = -1;

    private static final int FIRST_CAPACITY = 8;
    private static final float LOAD_FACTOR = 0.6f;

    private @Nullable Int2IntHashMap items;
    private int count;
    private long served;
    private long cancelled;
    private long superseded;

    void add(int timer, int item) {
        Int2IntHashMap map = items;
        if (map == null) {
            map = items = new Int2IntHashMap(FIRST_CAPACITY, LOAD_FACTOR, NOT_DUE);
        }
        map.put(timer, item);
        count++;
    }

    /** The item of a timer; {@link #NOT_DUE} if it does not wait. */
    int item(int timer) {
        Int2IntHashMap map = items;
        return map == null || count == 0 ? NOT_DUE : map.get(timer);
    }

    /** Takes a timer out and returns its item; {@link #NOT_DUE} if it does not wait. */
    int remove(int timer) {
        Int2IntHashMap map = items;
        int item = map == null || count == 0 ? NOT_DUE : map.remove(timer);
        if (item != NOT_DUE) {
            count--;
        }
        return item;
    }

    int count() {
        return count;
    }

    void countServed() {
        served++;
    }

    void countCancelled() {
        cancelled++;
    }

    void countSuperseded() {
        superseded++;
    }

    long served() {
        return served;
    }

    /** How many were cancelled after they expired and before they were served. */
    long cancelled() {
        return cancelled;
    }

    /** How many were re-armed after they expired and before they were served. */
    long superseded() {
        return superseded;
    }
}
