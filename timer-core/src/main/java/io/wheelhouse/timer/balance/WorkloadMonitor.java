package io.wheelhouse.timer.balance;

import io.wheelhouse.timer.balance.Reading.BucketSample;
import io.wheelhouse.timer.balance.Reading.ProcessorSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Identifies each processor's percentage of capacity in use statistically, and each bucket's share of it.
 *
 * <p>At each barrier it is told, once for each processor and each bucket, what the interval brought; {@link #read} then
 * closes the interval and answers a {@link Reading}. Each interval is one sampling window; mean, deviation and confidence
 * are taken over the last {@value #WINDOWS} of them (fewer at the start), and slide.
 *
 * <p>Integers come in, in any order. Floating point is computed once, in {@code read}, by processor number and from the
 * oldest window to the newest, so the result does not depend on who measured what when. Used by one thread at a time;
 * {@code read} costs O(P·windows + B).
 */
public final class WorkloadMonitor {
    /** The number of sampling windows that the statistics rest on. */
    public static final int WINDOWS = 10;

    /** The most sampling windows. */
    public static final int MAX_WINDOWS = StudentT.MAX_SAMPLES;

    private static final long NOT_TOLD = -1;
    // far from any cooldown, and from the end of the integers
    private static final int LONG_AGO = 1 << 30;

    private final int windows;
    private final long[] busyNs;
    private final long[] exogenousNs;
    private final long[] backlogNs;
    private final boolean[] available;
    private final int[] sinceReceived;
    private final long[] epochsBefore;
    private final int[] owners;
    private final long[] epochs;
    private final long[] bucketBusyNs;
    private final int[] waiting;
    // a ring of windows for each processor: the load of the window over its length
    private final double[][] samples;
    private int samplesTaken;
    private int nextSample;

    /** A monitor of so many processors and buckets, with {@value #WINDOWS} sampling windows. */
    public WorkloadMonitor(int processors, int buckets) {
        this(processors, buckets, WINDOWS);
    }

    /**
     * @param windows the number of sampling windows that the statistics rest on, from 1 to {@link #MAX_WINDOWS}
     */
    public WorkloadMonitor(int processors, int buckets, int windows) {
        if (processors < 1 || buckets < 1) {
            throw new IllegalArgumentException(
                    "nothing to monitor: " + processors + " processors, " + buckets + " buckets");
        }
        if (windows < 1 || windows > MAX_WINDOWS) {
            throw new IllegalArgumentException("windows must be from 1 to " + MAX_WINDOWS + ": " + windows);
        }
        this.windows = windows;
        this.busyNs = new long[processors];
        this.exogenousNs = new long[processors];
        this.backlogNs = new long[processors];
        this.available = new boolean[processors];
        this.sinceReceived = new int[processors];
        Arrays.fill(sinceReceived, LONG_AGO);
        this.epochsBefore = new long[buckets];
        Arrays.fill(epochsBefore, NOT_TOLD);
        this.owners = new int[buckets];
        this.epochs = new long[buckets];
        this.bucketBusyNs = new long[buckets];
        this.waiting = new int[buckets];
        this.samples = new double[processors][windows];
        forgetInterval();
    }

    private void forgetInterval() {
        Arrays.fill(busyNs, NOT_TOLD);
        Arrays.fill(bucketBusyNs, NOT_TOLD);
    }

    /** Tells what the interval brought a processor that is available. */
    public void processor(int processor, long busy, long exogenous, long backlog) {
        processor(processor, busy, exogenous, backlog, true);
    }

    /**
     * Tells what the interval brought a processor.
     *
     * @param busy time spent on buckets and ticks in the interval
     * @param exogenous time taken by background load in the interval
     * @param backlog work that waits at the barrier
     * @param isAvailable whether it can serve buckets from the barrier on
     */
    public void processor(int processor, long busy, long exogenous, long backlog, boolean isAvailable) {
        if (busy < 0 || exogenous < 0 || backlog < 0) {
            throw new IllegalArgumentException("processor " + processor + ": busy " + busy + " ns, exogenous "
                    + exogenous + " ns, backlog " + backlog + " ns; none may be negative");
        }
        busyNs[processor] = busy;
        exogenousNs[processor] = exogenous;
        backlogNs[processor] = backlog;
        available[processor] = isAvailable;
    }

    /**
     * Tells what the interval brought a bucket.
     *
     * @param owner the processor that owns it at the barrier
     * @param epoch how often it has been given to an owner
     * @param busy processor time it took in the interval
     * @param waitingItems its packets and expired timers that wait at the barrier
     */
    public void bucket(int bucket, int owner, long epoch, long busy, int waitingItems) {
        if (owner < 0 || owner >= busyNs.length || busy < 0 || waitingItems < 0) {
            throw new IllegalArgumentException("bucket " + bucket + ": owner " + owner + " of " + busyNs.length
                    + ", busy " + busy + " ns, waiting " + waitingItems);
        }
        owners[bucket] = owner;
        epochs[bucket] = epoch;
        bucketBusyNs[bucket] = busy;
        waiting[bucket] = waitingItems;
    }

    /**
     * Closes the interval: what has been told since the last call becomes one sampling window.
     *
     * @param timeNs the time of the barrier
     * @param intervalNs the length of the interval, greater than 0
     */
    public Reading read(long timeNs, long intervalNs) {
        if (intervalNs <= 0) {
            throw new IllegalArgumentException("interval must be greater than 0: " + intervalNs + " ns");
        }
        checkAllTold();
        takeSamples(intervalNs);
        noticeReceipts();
        Reading reading = new Reading(
                timeNs, intervalNs, meanUtilization(intervalNs), samplesTaken, processorSamples(), bucketSamples());
        forgetInterval();
        return reading;
    }

    private void checkAllTold() {
        for (int processor = 0; processor < busyNs.length; processor++) {
            assert busyNs[processor] != NOT_TOLD : "nothing told of processor " + processor;
        }
        for (int bucket = 0; bucket < bucketBusyNs.length; bucket++) {
            assert bucketBusyNs[bucket] != NOT_TOLD : "nothing told of bucket " + bucket;
        }
    }

    /** A bucket whose epoch has changed has been taken over by its owner. */
    private void noticeReceipts() {
        for (int processor = 0; processor < sinceReceived.length; processor++) {
            sinceReceived[processor] = Math.min(LONG_AGO, sinceReceived[processor] + 1);
        }
        for (int bucket = 0; bucket < epochs.length; bucket++) {
            if (epochsBefore[bucket] != NOT_TOLD && epochsBefore[bucket] != epochs[bucket]) {
                sinceReceived[owners[bucket]] = 0;
            }
            epochsBefore[bucket] = epochs[bucket];
        }
    }

    private void takeSamples(long intervalNs) {
        for (int processor = 0; processor < busyNs.length; processor++) {
            samples[processor][nextSample] = (double) loadNs(processor) / intervalNs;
        }
        nextSample = (nextSample + 1) % windows;
        samplesTaken = Math.min(samplesTaken + 1, windows);
    }

    private long loadNs(int processor) {
        return busyNs[processor] + exogenousNs[processor] + backlogNs[processor];
    }

    /**
     * From the integers, so that processors of equal load have exactly the mean. What an offline processor holds is for
     * the others to do.
     */
    private double meanUtilization(long intervalNs) {
        long total = 0;
        int able = 0;
        for (int processor = 0; processor < busyNs.length; processor++) {
            total += loadNs(processor);
            able += available[processor] ? 1 : 0;
        }
        return (double) total / Math.multiplyExact(intervalNs, able == 0 ? busyNs.length : able);
    }

    private List<ProcessorSample> processorSamples() {
        int[] owned = countOwned();
        List<ProcessorSample> result = new ArrayList<>(busyNs.length);
        for (int processor = 0; processor < busyNs.length; processor++) {
            double mean = sampleMean(processor);
            double deviation = sampleDeviation(processor, mean);
            result.add(new ProcessorSample(
                    busyNs[processor],
                    exogenousNs[processor],
                    backlogNs[processor],
                    owned[processor],
                    sample(processor, samplesTaken - 1),
                    mean,
                    deviation,
                    StudentT.halfWidth(deviation, samplesTaken),
                    available[processor],
                    sinceReceived[processor]));
        }
        return result;
    }

    private double sample(int processor, int age) {
        return samples[processor][Math.floorMod(nextSample - samplesTaken + age, windows)];
    }

    private double sampleMean(int processor) {
        double sum = 0.0;
        for (int age = 0; age < samplesTaken; age++) {
            sum += sample(processor, age);
        }
        return sum / samplesTaken;
    }

    private double sampleDeviation(int processor, double mean) {
        if (samplesTaken < 2) {
            return 0.0;
        }
        double squares = 0.0;
        for (int age = 0; age < samplesTaken; age++) {
            double difference = sample(processor, age) - mean;
            squares += difference * difference;
        }
        return Math.sqrt(squares / (samplesTaken - 1));
    }

    private int[] countOwned() {
        int[] owned = new int[busyNs.length];
        for (int owner : owners) {
            owned[owner]++;
        }
        return owned;
    }

    private List<BucketSample> bucketSamples() {
        long[] waitingOf = new long[busyNs.length];
        for (int bucket = 0; bucket < owners.length; bucket++) {
            waitingOf[owners[bucket]] += waiting[bucket];
        }
        List<BucketSample> result = new ArrayList<>(owners.length);
        for (int bucket = 0; bucket < owners.length; bucket++) {
            int owner = owners[bucket];
            long load = bucketBusyNs[bucket];
            if (waiting[bucket] > 0) {
                load += Math.round((double) backlogNs[owner] * waiting[bucket] / waitingOf[owner]);
            }
            result.add(new BucketSample(owner, epochs[bucket], bucketBusyNs[bucket], waiting[bucket], load));
        }
        return result;
    }
}
