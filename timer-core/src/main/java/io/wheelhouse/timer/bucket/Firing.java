package io.wheelhouse.timer.bucket;

import org.jspecify.annotations.Nullable;

/**
 * The instants of one firing, and the parts of its lateness. A flyweight that the bucket reuses.
 *
 * <p>With D the deadline, E the instant that the structure's shape gave it, W the owner's first wake-up at or after E, S
 * the start of the callback and H the part of [W, S] in which the bucket was in transit between two owners: rounding is
 * E−D, tick W−E, handoff H, queueing S−W−H. The four add up to S−D exactly, and none is negative.
 */
public final class Firing {
    private long deadlineNs;
    private long expiryNs;
    private long wakeNs;
    private long startNs;
    private long handoffNs;
    private @Nullable Firing behind;

    void set(long deadlineNs, long expiryNs, long wakeNs, long startNs, long handoffNs) {
        assert deadlineNs <= expiryNs
                        && expiryNs <= wakeNs
                        && wakeNs <= startNs
                        && handoffNs >= 0
                        && handoffNs <= startNs - wakeNs
                : "D=" + deadlineNs + " E=" + expiryNs + " W=" + wakeNs + " S=" + startNs + " H=" + handoffNs;
        this.deadlineNs = deadlineNs;
        this.expiryNs = expiryNs;
        this.wakeNs = wakeNs;
        this.startNs = startNs;
        this.handoffNs = handoffNs;
    }

    /**
     * The same firing, seen from a timer that shares the entry with others: it expires no earlier than at its own
     * deadline, and waits in the queue while those before it are called. Valid until the next call.
     *
     * @param ownDeadlineNs the timer's deadline, at or before the start of the first callback
     * @param afterNs how long after that start its own begins
     */
    public Firing of(long ownDeadlineNs, long afterNs) {
        if (ownDeadlineNs <= deadlineNs && afterNs == 0) {
            return this;
        }
        Firing own = behind;
        if (own == null) {
            own = behind = new Firing();
        }
        long ownExpiryNs = Math.max(expiryNs, ownDeadlineNs);
        long ownWakeNs = Math.max(wakeNs, ownExpiryNs);
        long ownHandoffNs = Math.min(handoffNs, startNs - ownWakeNs);
        own.set(Math.max(deadlineNs, ownDeadlineNs), ownExpiryNs, ownWakeNs, startNs + afterNs, ownHandoffNs);
        return own;
    }

    /** D: when the timer should fire, or when it was armed if that was later. */
    public long deadlineNs() {
        return deadlineNs;
    }

    /** E: the instant that the structure's shape gave the deadline. */
    public long expiryNs() {
        return expiryNs;
    }

    /** W: the owner's first wake-up at or after E. */
    public long wakeNs() {
        return wakeNs;
    }

    /** S: when the callback started. */
    public long startNs() {
        return startNs;
    }

    /** E−D. */
    public long roundingNs() {
        return expiryNs - deadlineNs;
    }

    /** W−E. */
    public long tickNs() {
        return wakeNs - expiryNs;
    }

    /** H: the part of [W, S] in which the bucket was in transit. */
    public long handoffNs() {
        return handoffNs;
    }

    /** S−W−H: waiting for the processor, background load included. */
    public long queueingNs() {
        return startNs - wakeNs - handoffNs;
    }

    /** S−D. */
    public long latenessNs() {
        return startNs - deadlineNs;
    }
}
