package io.wheelhouse.timer.bucket;

/**
 * What a bucket saw that the laws forbid. All zero in a right run; a run that ends with any of them above zero has
 * failed. Counted and not thrown, so that a failed run can still show what it did.
 */
public final class LawCounters {
    private long wrongOwner;
    private long early;
    private long outOfOrder;
    private long overRounded;
    private long lateWake;

    void wrongOwner() {
        wrongOwner++;
    }

    void early() {
        early++;
    }

    void overRounded() {
        overRounded++;
    }

    void lateWake() {
        lateWake++;
    }

    /** Counts a packet that was not served in its connection's order of arrival; told by the work, which knows it. */
    public void packetOutOfOrder() {
        outOfOrder++;
    }

    /** Times a processor that does not own the bucket touched it. */
    public long wrongOwnerTouches() {
        return wrongOwner;
    }

    /** Timers whose owner was not woken at the first wake-up after their expiry. */
    public long lateWakes() {
        return lateWake;
    }

    /** Timers handed out before their deadline or their expiry. */
    public long earlyFirings() {
        return early;
    }

    /** Packets served out of their connection's order of arrival. */
    public long packetsOutOfOrder() {
        return outOfOrder;
    }

    /** Timers that the structure rounded by more than the bound it states. */
    public long overRoundedTimers() {
        return overRounded;
    }
}
