package io.wheelhouse.timer.queue;

/**
 * A set of timers, numbered by the caller from 0, each armed for one deadline or not armed.
 *
 * <p>Time is in nanoseconds, 64 bits, on any scale the caller likes, and comes in as an argument. A deadline before the
 * time of arming counts as that time. No timer fires before its deadline, and none during the call that armed it. Every
 * arming ends in exactly one expiry, cancel or re-arm.
 *
 * <p>Two clocks, because an owner that is busy arms timers at its own time and only then looks back at what expired
 * meanwhile: the time given to {@link #advance} should not go back; where it does, it is taken as the latest time given
 * to {@code advance}, and counted ({@link OperationCounts#clockRegressions()}). The time given to {@link #arm} is at or
 * after that, and does not go back either; where it does, it is raised to the latest time given to any call, and counted.
 * It may lie ahead of the next advance: arming never moves the clock of {@code advance}, which hands out only what has
 * expired by its own time.
 *
 * <p>Order: {@code advance} hands timers out by non-decreasing tick of the structure; within a tick the order is the
 * same for the same calls and otherwise unspecified, unless the structure says that it fires by exact deadline.
 *
 * <p>One thread at a time uses a queue; a hand-over to another needs a happens-before edge, which is the owner's
 * affair.
 */
public interface TimerQueue {

    /** What {@link #nextExpiryNs} answers when nothing is armed. */
    long NONE = Long.MAX_VALUE;

    /** Times lie within this much of 0, about 73 years either side. */
    long MAX_TIME_NS = (1L << 61) - 1;

    /**
     * Arms a timer, or re-arms it if it is armed.
     *
     * @param timer the timer's number, 0 or greater; the structure grows to hold it
     * @param nowNs the time now
     * @param deadlineNs when the timer should fire
     * @return the instant that the structure's shape gives the timer, at or after max(deadline, now)
     */
    long arm(int timer, long nowNs, long deadlineNs);

    /**
     * Takes a timer out.
     *
     * @return whether it was armed
     */
    boolean cancel(int timer);

    /** Whether the timer is armed. */
    boolean isArmed(int timer);

    /** The deadline of an armed timer (the time of arming, if later); {@link #NONE} for one not armed. */
    long deadlineNs(int timer);

    /**
     * Hands out timers that have expired at {@code nowNs}, at most {@code budget} of them. If the budget leaves some,
     * {@link #nextExpiryNs} is not after {@code nowNs} and the next call goes on where this one stopped. If the handler
     * throws, that timer counts as expired, the structure stays whole, and the exception passes through. A handler may
     * not call this method.
     *
     * @return the number handed out
     */
    int advance(long nowNs, int budget, ExpiryHandler handler);

    /**
     * A time at which {@link #advance} should be called next: never later than the earliest time at which it would hand
     * out a timer, possibly earlier (a structure may need the call to re-file entries); {@link #NONE} when nothing is
     * armed.
     */
    long nextExpiryNs();

    /**
     * A time that {@link #nextExpiryNs} would not be before, told without looking for it: since it was last asked, what was
     * next may have been cancelled or re-armed.
     */
    default long nextExpiryBoundNs() {
        return nextExpiryNs();
    }

    /**
     * Makes room for timers numbered below {@code timers}: the structures here then allocate nothing to arm them, and have no
     * array larger than it need be. One that has no room to make does nothing.
     */
    default void reserve(int timers) {}

    /** How many timers are armed. */
    int size();

    /**
     * The most by which an expiry instant may lie after the deadline, for a timer armed that long ahead: 0 for exact
     * structures.
     *
     * @param delayNs deadline minus time of arming, not negative
     */
    long roundingBoundNs(long delayNs);

    /** What the structure has done so far: a live view. */
    OperationCounts counts();

    /** Throws {@link AssertionError}, with the values in it, if the structure is not whole. For tests. */
    void checkInvariants();
}
