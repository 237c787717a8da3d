package io.wheelhouse.tcp;

import io.wheelhouse.timer.bucket.TimerBucket;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of the bucket at hand share: the bucket, and the rows in which all their state lives. Bound to one
 * bucket after another.
 */
final class BucketState {
    final ConnectionRows connections;
    final Segments segments;
    final SentSegments sent;
    final SendRows sending;
    final Reassembly reassembly;
    final TimerNumbers localEntries;
    final TimerNumbers remoteEntries;
    final PiecePool pool = new PiecePool();
    private @Nullable BucketRows rows;

    BucketState(ConnectionLayout layout) {
        BucketRows none = new BucketRows(layout, pool);
        connections = new ConnectionRows(layout, none);
        segments = new Segments(none.segments, none.sacks);
        sent = new SentSegments(none.sent);
        sending = new SendRows(none.sending, none.controls);
        reassembly = new Reassembly(none.reassembly);
        localEntries = new TimerNumbers(none.localEntries);
        remoteEntries = new TimerNumbers(none.remoteEntries);
    }

    boolean isBound(BucketRows toRows) {
        return rows == toRows;
    }

    void bind(BucketRows newRows) {
        rows = newRows;
        connections.bind(newRows);
        segments.bind(newRows.segments, newRows.sacks);
        sent.bind(newRows.sent);
        sending.bind(newRows.sending, newRows.controls);
        reassembly.bind(newRows.reassembly);
        localEntries.bind(newRows.localEntries);
        remoteEntries.bind(newRows.remoteEntries);
    }

    void forget(BucketRows ofRows) {
        if (rows == ofRows) {
            rows = null;
        }
    }

    BucketRows rows() {
        BucketRows bound = rows;
        if (bound == null) {
            throw new IllegalStateException("not bound to a bucket yet");
        }
        return bound;
    }

    TimerBucket bucket() {
        TimerBucket attached = rows().bucket;
        if (attached == null) {
            throw new IllegalStateException("not attached to a bucket yet");
        }
        return attached;
    }
}
