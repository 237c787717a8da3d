package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.BalanceResult;
import io.wheelhouse.timer.balance.BalanceMeasures;
import io.wheelhouse.timer.balance.LowerBound;

/**
 * What processors and buckets have used since the warm-up: per processor for the result and per output interval, and per
 * bucket, so that the balance can be held against what the first assignment would have made of the same work.
 */
public final class Usage {
    private final UsageReadings readings;
    private final int processors;
    private final int buckets;
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

    /** @param readings asked at barriers */
    public Usage(UsageReadings readings) {
        this.readings = readings;
        processors = readings.processors();
        buckets = readings.buckets();
        firstOwners = new int[buckets];
        bucketsAtStart = new int[processors];
        busyAtBegin = new long[processors];
        otherAtBegin = new long[processors];
        bucketBusyAtBegin = new long[buckets];
        busyAtIntervalStart = new long[processors];
        peaks = new double[processors];
        otherAtIntervalStart = new long[processors];
    }

    /** Remembers who owned what at the start of the run. */
    public void start() {
        for (int p = 0; p < processors; p++) {
            bucketsAtStart[p] = readings.owned(p);
        }
        for (int b = 0; b < buckets; b++) {
            firstOwners[b] = readings.ownerOf(b);
        }
    }

    /** Measures from now on: the end of the warm-up. */
    public void begin() {
        for (int p = 0; p < processors; p++) {
            busyAtBegin[p] = readings.busyNs(p);
            otherAtBegin[p] = readings.otherNs(p);
        }
        for (int b = 0; b < buckets; b++) {
            bucketBusyAtBegin[b] = readings.bucketBusyNs(b);
        }
    }

    /** The fraction of each processor's capacity that its buckets and ticks used in the output interval that ends. */
    public double[] closeInterval(long lengthNs, boolean measured) {
        double[] fractions = new double[processors];
        long totalNs = 0;
        long maxNs = 0;
        for (int p = 0; p < processors; p++) {
            long busyNs = readings.busyNs(p);
            fractions[p] = (double) (busyNs - busyAtIntervalStart[p]) / lengthNs;
            long loadNs = busyNs - busyAtIntervalStart[p] + readings.otherNs(p) - otherAtIntervalStart[p];
            totalNs += loadNs;
            maxNs = Math.max(maxNs, loadNs);
            busyAtIntervalStart[p] = busyNs;
            otherAtIntervalStart[p] = readings.otherNs(p);
            if (measured) {
                peaks[p] = Math.max(peaks[p], fractions[p]);
            }
        }
        if (measured) {
            sumOfMaxNs += (double) maxNs;
            sumOfMeansNs += (double) totalNs / processors;
        }
        return fractions;
    }

    /** Time spent on its buckets and ticks since the warm-up. */
    long busyNs(int processor) {
        return readings.busyNs(processor) - busyAtBegin[processor];
    }

    /** Time taken by background load since the warm-up. */
    long otherNs(int processor) {
        return readings.otherNs(processor) - otherAtBegin[processor];
    }

    /** The highest fraction of {@link #closeInterval}. */
    double peak(int processor) {
        return peaks[processor];
    }

    int bucketsAtStart(int processor) {
        return bucketsAtStart[processor];
    }

    /** What else was read of the processors at the last barrier. */
    UsageReadings readings() {
        return readings;
    }

    /** Holds what the processors did against what the first owners of the buckets would have had to do. */
    BalanceResult balance(MoveLedger ledger) {
        double[] before = new double[processors];
        double[] after = new double[processors];
        long[] bucketLoads = new long[buckets];
        for (int p = 0; p < processors; p++) {
            before[p] = otherNs(p);
            after[p] = otherNs(p) + busyNs(p);
        }
        for (int b = 0; b < buckets; b++) {
            bucketLoads[b] = readings.bucketBusyNs(b) - bucketBusyAtBegin[b];
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
                boundMaxToMean(LowerBound.of(bucketLoads, processors)),
                ledger.moves(),
                ledger.movesMeasured(),
                ledger.churn(),
                ledger.staleMoves());
    }

    /** No assignment can bring a processor below its background load, nor the mean, nor the largest bucket. */
    private double boundMaxToMean(LowerBound buckets) {
        long otherNs = 0;
        long mostOtherNs = 0;
        for (int p = 0; p < processors; p++) {
            otherNs += otherNs(p);
            mostOtherNs = Math.max(mostOtherNs, otherNs(p));
        }
        double mean = (double) (buckets.totalNs() + otherNs) / processors;
        return mean == 0 ? 1 : Math.max(mean, (double) Math.max(mostOtherNs, buckets.largestNs())) / mean;
    }
}
