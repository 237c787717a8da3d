package io.wheelhouse.sim.engine;

import io.wheelhouse.timer.bucket.TimerBucket;

/**
 * Has the state packed of connections that are left alone ({@link Workload#settle}): the buckets of one processor in turn,
 * evenly over {@value #PERIOD_NS} ns and not all at once, so that what one bucket no longer needs the next can use. What is
 * packed when shows in no result.
 *
 * <p>Used by whoever runs the processor. Cost: O(buckets) a period, and what packing takes.
 */
final class Settling {
    /** A connection that writes ten times a second is never left alone; one that thinks for a second mostly is. */
    static final long PERIOD_NS = 125_000_000;

    private final TimerBucket[] buckets;
    private final int processor;
    private final Workload workload;
    private final long stepNs;
    private int next;
    private long nextNs;

    Settling(TimerBucket[] buckets, int processor, Workload workload) {
        this.buckets = buckets;
        this.processor = processor;
        this.workload = workload;
        stepNs = Math.max(1, PERIOD_NS / buckets.length);
    }

    /** When it is the turn of the next bucket. */
    long nextNs() {
        return nextNs;
    }

    /** Settles the buckets whose turn has come, each once if the clock has jumped. Nothing may be happening in any. */
    void until(long nowNs) {
        if (nowNs < nextNs) {
            return;
        }
        long turns = Math.min(buckets.length, (nowNs - nextNs) / stepNs + 1);
        for (long turn = 0; turn < turns; turn++) {
            TimerBucket bucket = buckets[next];
            next = next + 1 == buckets.length ? 0 : next + 1;
            if (bucket.owner() == processor) {
                workload.settle(bucket);
            }
        }
        nextNs = Math.max(nextNs + turns * stepNs, nowNs + 1);
    }
}
