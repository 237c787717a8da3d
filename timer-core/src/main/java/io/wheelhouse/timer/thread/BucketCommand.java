package io.wheelhouse.timer.thread;

import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.bucket.TimerBucket;
import org.jspecify.annotations.Nullable;

/**
 * What another thread wants done in a bucket: all operations on its timers belong to the owner's thread.
 *
 * @param <R> what it finds out
 */
@FunctionalInterface
public interface BucketCommand<R extends @Nullable Object> {

    /** Called once, on the thread that owns the bucket then. */
    R run(TimerBucket bucket, ServiceMeter meter);
}
