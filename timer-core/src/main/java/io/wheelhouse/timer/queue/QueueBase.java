package io.wheelhouse.timer.queue;

import java.util.Arrays;

/**
 * What the structures share in which an armed timer lies in one place: the deadlines, arming and cancelling, and the loop
 * of {@link #advance}. A structure adds where a timer lies ({@link #place}, {@link #remove}) and which comes next
 * ({@link #pollDue}).
 *
 * <p>While {@code advance} runs, a timer armed for the time of that very call must wait for the next one. Such a timer
 * is {@linkplain #isDeferred deferred}: the structure keeps it aside and takes it back in {@link #settle}.
 */
abstract sealed class QueueBase extends ClockedQueue permits LinkedQueue, DeadlineQueue {

    /** Arrays grow by this many timers, or by an eighth where that is more: at most 12.5 % lies idle. */
    private static final int PIECE_TIMERS = 64;

    private static final long[] NO_DEADLINES = {};

    /** By timer; meaningless for one that is not armed. */
    long[] deadlinesNs = NO_DEADLINES;

    @Override
    public final long arm(int timer, long nowNs, long deadlineNs) {
        if (timer < 0) {
            throw new IllegalArgumentException("timer " + timer + " is negative");
        }
        checkTimeNs("deadlineNs", deadlineNs);
        long clampedNowNs = armClock(nowNs);
        long clampedDeadlineNs = Math.max(deadlineNs, clampedNowNs);
        if (timer >= deadlinesNs.length) {
            resize(grownCapacity(deadlinesNs.length, timer));
        }
        if (holds(timer)) {
            forget(timer);
            counts.rearms++;
        } else {
            size++;
            counts.arms++;
        }
        deadlinesNs[timer] = clampedDeadlineNs;
        return place(timer, clampedNowNs, clampedDeadlineNs);
    }

    @Override
    public final boolean cancel(int timer) {
        if (!isArmed(timer)) {
            return false;
        }
        forget(timer);
        size--;
        counts.cancels++;
        return true;
    }

    @Override
    public final boolean isArmed(int timer) {
        return timer >= 0 && timer < deadlinesNs.length && holds(timer);
    }

    @Override
    public final long deadlineNs(int timer) {
        return isArmed(timer) ? deadlinesNs[timer] : NONE;
    }

    @Override
    final int handOut(long nowNs, int budget, ExpiryHandler handler) {
        int handedOut = 0;
        while (handedOut < budget) {
            int timer = pollDue(nowNs);
            if (timer == NIL) {
                break;
            }
            handedOut++;
            countExpiry();
            handler.onExpiry(timer, deadlinesNs[timer], polledExpiryNs(timer));
        }
        return handedOut;
    }

    @Override
    public final void reserve(int timers) {
        if (timers < 0) {
            throw new IllegalArgumentException("timers " + timers + " is negative");
        }
        if (timers > deadlinesNs.length) {
            resize(timers);
        }
    }

    /** To what arrays for so many timers grow to hold that one. */
    static int grownCapacity(int capacity, int timer) {
        long idle = Math.max(PIECE_TIMERS, capacity >> 3);
        long wanted = Math.max(timer + 1L, capacity + idle);
        // The largest array that every virtual machine can make.
        return (int) Math.min(wanted, Math.max(timer + 1L, Integer.MAX_VALUE - 8));
    }

    private void resize(int capacity) {
        deadlinesNs = Arrays.copyOf(deadlinesNs, capacity);
        resizeLinks(capacity);
    }

    private void forget(int timer) {
        forgetNext(deadlinesNs[timer]);
        remove(timer);
    }

    @Override
    boolean mayBeDue(long nowNs) {
        return nowNs >= nextExpiryNs();
    }

    /** Whether the structure holds the timer, whose number is within the arrays. */
    abstract boolean holds(int timer);

    /** Files a timer whose deadline is set, at or after now, and calls {@link #lowerNext}. */
    abstract long place(int timer, long nowNs, long deadlineNs);

    /** Takes out a timer that the structure holds. */
    abstract void remove(int timer);

    /** Takes out the next timer expired at that time, or says {@link #NIL}. */
    abstract int pollDue(long nowNs);

    /** The expiry of the timer that {@link #pollDue} has just given. */
    abstract long polledExpiryNs(int timer);

    /** Gives the structure's own arrays that many elements; the new ones say "not armed". */
    abstract void resizeLinks(int capacity);
}
