package io.wheelhouse.tcp;

import io.wheelhouse.timer.bucket.TimerBucket;

/**
 * What the connections of the bucket at hand share: the bucket, and the rows in which all their state lives. Bound to one
 * bucket after another.
 */
final class BucketState {
    /** One call in so many trims though nothing was packed; a power of two, less one. */
    private static final int TRIMMED_ANYWAY = 3;

    final PiecePool pool = new PiecePool();
    final ConnectionRows connections;
    final Segments segments;
    final SentSegments sent;
    final SendRows sending;
    final Reassembly reassembly;
    final TimerNumbers localEntries;
    final TimerNumbers remoteEntries;
    private final BucketRows none = new BucketRows(pool);
    private final AtHand at = new AtHand(none);

    BucketState(ConnectionLayout layout) {
        segments = new Segments(at);
        sent = new SentSegments(at);
        sending = new SendRows(layout, at);
        connections = new ConnectionRows(layout, sending, at);
        reassembly = new Reassembly(at);
        localEntries = new TimerNumbers(RowArena.NumberKind.LOCAL_ENTRIES, at);
        remoteEntries = new TimerNumbers(RowArena.NumberKind.REMOTE_ENTRIES, at);
    }

    boolean isBound(BucketRows toRows) {
        return at.rows == toRows;
    }

    void bind(BucketRows newRows) {
        at.rows = newRows;
        connections.bound();
    }

    void forget(BucketRows ofRows) {
        if (at.rows == ofRows) {
            bind(none);
        }
    }

    BucketRows rows() {
        BucketRows bound = at.rows;
        if (bound == none) {
            throw new IllegalStateException("not bound to a bucket yet");
        }
        return bound;
    }

    TimerBucket bucket() {
        TimerBucket attached = at.rows.bucket;
        if (attached == null) {
            throw new IllegalStateException("not attached to a bucket yet");
        }
        return attached;
    }

    /** Packs what has been left alone, and gives back the pieces that nothing lies in any more. */
    void settle() {
        boolean isAnyPacked = connections.settle();
        if (!isAnyPacked && (at.rows.settled & TRIMMED_ANYWAY) != 0) {
            return;
        }
        connections.trim();
        segments.trim();
        sent.trim();
        sending.trim();
        reassembly.trim();
    }
}
