package io.wheelhouse.tcp.profile;

/** Doubling a timeout, and what doublings add up to. Pure functions; nothing overflows. */
public final class Backoff {
    private Backoff() {}

    /** The timeout after one more expiry: twice as long, at most {@code maxNs} (RFC 6298, section 5.5). */
    public static long doubledNs(long timeoutNs, long maxNs) {
        return timeoutNs > maxNs >> 1 ? maxNs : timeoutNs << 1;
    }

    /** A timeout doubled so many times, at most {@code maxNs}. */
    public static long backedOffNs(long timeoutNs, int doublings, long maxNs) {
        if (timeoutNs <= 0 || doublings < 0) {
            throw new IllegalArgumentException("cannot double " + timeoutNs + " ns " + doublings + " times");
        }
        boolean beyond = doublings >= Long.SIZE - 1 || timeoutNs > maxNs >> doublings;
        return beyond ? maxNs : timeoutNs << doublings;
    }

    /**
     * The time that {@code retries} retransmissions take, from the first transmission to the timeout after the last, if
     * the timeout starts at {@code baseNs} and doubles up to {@code maxNs}: by this Linux turns tcp_retries2 into a time.
     * As there, what does not double within the maximum any more counts as the maximum.
     */
    public static long sumNs(int retries, long baseNs, long maxNs) {
        if (retries < 0 || baseNs <= 0 || maxNs < baseNs) {
            throw new IllegalArgumentException(
                    "no sum of " + retries + " doublings from " + baseNs + " ns to " + maxNs + " ns");
        }
        int doublings = Math.min(retries, Long.SIZE - 1 - Long.numberOfLeadingZeros(maxNs / baseNs));
        long doubling = ((2L << doublings) - 1) * baseNs;
        return Math.addExact(doubling, Math.multiplyExact(retries - doublings, maxNs));
    }
}
