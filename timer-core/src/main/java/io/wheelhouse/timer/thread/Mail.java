package io.wheelhouse.timer.thread;

import io.wheelhouse.timer.bucket.TimerBucket;

/** What is left in a timer thread's mailbox. */
sealed interface Mail {

    /** From the coordinator: hand a bucket over, if you own it and its epoch is the expected one. */
    record Order(int bucket, int to, long expectedEpoch) implements Mail {}

    /** From the thread that owned it: the bucket is yours. */
    record Arrival(TimerBucket bucket, long fromNs) implements Mail {}

    /** The bucket's inbox is not empty. May be stale, and may come twice. */
    record Hint(int bucket) implements Mail {}

    /** Do this, between two callbacks. */
    record Errand(Runnable task) implements Mail {}
}
