package io.wheelhouse.timer.queue;

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
public final class ScanQueue extends DeadlineQueue {
    private static final int WAITING = -1;

    /** All timers ever filed are below this number. */
    private int end;

    /** The time of the last walk. What waits has a later deadline; the heap holds the rest. */
    private long walkedNs = Long.MIN_VALUE;

    @Override
    void file(int timer) {
        end = Math.max(end, timer + 1);
        if (deadlinesNs[timer] <= walkedNs) {
            heap.push(timer, deadlinesNs, positions);
        } else {
            positions[timer] = WAITING;
        }
    }

    /** It is not this structure's way to know beforehand. */
    @Override
    boolean mayBeDue(long nowNs) {
        return true;
    }

    @Override
    int pollDue(long nowNs) {
        if (heap.isEmpty() && walkedNs < nowNs) {
            walk(nowNs);
        }
        return heap.isEmpty() ? NIL : popHeap();
    }

    private void walk(long nowNs) {
        walkedNs = nowNs;
        counts.slotVisits += end;
        for (int timer = 0; timer < end; timer++) {
            if (positions[timer] == WAITING && deadlinesNs[timer] <= nowNs) {
                heap.push(timer, deadlinesNs, positions);
            }
        }
    }

    @Override
    long computeNextNs() {
        if (!heap.isEmpty()) {
            return topNs(heap);
        }
        long earliestNs = topNs(deferred);
        for (int timer = 0; timer < end; timer++) {
            if (positions[timer] == WAITING) {
                earliestNs = Math.min(earliestNs, deadlinesNs[timer]);
            }
        }
        return earliestNs;
    }

    @Override
    void checkShape() {
        int waiting = 0;
        for (int timer = 0; timer < positions.length; timer++) {
            waiting += positions[timer] == WAITING ? 1 : 0;
            ensure(timer < end || !holds(timer), "an armed timer, below", timer, end);
            boolean walkable = positions[timer] != WAITING || deadlinesNs[timer] > walkedNs;
            ensure(walkable, "deadline of waiting timer " + timer + ", after the walk's", deadlinesNs[timer], walkedNs);
        }
        ensure(waiting + heap.size() == size(), "timers waiting and due", waiting + heap.size(), size());
    }
}
