package io.wheelhouse.tcp;

import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the connections of one bucket are, as rows, and what became of its segments. It moves with the bucket; the
 * code that acts on it belongs to a {@link TcpStack}, which is bound to one bucket after another.
 */
final class BucketRows {
    // of ConnectionRows
    final NumberedRows places = ConnectionRows.newPlaces();
    final RowStack wide;
    final PackedRows packed;
    final PooledRows lastArrivals;
    final PooledRows linkRings;
    final PooledRows linkWaiting;
    final PooledRows cold;
    int settled;

    // of the classes of these names
    final PooledRows segments;
    final PooledRows sacks;
    final PooledRows sent;
    final PooledRows sending;
    final PooledRows controls;
    final PooledRows reassembly;
    final NumberedRows localEntries = TimerNumbers.newRows();
    final NumberedRows remoteEntries = TimerNumbers.newRows();
    private final List<PooledRows> pooled;

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

    BucketRows(ConnectionLayout layout, PiecePool pool) {
        wide = ConnectionRows.newWide(layout, pool);
        packed = new PackedRows(pool);
        lastArrivals = ConnectionRows.newLastArrivals(pool);
        linkRings = ConnectionRows.newLinkRings(pool);
        linkWaiting = LinkQueues.newRows(pool);
        cold = ColdRows.newRows(pool);
        segments = Segments.newRows(pool);
        sacks = Segments.newSacks(pool);
        sent = SentSegments.newRows(pool);
        sending = SendRows.newRows(layout, pool);
        controls = SendRows.newControls(layout, pool);
        reassembly = Reassembly.newRows(pool);
        pooled = List.of(
                lastArrivals, linkRings, linkWaiting, cold, segments, sacks, sent, sending, controls, reassembly);
    }

    /** The bucket has another owner, from whose pool it takes pieces now. */
    void pool(PiecePool pool) {
        wide.pool(pool);
        packed.pool(pool);
        pooled.forEach(rows -> rows.pool(pool));
    }

    void attach(TimerBucket newBucket) {
        assert bucket == null : "already attached to bucket " + bucket.id();
        bucket = newBucket;
    }

    /** Rows in use of what connections have on demand. */
    int onDemand() {
        return segments.taken()
                | sent.taken()
                | sending.taken()
                | controls.taken()
                | reassembly.taken()
                | localEntries.taken()
                | remoteEntries.taken();
    }
}
