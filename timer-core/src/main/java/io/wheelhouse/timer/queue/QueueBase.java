package io.wheelhouse.timer.queue;

import java.util.Arrays;
import java.util.Objects;

/**
 * What all timer structures share: clocks that never go back, the deadlines, the counts, the cached next expiry, and
 * the loop of {@link #advance}. A structure adds where a timer lies ({@link #place}, {@link #remove}) and which comes
 * next ({@link #pollDue}).
 *
 * <p>While {@code advance} runs, a timer armed for the time of that very call must wait for the next one. Such a timer
 * is {@linkplain #isDeferred deferred}: the structure keeps it aside and takes it back in {@link #settle}.
 */
abstract sealed class QueueBase implements TimerQueue permits LinkedQueue, DeadlineQueue {

    /** No timer, no slot. */
    static final int NIL = -1;

    /** Arrays grow by this many timers, or by an eighth where that is more: at most 12.5 % lies idle. */
    private static final int PIECE_TIMERS = 64;

    private static final long[] NO_DEADLINES = {};

    final OperationCounts counts = new OperationCounts();

    /** By timer; meaningless for one that is not armed. */
    long[] deadlinesNs = NO_DEADLINES;

    /** Never later than the next time at which {@code advance} has something to hand out. */
    private long nextNs = NONE;

    /** Whether {@link #nextNs} may have become earlier than it need be. */
    private boolean nextStale;

    private int size;

    /** The latest time given to {@code arm} or {@code advance}. */
    private long armClockNs = Long.MIN_VALUE;

    /** The latest time given to {@code advance}; never after the other clock. */
    private long advanceClockNs = Long.MIN_VALUE;

    /** The time of the {@code advance} that is running, else the smallest number. */
    private long advanceNs = Long.MIN_VALUE;

    private boolean advancing;

    @Override
    public final long arm(int timer, long nowNs, long deadlineNs) {
        if (timer < 0) {
            throw new IllegalArgumentException("timer " + timer + " is negative");
        }
        checkTimeNs("deadlineNs", deadlineNs);
        long clampedNowNs = armClock(nowNs);
        long clampedDeadlineNs = Math.max(deadlineNs, clampedNowNs);
        if (timer >= deadlinesNs.length) {
            grow(timer);
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
    public final int advance(long nowNs, int budget, ExpiryHandler handler) {
        Objects.requireNonNull(handler, "handler");
        if (budget < 0) {
            throw new IllegalArgumentException("budget " + budget + " is negative");
        }
        if (advancing) {
            throw new IllegalStateException("advance to " + nowNs + " ns called by a handler of the same queue");
        }
        long clampedNowNs = advanceClock(nowNs);
        int handedOut = mayBeDue(clampedNowNs) ? handOut(clampedNowNs, budget, handler) : 0;
        if (handedOut == 0) {
            counts.emptyAdvances++;
        }
        return handedOut;
    }

    private int handOut(long nowNs, int budget, ExpiryHandler handler) {
        int handedOut = 0;
        advancing = true;
        advanceNs = nowNs;
        try {
            while (handedOut < budget) {
                int timer = pollDue(nowNs);
                if (timer == NIL) {
                    break;
                }
                nextStale = true;
                handedOut++;
                size--;
                counts.expiries++;
                handler.onExpiry(timer, deadlinesNs[timer], polledExpiryNs(timer));
            }
        } finally {
            advancing = false;
            advanceNs = Long.MIN_VALUE;
            nextStale = true;
            settle();
        }
        return handedOut;
    }

    @Override
    public final long nextExpiryNs() {
        if (nextStale) {
            nextNs = computeNextNs();
            nextStale = false;
        }
        return nextNs;
    }

    @Override
    public final int size() {
        return size;
    }

    @Override
    public final OperationCounts counts() {
        return counts;
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

    private void grow(int timer) {
        long idle = Math.max(PIECE_TIMERS, deadlinesNs.length >> 3);
        long wanted = Math.max(timer + 1L, deadlinesNs.length + idle);
        // The largest array that every virtual machine can make.
        resize((int) Math.min(wanted, Math.max(timer + 1L, Integer.MAX_VALUE - 8)));
    }

    private void resize(int capacity) {
        deadlinesNs = Arrays.copyOf(deadlinesNs, capacity);
        resizeLinks(capacity);
    }

    private long armClock(long nowNs) {
        checkTimeNs("nowNs", nowNs);
        if (nowNs < armClockNs) {
            counts.clockRegressions++;
        } else {
            armClockNs = nowNs;
        }
        return armClockNs;
    }

    private long advanceClock(long nowNs) {
        checkTimeNs("nowNs", nowNs);
        if (nowNs < advanceClockNs) {
            counts.clockRegressions++;
        } else {
            advanceClockNs = nowNs;
            armClockNs = Math.max(armClockNs, nowNs);
        }
        return advanceClockNs;
    }

    private static void checkTimeNs(String name, long timeNs) {
        if (timeNs < -MAX_TIME_NS || timeNs > MAX_TIME_NS) {
            throw new IllegalArgumentException(name + " " + timeNs + " is outside +-" + MAX_TIME_NS);
        }
    }

    static void checkDelay(long delayNs) {
        if (delayNs < 0) {
            throw new IllegalArgumentException("delayNs " + delayNs + " is negative");
        }
    }

    private void forget(int timer) {
        if (deadlinesNs[timer] <= nextNs) {
            nextStale = true;
        }
        remove(timer);
    }

    /** Says that {@code advance} may have something to hand out at that time. */
    final void lowerNext(long timeNs) {
        if (timeNs < nextNs) {
            nextNs = timeNs;
        }
    }

    /** Says that the cached next expiry may be earlier than it need be. */
    final void staleNext() {
        nextStale = true;
    }

    /** Whether a timer armed now for that deadline must wait for the call after the one that is running. */
    final boolean isDeferred(long deadlineNs) {
        return deadlineNs <= advanceNs;
    }

    /** Whether it is certain, without looking, that nothing has expired before that time. */
    final boolean isBeforeNext(long timeNs) {
        return timeNs < nextNs;
    }

    /** Whether {@code advance} has to look at all. */
    boolean mayBeDue(long nowNs) {
        return nowNs >= nextExpiryNs();
    }

    final void checkCounts() {
        long in = counts.arms() + counts.rearms();
        long out = counts.expiries() + counts.cancels() + counts.superseded() + size;
        ensure(in == out, "armings in and out, size " + size, in, out);
    }

    static void ensure(boolean holds, String what, long found, long wanted) {
        if (!holds) {
            throw new AssertionError(what + ": found " + found + ", wanted " + wanted);
        }
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

    /** Files the deferred timers. */
    abstract void settle();

    /** The next expiry, or an earlier time. */
    abstract long computeNextNs();

    /** Gives the structure's own arrays that many elements; the new ones say "not armed". */
    abstract void resizeLinks(int capacity);
}
