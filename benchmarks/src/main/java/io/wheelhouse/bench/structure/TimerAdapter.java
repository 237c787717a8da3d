package io.wheelhouse.bench.structure;

/**
 * A timer structure as the workloads see it: timers numbered by the caller from 0, time in virtual nanoseconds from 0
 * on. One thread.
 */
public interface TimerAdapter {

    /** The tick that every structure with a tick is built for, 1 ms. */
    long TICK_NS = 1_000_000;

    /** Receives the timers that have expired. */
    @FunctionalInterface
    interface Handler {

        /** A timer has expired and is not armed. The handler may arm and cancel any timer, for a later time. */
        void onExpiry(int timer, long nowNs);
    }

    /** Arms a timer, or re-arms it if it is armed. */
    void arm(int timer, long nowNs, long deadlineNs);

    /** Takes a timer out if it is armed. */
    void cancel(int timer);

    /** Hands everything that has expired to the handler. */
    void advance(long nowNs);

    /** How many timers are armed. */
    int size();
}
