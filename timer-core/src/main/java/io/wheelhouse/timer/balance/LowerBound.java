package io.wheelhouse.timer.balance;

/**
 * What no assignment of whole buckets to processors can beat: the most loaded processor has at least the mean, and at
 * least the largest bucket.
 *
 * @param totalNs the load of all buckets
 * @param largestNs the load of the heaviest bucket
 * @param processors how many processors share it
 */
public record LowerBound(long totalNs, long largestNs, int processors) {
    public LowerBound {
        if (largestNs < 0 || totalNs < largestNs || processors < 1) {
            throw new IllegalArgumentException(
                    "no loads: total " + totalNs + " ns, largest " + largestNs + " ns, " + processors + " processors");
        }
    }

    /** The bound for buckets of these loads. */
    public static LowerBound of(long[] bucketLoadsNs, int processors) {
        long total = 0;
        long largest = 0;
        for (long load : bucketLoadsNs) {
            total = Math.addExact(total, load);
            largest = Math.max(largest, load);
        }
        return new LowerBound(total, largest, processors);
    }

    /** The bound for the bucket loads of a reading. */
    public static LowerBound of(Reading reading) {
        long[] loads = new long[reading.buckets()];
        for (int bucket = 0; bucket < loads.length; bucket++) {
            loads[bucket] = reading.loadNs(bucket);
        }
        return of(loads, reading.processors());
    }

    /** The load that some processor has at least, whatever the assignment. */
    public double loadNs() {
        return Math.max((double) totalNs / processors, (double) largestNs);
    }

    /** The least that {@link BalanceMeasures#maxOverMean} can be; 1 when there is no load. */
    public double maxOverMean() {
        return totalNs == 0 ? 1.0 : loadNs() * processors / totalNs;
    }

    /**
     * How far from the bound moves of single buckets can get stuck, when each takes a bucket from the most loaded
     * processor to the least loaded one as long as that helps: largest·(1 − 1/P).
     */
    public double greedyGapNs() {
        return largestNs * (1.0 - 1.0 / processors);
    }
}
