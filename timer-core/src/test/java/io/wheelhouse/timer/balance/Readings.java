package io.wheelhouse.timer.balance;

import java.util.Arrays;

/** Readings made up for tests: equal buckets on processors of given utilizations. */
final class Readings {
    static final long INTERVAL_NS = 100_000_000;

    private Readings() {}

    /** Buckets owned in equal blocks, each carrying the same part of its owner's utilization. */
    static Reading equalBuckets(int buckets, double... utilizations) {
        int[] counts = new int[utilizations.length];
        Arrays.fill(counts, buckets / utilizations.length);
        return ofCounts(counts, utilizations);
    }

    /** So many buckets on each processor, each carrying the same part of its owner's utilization. */
    static Reading ofCounts(int[] counts, double... utilizations) {
        int buckets = Arrays.stream(counts).sum();
        WorkloadMonitor monitor = new WorkloadMonitor(counts.length, buckets);
        int bucket = 0;
        for (int processor = 0; processor < counts.length; processor++) {
            long busyNs = Math.round(utilizations[processor] * INTERVAL_NS);
            monitor.processor(processor, busyNs, 0, 0);
            for (int at = 0; at < counts[processor]; at++) {
                monitor.bucket(bucket, processor, bucket, busyNs / counts[processor], 0);
                bucket++;
            }
        }
        return monitor.read(INTERVAL_NS, INTERVAL_NS);
    }

    /** Buckets of given loads, with given owners; the owners' utilization is what their buckets took. */
    static Reading ofBuckets(int processors, int[] owners, long[] busyNs) {
        return ofBuckets(processors, owners, busyNs, new long[processors]);
    }

    /** The same with background load. */
    static Reading ofBuckets(int processors, int[] owners, long[] busyNs, long[] exogenousNs) {
        WorkloadMonitor monitor = new WorkloadMonitor(processors, owners.length);
        long[] busy = new long[processors];
        for (int bucket = 0; bucket < owners.length; bucket++) {
            busy[owners[bucket]] += busyNs[bucket];
            monitor.bucket(bucket, owners[bucket], 1, busyNs[bucket], 0);
        }
        for (int processor = 0; processor < processors; processor++) {
            monitor.processor(processor, busy[processor], exogenousNs[processor], 0);
        }
        return monitor.read(INTERVAL_NS, INTERVAL_NS);
    }

    /** The number of buckets that each processor owns once the moves are made. */
    static int[] countsAfter(Reading reading, Assignment assignment) {
        int[] counts = new int[reading.processors()];
        for (int owner : ownersAfter(reading, assignment)) {
            counts[owner]++;
        }
        return counts;
    }

    /** The owner of each bucket once the moves are made. */
    static int[] ownersAfter(Reading reading, Assignment assignment) {
        int[] owners = new int[reading.buckets()];
        for (int bucket = 0; bucket < owners.length; bucket++) {
            owners[bucket] = reading.owner(bucket);
        }
        for (Move move : assignment.moves()) {
            owners[move.bucket()] = move.to();
        }
        return owners;
    }

    /** The targets of an assignment, by processor. */
    static int[] targets(Reading reading, Assignment assignment) {
        int[] targets = new int[reading.processors()];
        for (int processor = 0; processor < targets.length; processor++) {
            targets[processor] = assignment.target(processor);
        }
        return targets;
    }
}
