package io.wheelhouse.timer.bucket;

/** Makes firings for tests of what is told of them; only buckets make them otherwise. */
public final class Firings {
    private Firings() {}

    /** A firing with that deadline whose lateness has these parts. */
    public static Firing of(long deadlineNs, long roundingNs, long tickNs, long handoffNs, long queueingNs) {
        Firing firing = new Firing();
        long expiryNs = deadlineNs + roundingNs;
        long wakeNs = expiryNs + tickNs;
        firing.set(deadlineNs, expiryNs, wakeNs, wakeNs + handoffNs + queueingNs, handoffNs);
        return firing;
    }
}
