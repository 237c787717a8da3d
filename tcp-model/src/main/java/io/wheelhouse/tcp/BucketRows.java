package io.wheelhouse.tcp;

import io.wheelhouse.timer.bucket.TimerBucket;
import org.jspecify.annotations.Nullable;

/**
 * All that the connections of one bucket are, as rows, and what became of its segments. It moves with the bucket; the
 * code that acts on it belongs to a {@link TcpStack}, which is bound to one bucket after another.
 */
final class BucketRows {
    // of ConnectionRows
    final IntRows places = ConnectionRows.newPlaces();
    final RowStack wide;
    final PackedRows packed = new PackedRows();
    final IntRows lastArrivals = ConnectionRows.newLastArrivals();
    final IntRows linkRings = ConnectionRows.newLinkRings();
    final IntRows linkWaiting = LinkQueues.newRows();
    final IntRows cold = ColdRows.newRows();
    int settled;

    // of the classes of these names
    final IntRows segments = Segments.newRows();
    final IntRows sacks = Segments.newSacks();
    final IntRows sent = SentSegments.newRows();
    final IntRows sending;
    final IntRows controls;
    final IntRows reassembly = Reassembly.newRows();
    final IntRows localEntries = TimerNumbers.newRows();
    final IntRows remoteEntries = TimerNumbers.newRows();

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

    BucketRows(ConnectionLayout layout) {
        wide = ConnectionRows.newWide(layout);
        sending = SendRows.newRows(layout);
        controls = SendRows.newControls(layout);
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
