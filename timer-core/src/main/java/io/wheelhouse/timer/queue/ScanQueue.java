package io.wheelhouse.timer.queue;

import java.util.Arrays;

/**
 * No structure at all: every advance walks all timers, armed or not, as BSD's slow and fast timeouts walked all
 * connections every tick.
 *
 * <p><b>Rounding and order.</b> Exact: a timer is handed out at the first advance from its deadline on; those that one
 * walk finds come by exact deadline, ties by timer number. {@link #nextExpiryNs} is exact, and takes a walk of its own
 * after anything that may have made it later.
 *
 * <p><b>Cost.</b> Arm, re-arm and cancel O(1): a store or two. Advance O(all numbers in use), and O(log of what is due)
 * for each expiry. A walk is never cut short: what a budget leaves is kept sorted, and the next walk waits until that is handed out.
 *
 * <p>One thread at a time. Source: G. Wright, W. Stevens, "TCP/IP Illustrated, Volume 2", 1995, chapter 25.
 */
public final class ScanQueue extends QueueBase {
    private static final int NOT_ARMED = -2;
    private static final int WAITING = -1;
    private static final int[] NO_POSITIONS = {};

    /** All that is armed for the time of the last walk or earlier. */
    private final DeadlineHeap due = new DeadlineHeap();

    /** Shares {@link #positions}: no timer is in both. */
    private final DeadlineHeap deferred = new DeadlineHeap();

    /** By timer: its position in one of the heaps, or that it waits, or that it is not armed. */
    private int[] positions = NO_POSITIONS;

    /** All timers ever armed are below this number. */
    private int end;

    /** The time of the last walk: what waits has a later deadline. */
    private long walkedNs = Long.MIN_VALUE;

    @Override
    boolean holds(int timer) {
        return positions[timer] != NOT_ARMED;
    }

    @Override
    long place(int timer, long nowNs, long deadlineNs) {
        end = Math.max(end, timer + 1);
        if (isDeferred(deadlineNs)) {
            deferred.push(timer, deadlinesNs, positions);
        } else {
            file(timer);
        }
        lowerNext(deadlineNs);
        return deadlineNs;
    }

    private void file(int timer) {
        if (deadlinesNs[timer] <= walkedNs) {
            due.push(timer, deadlinesNs, positions);
        } else {
            positions[timer] = WAITING;
        }
    }

    @Override
    void remove(int timer) {
        if (positions[timer] != WAITING) {
            DeadlineHeap heap = due.holds(timer, positions) ? due : deferred;
            heap.remove(timer, deadlinesNs, positions);
        }
        positions[timer] = NOT_ARMED;
    }

    /** It is not this structure's way to know beforehand. */
    @Override
    boolean mayBeDue(long nowNs) {
        return true;
    }

    @Override
    int pollDue(long nowNs) {
        if (due.isEmpty() && walkedNs < nowNs) {
            walk(nowNs);
        }
        if (due.isEmpty()) {
            return NIL;
        }
        int timer = due.pop(deadlinesNs, positions);
        positions[timer] = NOT_ARMED;
        return timer;
    }

    private void walk(long nowNs) {
        walkedNs = nowNs;
        counts.slotVisits += end;
        for (int timer = 0; timer < end; timer++) {
            if (positions[timer] == WAITING && deadlinesNs[timer] <= nowNs) {
                due.push(timer, deadlinesNs, positions);
            }
        }
    }

    @Override
    long polledExpiryNs(int timer) {
        return deadlinesNs[timer];
    }

    @Override
    void settle() {
        while (!deferred.isEmpty()) {
            file(deferred.pop(deadlinesNs, positions));
        }
    }

    @Override
    long computeNextNs() {
        if (!due.isEmpty()) {
            return deadlinesNs[due.top()];
        }
        long earliestNs = deferred.isEmpty() ? NONE : deadlinesNs[deferred.top()];
        for (int timer = 0; timer < end; timer++) {
            if (positions[timer] == WAITING) {
                earliestNs = Math.min(earliestNs, deadlinesNs[timer]);
            }
        }
        return earliestNs;
    }

    @Override
    public long roundingBoundNs(long delayNs) {
        checkDelay(delayNs);
        return 0;
    }

    @Override
    void resizeLinks(int capacity) {
        int old = positions.length;
        positions = Arrays.copyOf(positions, capacity);
        Arrays.fill(positions, old, capacity, NOT_ARMED);
    }

    @Override
    public void checkInvariants() {
        checkCounts();
        due.checkOrder(deadlinesNs, positions);
        ensure(deferred.isEmpty(), "timers deferred between advances", deferred.size(), 0);
        int held = 0;
        int waiting = 0;
        for (int timer = 0; timer < positions.length; timer++) {
            held += holds(timer) ? 1 : 0;
            waiting += positions[timer] == WAITING ? 1 : 0;
            ensure(timer < end || !holds(timer), "an armed timer, below", timer, end);
            boolean walkable = positions[timer] != WAITING || deadlinesNs[timer] > walkedNs;
            ensure(walkable, "deadline of waiting timer " + timer + ", after the walk's", deadlinesNs[timer], walkedNs);
        }
        ensure(held == size(), "timers that count as armed", held, size());
        ensure(waiting + due.size() == size(), "timers waiting and due", waiting + due.size(), size());
    }
}
