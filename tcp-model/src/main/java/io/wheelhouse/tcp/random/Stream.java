package io.wheelhouse.tcp.random;

/**
 * The named streams of random numbers. Draws of two streams are independent, so that one more draw in one of them
 * changes nothing in another.
 *
 * <p>Each stream has a number of its own which is part of the meaning of a seed: a number is never changed or used
 * again, so that a new stream leaves every earlier result as it was.
 */
public enum Stream {
    /** When a connection is opened. */
    ARRIVAL(1),
    /** The per-connection delay of the path, and of its direction up where the directions differ. */
    PATH_DELAY_UP(2),
    /** The per-connection delay of the path's direction down. */
    PATH_DELAY_DOWN(3),
    /** Delay that one packet has on top, direction up. */
    JITTER_UP(4),
    /** Delay that one packet has on top, direction down. */
    JITTER_DOWN(5),
    /** Loss of one packet, direction up. */
    LOSS_UP(6),
    /** Loss of one packet, direction down. */
    LOSS_DOWN(7),
    /** Which connections an outage touches. */
    OUTAGE(8),
    /** How much an application writes. */
    SIZE(9),
    /** How long an application waits between messages. */
    THINK(10),
    /** When an application writes, within a spread. */
    SPREAD(11),
    /** Initial sequence numbers of the local end. */
    ISS_LOCAL(12),
    /** Initial sequence numbers of the remote end. */
    ISS_REMOTE(13),
    /** Service times that the work itself names. */
    SERVICE(14),
    /** Background load of a processor; the processor's number stands for the connection. */
    BACKGROUND(15),
    /** Costs of the timer subsystem's operations that are distributions; by processor. */
    COST(16),
    /** Delays of synthetic timers. */
    TIMER_DELAY(17),
    /** Whether a synthetic timer is cancelled before it expires. */
    TIMER_CANCEL(18),
    /** How long an application goes on writing. */
    ON(19),
    /** How long an idle processor takes to wake up; by processor. */
    WAKE_UP(20);

    private final int number;
    private final long salt;

    Stream(int number) {
        this.number = number;
        this.salt = Draw.mix(number * Draw.STRIDE);
    }

    /** The stream's own number, fixed for ever. */
    public int number() {
        return number;
    }

    long salt() {
        return salt;
    }
}
