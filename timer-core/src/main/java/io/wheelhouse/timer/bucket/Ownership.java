package io.wheelhouse.timer.bucket;

/**
 * What a bucket's owners have been to it: when the one it has wakes up, how many there were, and when it was on its way from
 * one to the next.
 *
 * <p>A transit begins when the handover does and ends when the new owner may serve the bucket. One that begins before the
 * last has ended makes that one longer, so transits never overlap and their lengths add up. Used by the owner's thread,
 * and by the coordinator at a barrier. Each operation costs O(1).
 */
final class Ownership {
    private long epoch;
    private TickGrid grid = TickGrid.NONE;
    private long transitFromNs = Long.MIN_VALUE;
    private long transitUntilNs = Long.MIN_VALUE;
    private long transitTotalNs;
    private long wokeNs = Long.MIN_VALUE;
    // the last answer: the same instant is asked about many times, and a division takes longer than a comparison
    private long askedNs = Long.MAX_VALUE;
    private long wakeNs = Long.MAX_VALUE;

    void handTo(TickGrid processorGrid, long fromNs, long availableNs) {
        assert availableNs >= fromNs : "available at " + availableNs + " ns, handed over at " + fromNs + " ns";
        if (fromNs < transitUntilNs) {
            // Moved again before it arrived: one longer transit.
            transitTotalNs += Math.max(0, availableNs - transitUntilNs);
            transitUntilNs = Math.max(transitUntilNs, availableNs);
        } else {
            transitTotalNs += availableNs - fromNs;
            transitFromNs = fromNs;
            transitUntilNs = availableNs;
        }
        grid = processorGrid;
        askedNs = Long.MAX_VALUE;
        wakeNs = Long.MAX_VALUE;
        epoch++;
    }

    /** The end of the last transit. */
    long transitUntilNs() {
        return transitUntilNs;
    }

    /** The end of the last transit if that is after an instant; {@link Long#MAX_VALUE} if not. */
    long transitEndAfter(long instantNs) {
        return transitUntilNs > instantNs ? transitUntilNs : Long.MAX_VALUE;
    }

    /** How much of the time before an instant, no earlier than the last transit's start, was spent in transit. */
    long transitBeforeNs(long atNs) {
        if (atNs >= transitUntilNs) {
            return transitTotalNs;
        }
        return transitTotalNs - (transitUntilNs - Math.max(atNs, transitFromNs));
    }

    /** The owner has woken up from having nothing to do. */
    void woke(long atNs) {
        wokeNs = atNs;
    }

    /** When the owner last woke up from having nothing to do, as of the last expiry. */
    long wokeNs() {
        return wokeNs;
    }

    /** When the owner first wakes up for a timer at or after an instant. */
    long wakeAtOrAfter(long instantNs) {
        if (instantNs != askedNs) {
            askedNs = instantNs;
            wakeNs = grid.wakeAtOrAfter(instantNs);
        }
        return wakeNs;
    }

    long epoch() {
        return epoch;
    }
}
