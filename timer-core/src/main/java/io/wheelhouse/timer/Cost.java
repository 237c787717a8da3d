package io.wheelhouse.timer;

/** The operations of the timer subsystem that take a processor's time, each with a cost of its own in the cost model. */
public enum Cost {
    /** Receiving one segment. */
    SEGMENT_IN,
    /** Sending one segment. */
    SEGMENT_OUT,
    /** Running one timer callback, without what it sends. */
    EXPIRE,
    /** Arming or re-arming a queue entry. */
    ARM,
    /** Cancelling a queue entry. */
    CANCEL,
    /** Looking at one slot of a wheel, or at one entry of a structure without slots. */
    SLOT_VISIT,
    /** Filing an entry again: a cascade, or the re-filing of a stale entry. */
    REFILE,
    /** One wake-up of a timer thread on its tick. */
    TICK,
    /** Giving up or taking over a bucket. */
    MOVE;

    /** The name used in scenario files, for example {@code segment-in}. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
