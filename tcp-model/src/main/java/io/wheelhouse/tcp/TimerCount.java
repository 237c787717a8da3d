package io.wheelhouse.tcp;

/**
 * How the armings of a {@link TcpTimer} begin and end: arms + rearms = fired + cancelled + superseded + pending. A re-arm
 * inside the timer's own callback is an arm.
 */
public enum TimerCount {
    /** Armings of a timer that was not armed. */
    ARMS,
    /** Armings of a timer that was armed. */
    REARMS,
    /** Ended by the callback. */
    FIRED,
    /** Ended by a cancel. */
    CANCELLED,
    /** Ended by a re-arm: one for each re-arm. */
    SUPERSEDED
}
