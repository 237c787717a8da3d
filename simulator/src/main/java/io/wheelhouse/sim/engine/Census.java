package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.timer.bucket.TimerBucket;

/** What all buckets together hold at a barrier. */
public final class Census {
    final long[] openByGroup;
    final long[] busyNsByGroup;
    final long[] largestNsByGroup;
    final long[] pendingByLane = new long[Lane.COUNT];
    private long connections;
    private long segmentsInFlight;
    private long segmentsQueued;
    private long overdue;
    private long oldestOverdueAgeNs;
    private long timersWithoutEntry;

    public Census(int groups) {
        openByGroup = new long[groups];
        busyNsByGroup = new long[groups];
        largestNsByGroup = new long[groups];
    }

    /** Counts connections that at least one end knows, or that are still to be opened. */
    void addConnections(long count) {
        connections += count;
    }

    /** Counts segments on the path, and segments that have arrived and wait for the processor. */
    void addSegments(long inFlight, long queued) {
        segmentsInFlight += inFlight;
        segmentsQueued += queued;
    }

    /** Counts the processor time of a bucket's connections, by group, and that of the one of each that used most. */
    public void addTimes(TimerBucket bucket, Workload workload) {
        bucket.connectionTimes()
                .forEachGroup(connection -> workload.groupOf(bucket, connection), (group, timeNs, largestNs) -> {
                    busyNsByGroup[group] += timeNs;
                    largestNsByGroup[group] = Math.max(largestNsByGroup[group], largestNs);
                });
    }

    /** Counts a timer that has expired and waits to be served. */
    void addOverdue(long ageNs) {
        assert ageNs >= 0 : ageNs;
        overdue++;
        oldestOverdueAgeNs = Math.max(oldestOverdueAgeNs, ageNs);
    }

    /** Counts armed timers that no queue entry would ever fire. */
    void addTimersWithoutEntry(long timers) {
        timersWithoutEntry += timers;
    }

    public long connections() {
        return connections;
    }

    long segmentsInFlight() {
        return segmentsInFlight;
    }

    long segmentsQueued() {
        return segmentsQueued;
    }

    long overdue() {
        return overdue;
    }

    long oldestOverdueAgeNs() {
        return oldestOverdueAgeNs;
    }

    long timersWithoutEntry() {
        return timersWithoutEntry;
    }
}
