package io.wheelhouse.sim.engine;

import io.wheelhouse.timer.bucket.BucketWork;
import io.wheelhouse.timer.bucket.TimerBucket;

/** What the buckets of a run do: TCP, or synthetic timers. One for a run; its works share nothing that changes. */
public interface Workload {

    /** The work of one bucket, with no connections yet. */
    BucketWork newWork(ProcessorObserver observer);

    /** The bucket of a work has been made. */
    void attach(TimerBucket bucket);

    /**
     * Adds a connection to its bucket.
     *
     * @param index the connection's index in its group
     * @param atNs when it opens
     */
    void open(TimerBucket bucket, int group, int index, long atNs);

    /** The bucket has another owner, which reports to another observer. */
    void observer(TimerBucket bucket, ProcessorObserver observer);

    /** Lets a bucket put away what has been left alone for a while; changes nothing that a run can show. */
    void settle(TimerBucket bucket);

    /** The group of a connection of the bucket. */
    int groupOf(TimerBucket bucket, int connection);

    /** Adds what the bucket holds at a barrier to a census. */
    void count(TimerBucket bucket, long nowNs, Census census);
}
