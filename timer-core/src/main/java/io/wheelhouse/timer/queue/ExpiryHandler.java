package io.wheelhouse.timer.queue;

/** Receives the timers that {@link TimerQueue#advance} finds expired. */
@FunctionalInterface
public interface ExpiryHandler {

    /**
     * One timer has expired and is no longer in the queue. The handler may arm, re-arm and cancel any timer of the
     * queue, this one included; a timer armed here for now or earlier expires at the next advance.
     *
     * @param timer the caller's number of the timer
     * @param deadlineNs its deadline: the one it was armed with, or the time of arming if that was later
     * @param expiryNs the instant that the structure's shape gave it, at or after the deadline; equal to it in exact
     *     structures
     */
    void onExpiry(int timer, long deadlineNs, long expiryNs);
}
