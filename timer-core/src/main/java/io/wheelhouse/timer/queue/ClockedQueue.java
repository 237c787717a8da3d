package io.wheelhouse.timer.queue;

import java.util.Objects;

/**
 * What all timer structures share: two clocks that never go back, the counts, the number of armed timers, the cached next
 * expiry, and the frame of {@link #advance}, within which a structure hands out what has expired.
 */
abstract sealed class ClockedQueue implements TimerQueue permits QueueBase, LazyQueue {

    /** No timer, no slot. */
    static final int NIL = -1;

    final OperationCounts counts = new OperationCounts();

    /** Never later than the next time at which {@code advance} has something to hand out. */
    private long nextNs = NONE;

    /** The latest time given to {@code arm} or {@code advance}. */
    private long armClockNs = -MAX_TIME_NS;

    /** The latest time given to {@code advance}; never after the other clock. */
    private long advanceClockNs = Long.MIN_VALUE;

    /** The time of the {@code advance} that is running, else the smallest number. */
    private long advanceNs = Long.MIN_VALUE;

    /** How many timers are armed. */
    int size;

    /** Whether {@link #nextNs} may be earlier than it need be. */
    private boolean nextStale;

    private boolean advancing;

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
        int handedOut = mayBeDue(clampedNowNs) ? handOutWithin(clampedNowNs, budget, handler) : 0;
        if (handedOut == 0) {
            counts.emptyAdvances++;
        }
        return handedOut;
    }

    private int handOutWithin(long nowNs, int budget, ExpiryHandler handler) {
        advancing = true;
        advanceNs = nowNs;
        try {
            return handOut(nowNs, budget, handler);
        } finally {
            advancing = false;
            advanceNs = Long.MIN_VALUE;
            nextStale = true;
            settle();
        }
    }

    /** Counts a timer out that is about to be handed to the handler. */
    final void countExpiry() {
        nextStale = true;
        size--;
        counts.expiries++;
    }

    @Override
    public final long nextExpiryNs() {
        if (nextStale) {
            nextNs = computeNextNs();
            nextStale = false;
        }
        return size == 0 ? NONE : nextNs;
    }

    @Override
    public final long nextExpiryBoundNs() {
        return size == 0 ? NONE : nextNs;
    }

    @Override
    public final int size() {
        return size;
    }

    @Override
    public final OperationCounts counts() {
        return counts;
    }

    /** Takes note of the time of an arming, and gives the time that counts: one that went back is raised. */
    final long armClock(long nowNs) {
        if (nowNs == armClockNs) {
            return nowNs;
        }
        checkTimeNs("nowNs", nowNs);
        if (nowNs < armClockNs) {
            counts.clockRegressions++;
        } else {
            armClockNs = nowNs;
        }
        return armClockNs;
    }

    /** Moves the clock of arming there, and says whether that was forward, or it stood there: the usual case. */
    final boolean moveArmClock(long nowNs) {
        if (nowNs == armClockNs) {
            return true;
        }
        if (nowNs < armClockNs || nowNs > MAX_TIME_NS) {
            return false;
        }
        armClockNs = nowNs;
        return true;
    }

    /** Whether an {@code advance} is running. */
    final boolean isAdvancing() {
        return advancing;
    }

    /** Whether a timer with that deadline, armed or not, leaves the next expiry as it is. */
    final boolean isAfterNext(long deadlineNs) {
        return deadlineNs > nextNs;
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

    static void checkTimeNs(String name, long timeNs) {
        if (timeNs < -MAX_TIME_NS || timeNs > MAX_TIME_NS) {
            throw new IllegalArgumentException(name + " " + timeNs + " is outside +-" + MAX_TIME_NS);
        }
    }

    static void checkDelay(long delayNs) {
        if (delayNs < 0) {
            throw new IllegalArgumentException("delayNs " + delayNs + " is negative");
        }
    }

    /** Says that {@code advance} may have something to hand out at that time. */
    final void lowerNext(long timeNs) {
        if (timeNs < nextNs) {
            nextNs = timeNs;
        }
    }

    /** Says that {@code advance} has nothing to hand out before that time. */
    final void raiseNext(long timeNs) {
        nextNs = timeNs;
    }

    /** Says that the cached next expiry may be earlier than it need be. */
    final void staleNext() {
        nextStale = true;
    }

    /** Says that a timer with that deadline is no longer armed for it. */
    final void forgetNext(long deadlineNs) {
        if (deadlineNs <= nextNs) {
            nextStale = true;
        }
    }

    /** Whether a timer armed now for that deadline must wait for the call after the one that is running. */
    final boolean isDeferred(long deadlineNs) {
        return deadlineNs <= advanceNs;
    }

    /** The latest time given to any call. */
    final long armClockNs() {
        return armClockNs;
    }

    /** The time of the {@code advance} that is running. */
    final long advanceNs() {
        return advanceNs;
    }

    /** Whether it is certain, without looking, that nothing has expired before that time. */
    final boolean isBeforeNext(long timeNs) {
        return timeNs < nextNs;
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

    /** Whether {@code advance} has to look at all. */
    abstract boolean mayBeDue(long nowNs);

    /** Hands out what has expired at that time, at most so many, each after {@link #countExpiry}. */
    abstract int handOut(long nowNs, int budget, ExpiryHandler handler);

    /** Files the timers that were armed for the time of the {@code advance} that has just ended. */
    abstract void settle();

    /** The next expiry, or an earlier time. */
    abstract long computeNextNs();
}
