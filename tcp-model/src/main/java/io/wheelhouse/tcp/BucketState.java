package io.wheelhouse.tcp;

import io.wheelhouse.timer.bucket.TimerBucket;
import org.jspecify.annotations.Nullable;

/** What the connections of one bucket share: the bucket, and the rows in which all their state lives. */
final class BucketState {
    final ConnectionRows connections;
    final Segments segments = new Segments();
    final SentSegments sent = new SentSegments();
    final SendRows sending = new SendRows();
    final Reassembly reassembly = new Reassembly();
    final TimerNumbers localEntries = new TimerNumbers();
    final TimerNumbers remoteEntries = new TimerNumbers();
    private @Nullable TimerBucket bucket;

    BucketState(ConnectionLayout layout) {
        connections = new ConnectionRows(layout);
    }

    void attach(TimerBucket newBucket) {
        assert bucket == null : "already attached to bucket " + bucket.id();
        bucket = newBucket;
    }

    TimerBucket bucket() {
        TimerBucket attached = bucket;
        if (attached == null) {
            throw new IllegalStateException("not attached to a bucket yet");
        }
        return attached;
    }
}
