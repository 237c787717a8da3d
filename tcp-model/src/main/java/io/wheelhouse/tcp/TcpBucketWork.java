package io.wheelhouse.tcp;

import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.bucket.BucketWork;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * TCP as the work of one bucket: both ends of its connections, the segments between them, and their timers, as rows; and
 * the {@link TcpStack} of the bucket's owner, which acts on them.
 *
 * <p>Segments of both ends are either sent and dropped by the path, in flight, refused by the queue discipline, queued,
 * processed, or dropped because the connection is gone; {@link #checkInvariants} holds the counts together.
 *
 * <p>Thread: the bucket's owner; at a barrier also the coordinator. Cost: O(1) an event, and O(segments in flight) at a
 * retransmission timeout. Nothing is allocated once the rows have grown to what the bucket holds at its busiest.
 */
public final class TcpBucketWork implements BucketWork {
    private final BucketRows rows;
    private final RowTouch touchRows;
    private TcpStack stack;

    /** Makes the work of a bucket without connections, with a stack of its own; {@link #attach} it before anything else. */
    public TcpBucketWork(TcpConfig config) {
        this(new TcpStack(config));
    }

    /** Makes the work of a bucket without connections; {@link #attach} it to its bucket before anything else. */
    public TcpBucketWork(TcpStack stack) {
        this.stack = stack;
        rows = new BucketRows(stack.pool());
        touchRows = stack.config.touch;
    }

    /** Binds the work to the bucket that was made with it. */
    public void attach(TimerBucket bucket) {
        assert bucket.work() == this : "bucket " + bucket.id() + " has other work";
        rows.attach(bucket);
    }

    /** Gives the work to the stack of the bucket's owner; called at each handover. */
    public void stack(TcpStack ownersStack) {
        ownersStack.forget(rows);
        rows.pool(ownersStack.pool());
        stack = ownersStack;
    }

    /** Sets who is told what happens from now on in all buckets of the same stack. */
    public void observer(TcpObserver observer) {
        stack.observer(observer);
    }

    /** Sets who is told of every segment sent by either end; null for nobody. */
    public void segmentListener(@Nullable SegmentListener listener) {
        rows.listener = listener;
    }

    /** Sets who is told, of some connections, what is on the wire; null for nobody, which costs nothing. */
    public void capture(@Nullable WireListener listener) {
        rows.capture = listener;
    }

    /** The stack, bound to this bucket. */
    private TcpStack bound() {
        stack.bind(rows);
        return stack;
    }

    /**
     * Makes a connection and schedules its opening.
     *
     * @param group its group's number
     * @param index its number in the run, which its draws and its 4-tuple depend on
     * @param atNs when its opener opens
     * @return its number in the bucket
     */
    public int open(int group, int index, long atNs) {
        return bound().open(group, index, atNs);
    }

    /**
     * Packs the state of connections that have been left alone for a while. Changes nothing that a run can show; call it
     * now and then, between the bucket's steps.
     */
    public void settle() {
        bound().settle();
    }

    // ---- the bucket's calls

    @Override
    public void onEvent(TimerBucket bucket, int connection, int event, long atNs) {
        bound().onEvent(bucket, connection, event, atNs);
    }

    @Override
    public void onPacket(TimerBucket bucket, int connection, int packet, ServiceMeter meter) {
        bound().onPacket(bucket, connection, packet, meter);
    }

    @Override
    public void onExpiry(TimerBucket bucket, int timer, Firing firing, ServiceMeter meter) {
        bound().onExpiry(timer, firing, meter);
    }

    @Override
    public void onOutsideExpiry(TimerBucket bucket, int timer, long atNs) {
        bound().onOutsideExpiry(timer, atNs);
    }

    @Override
    public int connectionOf(int timer) {
        return TimerNumbers.connection(rows.numbers(RowArena.NumberKind.LOCAL_ENTRIES), timer);
    }

    @Override
    public long touchEvent(int connection, int event, boolean servedSoon) {
        boolean isSegment = EventCode.kind(event) == EventCode.SEGMENT;
        if (isSegment && !rows.isThere(event)) {
            // an event that is over, and its segment with it
            return 0;
        }
        if (isSegment ? !Segments.isForLocal(rows, event) : EventCode.kind(event) == EventCode.WAKE_REMOTE) {
            return touchRows.remote(rows, connection);
        }
        return servedSoon ? touchRows.local(rows, connection) : touchRows.arrival(rows, connection);
    }

    @Override
    public long touchItem(int connection) {
        return touchRows.local(rows, connection);
    }

    @Override
    public long touchOutside(int timer) {
        return touchRows.remote(rows, TimerNumbers.connection(rows.numbers(RowArena.NumberKind.REMOTE_ENTRIES), timer));
    }

    // ---- an end by itself

    /** Sets who takes the place of all far ends; only for a bucket of {@link #solo} connections. */
    void farEnd(FarEnd farEnd) {
        rows.farEnd = farEnd;
    }

    /** Makes a connection of which only the processor's side exists, closed. It is never given back. */
    int solo(int iss) {
        return bound().solo(iss);
    }

    /** Lets the application at the processor's side act, at the meter's time. */
    void act(int connection, ServiceMeter meter, Consumer<Endpoint> action) {
        bound().act(connection, meter, action);
    }

    /** A segment that no end of this bucket sent arrives at the processor's side. */
    void inject(int connection, TcpSegment segment, long atNs) {
        bound().inject(connection, segment, atNs);
    }

    // ---- for tests

    TcpConfig config() {
        return stack.config;
    }

    void scheduleWake(int connection, Side side, long atNs) {
        rows().goTo(connection);
        stack.scheduleWake(connection, side, atNs);
    }

    Endpoint endpoint(Side side) {
        return bound().endpoint(side);
    }

    Wire wire() {
        return bound().wire();
    }

    ConnectionRows rows() {
        return bound().connections();
    }

    // ---- readings

    /** Connections whose state is packed. */
    public int packedConnections() {
        return connections() - rows.taken(RowKind.WIDE);
    }

    /** Connections that at least one end knows, or that are still to be opened. */
    public int connections() {
        return NumberedRows.taken(rows.numbers(RowArena.NumberKind.PLACES));
    }

    /** Segments of both ends on the path. */
    public int segmentsInFlight() {
        return rows.taken(RowKind.SEGMENT) - rows.queuedSegments;
    }

    /** Segments that have arrived and wait for the processor. */
    public int segmentsQueued() {
        return rows.queuedSegments;
    }

    /** Segments sent by both ends so far. */
    public long segmentsSent() {
        return rows.segmentsSent;
    }

    /** Segments that an end processed. */
    public long segmentsProcessed() {
        return rows.segmentsProcessed;
    }

    /** Segments that the path or the queue discipline dropped, and those for a connection that was gone. */
    public long segmentsDropped() {
        return rows.segmentsDropped + rows.droppedFlowLimit + rows.droppedNoConnection;
    }

    /** Whether no row of what connections have on demand is in use. */
    boolean isAllGivenBack() {
        return rows.onDemand() == 0;
    }

    /** Walks over the connections and their armed timers as they are at an instant. */
    public void census(long nowNs, CensusVisitor visitor) {
        bound().census(nowNs, visitor);
    }

    /** The group of a connection that at least one end knows, or that has just ended. */
    public int groupOf(int connection) {
        return bound().groupOf(connection);
    }

    /** Throws {@link AssertionError}, with the values in it, if the counts of segments do not balance. */
    public void checkInvariants() {
        long accounted = segmentsProcessed() + segmentsDropped() + segmentsInFlight() + segmentsQueued();
        if (segmentsSent() != accounted || segmentsInFlight() < 0) {
            throw new AssertionError("segments sent " + segmentsSent() + ", processed " + segmentsProcessed()
                    + ", dropped " + segmentsDropped() + ", in flight " + segmentsInFlight() + ", queued "
                    + segmentsQueued());
        }
    }
}
