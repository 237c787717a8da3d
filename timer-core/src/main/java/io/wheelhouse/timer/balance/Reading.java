package io.wheelhouse.timer.balance;

import java.util.List;

/**
 * What the workload monitor knows at one barrier: all that a policy may look at. Immutable.
 *
 * <p>Utilizations are fractions of a processor's capacity, 1 for all of it. They may exceed 1, because work that waits
 * counts as load.
 */
public final class Reading {
    private final long timeNs;
    private final long intervalNs;
    private final double meanUtilization;
    private final int windows;
    private final List<ProcessorSample> processors;
    private final List<BucketSample> buckets;

    /** What was measured of one processor. */
    record ProcessorSample(
            long busyNs,
            long exogenousNs,
            long backlogNs,
            int owned,
            double utilization,
            double windowMean,
            double windowDeviation,
            double confidence,
            boolean available,
            int sinceReceived) {}

    /** What was measured of one bucket. */
    record BucketSample(int owner, long epoch, long busyNs, int waiting, long loadNs) {}

    Reading(
            long timeNs,
            long intervalNs,
            double meanUtilization,
            int windows,
            List<ProcessorSample> processors,
            List<BucketSample> buckets) {
        this.timeNs = timeNs;
        this.intervalNs = intervalNs;
        this.meanUtilization = meanUtilization;
        this.windows = windows;
        this.processors = List.copyOf(processors);
        this.buckets = List.copyOf(buckets);
    }

    /** The time of the barrier. */
    public long timeNs() {
        return timeNs;
    }

    /** The length of the interval that ended there. */
    public long intervalNs() {
        return intervalNs;
    }

    /** P. */
    public int processors() {
        return processors.size();
    }

    /** B. */
    public int buckets() {
        return buckets.size();
    }

    // ---- of a processor -------------------------------------------------------------------------------------------

    /**
     * u: the share of its capacity that the processor would have needed to be done with everything by the barrier: time
     * spent on buckets and ticks, exogenous load and backlog, over the interval.
     */
    public double utilization(int processor) {
        return processors.get(processor).utilization();
    }

    /** U: the load of all processors over the capacity of those that are available. */
    public double meanUtilization() {
        return meanUtilization;
    }

    /** The mean of the processor's utilization over the sampling windows. */
    public double windowMean(int processor) {
        return processors.get(processor).windowMean();
    }

    /** The sample standard deviation of the processor's utilization over the sampling windows; 0 for a single one. */
    public double windowDeviation(int processor) {
        return processors.get(processor).windowDeviation();
    }

    /**
     * Half the width of the 95 % confidence interval around {@link #windowMean}, by Student's t; infinite when there is a
     * single window, which says nothing of its own accuracy. It takes the windows for independent, so where load changes
     * slowly or buckets have just moved, the truth is less certain.
     */
    public double confidence(int processor) {
        return processors.get(processor).confidence();
    }

    /** How many sampling windows the statistics rest on. */
    public int windows() {
        return windows;
    }

    /** The part of the utilization that is no bucket's: background load. */
    public double exogenous(int processor) {
        return (double) processors.get(processor).exogenousNs() / intervalNs;
    }

    /** Time spent on buckets and ticks in the interval. */
    public long busyNs(int processor) {
        return processors.get(processor).busyNs();
    }

    /** Time taken by background load in the interval. */
    public long exogenousNs(int processor) {
        return processors.get(processor).exogenousNs();
    }

    /** Work that was waiting at the barrier. */
    public long backlogNs(int processor) {
        return processors.get(processor).backlogNs();
    }

    /** n: how many buckets the processor owns. */
    public int owned(int processor) {
        return processors.get(processor).owned();
    }

    /** Everything that the processor had to do: time spent, exogenous load and backlog. */
    public long processorLoadNs(int processor) {
        return busyNs(processor) + exogenousNs(processor) + backlogNs(processor);
    }

    /** Whether the processor can serve buckets from this barrier on; false while it is offline. */
    public boolean available(int processor) {
        return processors.get(processor).available();
    }

    /** How many processors are available. */
    public int availableProcessors() {
        int available = 0;
        for (ProcessorSample processor : processors) {
            available += processor.available() ? 1 : 0;
        }
        return available;
    }

    /**
     * How many readings ago the processor last took a bucket over: 0 if it did so since the reading before this one, a
     * large number if it never did.
     */
    public int sinceReceived(int processor) {
        return processors.get(processor).sinceReceived();
    }

    // ---- of a bucket ----------------------------------------------------------------------------------------------

    /** The processor that owns the bucket. */
    public int owner(int bucket) {
        return buckets.get(bucket).owner();
    }

    /** How often the bucket has been given to an owner. */
    public long epoch(int bucket) {
        return buckets.get(bucket).epoch();
    }

    /** Processor time that the bucket took in the interval. */
    public long bucketBusyNs(int bucket) {
        return buckets.get(bucket).busyNs();
    }

    /** Packets and expired timers of the bucket that were waiting at the barrier. */
    public int waiting(int bucket) {
        return buckets.get(bucket).waiting();
    }

    /** The bucket's part of its owner's load: what it took, and its share, by waiting items, of the backlog. */
    public long loadNs(int bucket) {
        return buckets.get(bucket).loadNs();
    }
}
