package io.wheelhouse.sim.live;

import io.wheelhouse.sim.engine.UsageReadings;
import io.wheelhouse.timer.balance.Reading;
import io.wheelhouse.timer.balance.WorkloadMonitor;
import java.util.List;

/**
 * All timer threads' reports put together, as of the last barrier at which each answered. A bucket on its way from one
 * thread to another is in no report: it counts as its new owner's, with what was known of it before.
 */
final class Reports implements UsageReadings {
    private final List<ThreadReport> threads;
    private final WorkloadMonitor monitor;
    private final int[] owners;
    private final long[] epochs;
    private final long[] bucketBusyNs;
    private final int[] bucketWaiting;

    private final long[] busyNs;
    private final long[] otherNs;
    private final int[] owned;
    private final long[] fired;
    private final long[] segments;
    private final long[] ticks;
    private long waiting;

    private final long[] busyBefore;
    private final long[] otherBefore;
    private final long[] bucketBusyBefore;
    private long lastNs;

    Reports(List<ThreadReport> threads, int buckets) {
        this.threads = threads;
        monitor = new WorkloadMonitor(threads.size(), buckets);
        owners = new int[buckets];
        epochs = new long[buckets];
        bucketBusyNs = new long[buckets];
        bucketWaiting = new int[buckets];
        busyNs = new long[threads.size()];
        otherNs = new long[threads.size()];
        owned = new int[threads.size()];
        fired = new long[threads.size()];
        segments = new long[threads.size()];
        ticks = new long[threads.size()];
        busyBefore = new long[threads.size()];
        otherBefore = new long[threads.size()];
        bucketBusyBefore = new long[buckets];
    }

    /** Takes over what the threads have answered. */
    void gather() {
        waiting = 0;
        for (int p = 0; p < threads.size(); p++) {
            ThreadReport report = threads.get(p);
            busyNs[p] = report.busyNs;
            otherNs[p] = report.otherNs;
            owned[p] = report.owned;
            fired[p] = report.fired;
            segments[p] = report.segments;
            ticks[p] = report.ticks;
            waiting += report.waiting;
            for (int b = 0; b < owners.length; b++) {
                if (report.owns[b] && report.epochs[b] >= epochs[b]) {
                    owners[b] = p;
                    epochs[b] = report.epochs[b];
                    bucketBusyNs[b] = report.bucketBusyNs[b];
                    bucketWaiting[b] = report.bucketWaiting[b];
                }
            }
        }
    }

    /** A move has been ordered: from now on the bucket is its new owner's. */
    void sent(int bucket, int to) {
        owners[bucket] = to;
        epochs[bucket]++;
    }

    /** Reads the interval since the last reading. */
    Reading read(long nowNs) {
        for (int p = 0; p < threads.size(); p++) {
            ThreadReport report = threads.get(p);
            monitor.processor(
                    p,
                    report.busyNs - busyBefore[p],
                    report.otherNs - otherBefore[p],
                    report.backlogNs,
                    report.available);
            busyBefore[p] = report.busyNs;
            otherBefore[p] = report.otherNs;
        }
        for (int b = 0; b < owners.length; b++) {
            monitor.bucket(b, owners[b], epochs[b], bucketBusyNs[b] - bucketBusyBefore[b], bucketWaiting[b]);
            bucketBusyBefore[b] = bucketBusyNs[b];
        }
        Reading reading = monitor.read(nowNs, nowNs - lastNs);
        lastNs = nowNs;
        return reading;
    }

    /** Packets and expired timers that wait. */
    long waiting() {
        return waiting;
    }

    @Override
    public int processors() {
        return threads.size();
    }

    @Override
    public int buckets() {
        return owners.length;
    }

    @Override
    public long busyNs(int processor) {
        return busyNs[processor];
    }

    @Override
    public long otherNs(int processor) {
        return otherNs[processor];
    }

    @Override
    public long bucketBusyNs(int bucket) {
        return bucketBusyNs[bucket];
    }

    @Override
    public int owned(int processor) {
        return owned[processor];
    }

    @Override
    public int ownerOf(int bucket) {
        return owners[bucket];
    }

    @Override
    public long fired(int processor) {
        return fired[processor];
    }

    @Override
    public long segments(int processor) {
        return segments[processor];
    }

    @Override
    public long ticks(int processor) {
        return ticks[processor];
    }
}
