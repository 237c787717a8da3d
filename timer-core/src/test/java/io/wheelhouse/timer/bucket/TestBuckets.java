package io.wheelhouse.timer.bucket;

import io.wheelhouse.timer.queue.HierarchicalWheel;
import io.wheelhouse.timer.queue.TimerQueue;

/** Buckets for tests: exact timers to the nanosecond, first come first served. */
public final class TestBuckets {
    private TestBuckets() {}

    public static TimerQueue exactTimers() {
        return HierarchicalWheel.byDeadline(HierarchicalWheel.FINE_GRANULE_NS);
    }

    public static TimerBucket bucket(int id, BucketWork work) {
        return bucket(id, work, exactTimers());
    }

    public static TimerBucket bucket(int id, BucketWork work, TimerQueue timers) {
        WorkItems items = new WorkItems();
        return new TimerBucket(id, timers, new FifoDiscipline(items), items, work);
    }
}
