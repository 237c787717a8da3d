package io.wheelhouse.timer.balance;

import java.util.Arrays;
import java.util.Random;

/** Buckets whose loads never change, on processors that come and go: what a policy makes of them, barrier by barrier. */
final class ConstantLoad {
    private final AssignerPolicy policy;
    private final long[] bucketNs;
    private final long[] exogenousNs;
    private final boolean[] available;
    private final int[] owners;
    private final long[] epochs;
    private final WorkloadMonitor monitor;
    private long timeNs;

    ConstantLoad(AssignerPolicy policy, int processors, long[] bucketNs) {
        this.policy = policy;
        this.bucketNs = bucketNs.clone();
        exogenousNs = new long[processors];
        available = new boolean[processors];
        Arrays.fill(available, true);
        owners = new int[bucketNs.length];
        Arrays.setAll(owners, bucket -> policy.initialOwner(bucket, bucketNs.length, processors));
        epochs = new long[bucketNs.length];
        monitor = new WorkloadMonitor(processors, bucketNs.length);
    }

    /** Loads of so many buckets that together take {@code mean} of each processor, by a Pareto law or all equal. */
    static long[] loads(int buckets, int processors, double mean, boolean heavyTailed, Random random) {
        double[] weights = new double[buckets];
        double sum = 0.0;
        for (int bucket = 0; bucket < buckets; bucket++) {
            weights[bucket] = heavyTailed ? StrictMath.pow(1.0 - random.nextDouble(), -1.0 / 1.2) : 1.0;
            sum += weights[bucket];
        }
        long[] loads = new long[buckets];
        for (int bucket = 0; bucket < buckets; bucket++) {
            loads[bucket] = Math.round(weights[bucket] / sum * mean * processors * Readings.INTERVAL_NS);
        }
        return loads;
    }

    void available(int processor, boolean isAvailable) {
        available[processor] = isAvailable;
    }

    void exogenousNs(int processor, long ns) {
        exogenousNs[processor] = ns;
    }

    void bucketNs(int bucket, long ns) {
        bucketNs[bucket] = ns;
    }

    /** Reads, plans, moves; what it answers is the plan. */
    Assignment barrier() {
        timeNs += Readings.INTERVAL_NS;
        Assignment assignment = policy.plan(read());
        for (Move move : assignment.moves()) {
            if (owners[move.bucket()] != move.from() || epochs[move.bucket()] != move.expectedEpoch()) {
                throw new AssertionError("stale: " + move);
            }
            owners[move.bucket()] = move.to();
            epochs[move.bucket()]++;
        }
        return assignment;
    }

    private Reading read() {
        long[] loads = loads();
        for (int processor = 0; processor < loads.length; processor++) {
            long demand = loads[processor] - exogenousNs[processor];
            long capacity = available[processor] ? Math.max(0, Readings.INTERVAL_NS - exogenousNs[processor]) : 0;
            long busy = Math.min(demand, capacity);
            monitor.processor(processor, busy, exogenousNs[processor], demand - busy, available[processor]);
        }
        for (int bucket = 0; bucket < bucketNs.length; bucket++) {
            monitor.bucket(bucket, owners[bucket], epochs[bucket], bucketNs[bucket], 0);
        }
        return monitor.read(timeNs, Readings.INTERVAL_NS);
    }

    /** What each processor has to do, by processor. */
    long[] loads() {
        long[] loads = exogenousNs.clone();
        for (int bucket = 0; bucket < bucketNs.length; bucket++) {
            loads[owners[bucket]] += bucketNs[bucket];
        }
        return loads;
    }

    double maxOverMean() {
        return BalanceMeasures.maxOverMean(
                Arrays.stream(loads()).asDoubleStream().toArray());
    }

    long maxNs() {
        return Arrays.stream(loads()).max().orElseThrow();
    }

    double bound() {
        return LowerBound.of(bucketNs, exogenousNs.length).loadNs();
    }

    long largestNs() {
        return Arrays.stream(bucketNs).max().orElseThrow();
    }

    long[] bucketLoads() {
        return bucketNs.clone();
    }

    int ownedBy(int processor) {
        return (int) Arrays.stream(owners).filter(owner -> owner == processor).count();
    }

    int owner(int bucket) {
        return owners[bucket];
    }

    int[] owners() {
        return owners.clone();
    }
}
