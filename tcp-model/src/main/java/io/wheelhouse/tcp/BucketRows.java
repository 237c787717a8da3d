package io.wheelhouse.tcp;

import io.wheelhouse.timer.bucket.TimerBucket;
import org.jspecify.annotations.Nullable;

/**
 * All that the connections of one bucket are, as rows, and what became of its segments. It moves with the bucket; the
 * code that acts on it belongs to a {@link TcpStack}, which is bound to one bucket after another.
 */
final class BucketRows extends RowArena {
    final PackedRows packed;
    int settled;

    // segments of both ends: sent; and of those, dropped by the path
    long segmentsSent;
    long segmentsDropped;
    // of those that arrived: waiting for the processor, processed, refused by the discipline, for a connection that was
    // gone
    int queuedSegments;
    long segmentsProcessed;
    long droppedFlowLimit;
    long droppedNoConnection;

    @Nullable
    TimerBucket bucket;

    @Nullable
    FarEnd farEnd;

    @Nullable
    SegmentListener listener;

    @Nullable
    WireListener capture;

    BucketRows(PiecePool pool) {
        super(pool);
        packed = new PackedRows(pool);
    }

    /** The bucket has another owner, from whose pool it takes pieces now. */
    @Override
    void pool(PiecePool pool) {
        super.pool(pool);
        packed.pool(pool);
    }

    void attach(TimerBucket newBucket) {
        assert bucket == null : "already attached to bucket " + bucket.id();
        bucket = newBucket;
    }

    /** Rows in use of what connections have on demand. */
    int onDemand() {
        return taken(RowKind.SEGMENT)
                | taken(RowKind.SENT)
                | taken(RowKind.SENDING)
                | taken(RowKind.REASSEMBLY)
                | NumberedRows.taken(numbers(NumberKind.LOCAL_ENTRIES))
                | NumberedRows.taken(numbers(NumberKind.REMOTE_ENTRIES));
    }
}
