package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.BalanceResult;
import io.wheelhouse.timer.balance.BalanceMeasures;
import io.wheelhouse.timer.balance.LowerBound;
import io.wheelhouse.timer.bucket.TimerBucket;

/**
 * What processors and buckets have used since the warm-up: per processor for the result and per output interval, and per
 * bucket, so that the balance can be held against what the first assignment would have made of the same work.
 */
final class Usage {
    private final VirtualProcessor[] processors;
    private final TimerBucket[] buckets;
    private final int[] firstOwners;
    private final int[] bucketsAtStart;
    private final long[] busyAtBegin;
    private final long[] otherAtBegin;
    private final long[] bucketBusyAtBegin;
    private final long[] busyAtIntervalStart;
    private final double[] peaks;
    private final long[] otherAtIntervalStart;
    private double sumOfMaxNs;
    private double sumOfMeansNs;

    Usage(Machine machine) {
        processors = machine.processors;
        buckets = machine.buckets;
        firstOwners = new int[buckets.length];
        bucketsAtStart = new int[processors.length];
        busyAtBegin = new long[processors.length];
        otherAtBegin = new long[processors.length];
        bucketBusyAtBegin = new long[buckets.length];
        busyAtIntervalStart = new long[processors.length];
        peaks = new double[processors.length];
        otherAtIntervalStart = new long[processors.length];
    }

    /** Remembers who owned what at the start of the run. */
    void start() {
        for (int p = 0; p < processors.length; p++) {
            bucketsAtStart[p] = processors[p].processor().owned();
        }
        for (int b = 0; b < buckets.length; b++) {
            firstOwners[b] = buckets[b].owner();
        }
    }

    /** Measures from now on: the end of the warm-up. */
    void begin() {
        for (int p = 0; p < processors.length; p++) {
            busyAtBegin[p] = processors[p].processor().busyNs();
            otherAtBegin[p] = processors[p].otherNs();
        }
        for (int b = 0; b < buckets.length; b++) {
            bucketBusyAtBegin[b] = buckets[b].busyNs();
        }
    }

    /** The fraction of each processor's capacity that its buckets and ticks used in the output interval that ends. */
    double[] closeInterval(long lengthNs, boolean measured) {
        double[] fractions = new double[processors.length];
        long totalNs = 0;
        long maxNs = 0;
        for (int p = 0; p < processors.length; p++) {
            long busyNs = processors[p].processor().busyNs();
            fractions[p] = (double) (busyNs - busyAtIntervalStart[p]) / lengthNs;
            long loadNs = busyNs - busyAtIntervalStart[p] + processors[p].otherNs() - otherAtIntervalStart[p];
            totalNs += loadNs;
            maxNs = Math.max(maxNs, loadNs);
            busyAtIntervalStart[p] = busyNs;
            otherAtIntervalStart[p] = processors[p].otherNs();
            if (measured) {
                peaks[p] = Math.max(peaks[p], fractions[p]);
            }
        }
        if (measured) {
            sumOfMaxNs += (double) maxNs;
            sumOfMeansNs += (double) totalNs / processors.length;
        }
        return fractions;
    }

    /** Time spent on its buckets and ticks since the warm-up. */
    long busyNs(int processor) {
        return processors[processor].processor().busyNs() - busyAtBegin[processor];
    }

    /** Time taken by background load since the warm-up. */
    long otherNs(int processor) {
        return processors[processor].otherNs() - otherAtBegin[processor];
    }

    /** The highest fraction of {@link #closeInterval}. */
    double peak(int processor) {
        return peaks[processor];
    }

    int bucketsAtStart(int processor) {
        return bucketsAtStart[processor];
    }

    /** Holds what the processors did against what the first owners of the buckets would have had to do. */
    BalanceResult balance(long moves, double churn, long staleMoves) {
        double[] before = new double[processors.length];
        double[] after = new double[processors.length];
        long[] bucketLoads = new long[buckets.length];
        for (int p = 0; p < processors.length; p++) {
            before[p] = otherNs(p);
            after[p] = otherNs(p) + busyNs(p);
        }
        for (int b = 0; b < buckets.length; b++) {
            bucketLoads[b] = buckets[b].busyNs() - bucketBusyAtBegin[b];
            before[firstOwners[b]] += bucketLoads[b];
        }
        return new BalanceResult(
                BalanceMeasures.maxOverMean(before),
                BalanceMeasures.maxOverMean(after),
                BalanceMeasures.jain(before),
                BalanceMeasures.jain(after),
                BalanceMeasures.deviation(before),
                BalanceMeasures.deviation(after),
                BalanceMeasures.spread(before),
                BalanceMeasures.spread(after),
                sumOfMeansNs == 0.0 ? 1.0 : sumOfMaxNs / sumOfMeansNs,
                boundMaxToMean(LowerBound.of(bucketLoads, processors.length)),
                moves,
                churn,
                staleMoves);
    }

    /** No assignment can bring a processor below its background load, nor the mean, nor the largest bucket. */
    private double boundMaxToMean(LowerBound buckets) {
        long otherNs = 0;
        long mostOtherNs = 0;
        for (int p = 0; p < processors.length; p++) {
            otherNs += otherNs(p);
            mostOtherNs = Math.max(mostOtherNs, otherNs(p));
        }
        double mean = (double) (buckets.totalNs() + otherNs) / processors.length;
        return mean == 0 ? 1 : Math.max(mean, (double) Math.max(mostOtherNs, buckets.largestNs())) / mean;
    }
}
