package io.wheelhouse.tcp;

import io.wheelhouse.tcp.random.Draw;
import io.wheelhouse.tcp.random.Stream;
import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.bucket.BucketWork;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * TCP as the work of one bucket: both ends of its connections, the segments between them, and their timers.
 *
 * <p>What happens at the processor's side waits its turn and is charged: a segment processed, a segment sent, a timer
 * armed or fired. What happens at the far end happens at its instant and costs nothing. Both run the same code.
 *
 * <p>Segments of both ends are either sent and dropped by the path, in flight, refused by the queue discipline, queued,
 * processed, or dropped because the connection is gone; {@link #checkInvariants} holds the counts together.
 *
 * <p>Thread: the bucket's owner; at a barrier also the coordinator. Cost: O(1) an event, and O(segments in flight) at a
 * retransmission timeout. Nothing is allocated once the rows have grown to what the bucket holds at its busiest.
 */
public final class TcpBucketWork implements BucketWork {
    private final TcpConfig config;
    private final Tally tally = new Tally();
    private final BucketState shared;
    private final Wire wire;
    private final LocalTimers localTimers;
    private final OutsideTimers outsideTimers;
    private final Endpoint local;
    private final Endpoint remote;
    private final ArrivedSegment segment = new ArrivedSegment();
    private final Connection facade = new Connection(this);
    private final LocalTimers.Callback localTimerFired;
    private @Nullable FarEnd farEnd;
    private int queuedSegments;
    private long processed;
    private long droppedNoConnection;
    private long droppedFlowLimit;

    /** Makes the work of a bucket without connections; {@link #attach} it to its bucket before anything else. */
    public TcpBucketWork(TcpConfig config) {
        this.config = config;
        shared = new BucketState(config.layout);
        wire = new Wire(shared, tally, config.paths);
        localTimers = new LocalTimers(shared, tally, config.entries(), config.localSettings);
        outsideTimers = new OutsideTimers(shared);
        local = new Endpoint(new EndContext(Side.LOCAL, shared, wire, tally, localTimers, config.localSettings));
        remote = new Endpoint(new EndContext(Side.REMOTE, shared, wire, tally, outsideTimers, config.remoteSettings));
        localTimerFired = local::timerFired;
    }

    /** Binds the work to the bucket that was made with it. */
    public void attach(TimerBucket bucket) {
        assert bucket.work() == this : "bucket " + bucket.id() + " has other work";
        shared.attach(bucket);
    }

    /** Sets who is told what happens from now on: the owner's, so called at each handover. */
    public void observer(TcpObserver observer) {
        tally.observer(observer);
    }

    /** Sets who is told of every segment sent by either end; null for nobody. */
    public void segmentListener(@Nullable SegmentListener listener) {
        wire.listener(listener);
    }

    /** Sets who is told, of some connections, what is on the wire; null for nobody, which costs nothing. */
    public void capture(@Nullable WireListener listener) {
        wire.capture(listener);
    }

    // ---- opening

    /**
     * Makes a connection and schedules its opening.
     *
     * @param group its group's number
     * @param index its number in the run, which its draws and its 4-tuple depend on
     * @param atNs when its opener opens
     * @return its number in the bucket
     */
    public int open(int group, int index, long atNs) {
        TcpGroup of = config.groups().get(group);
        int connection = shared.connections.take(group, index);
        boolean localOpens = of.opener() == Side.LOCAL;
        bind(local, connection, null, atNs);
        local.create((int) Draw.bits(config.seed(), index, Stream.ISS_LOCAL, 0), !localOpens);
        bind(remote, connection, null, atNs);
        remote.create((int) Draw.bits(config.seed(), index, Stream.ISS_REMOTE, 0), localOpens);
        shared.connections.addReference(connection);
        shared.bucket().schedule(atNs, connection, EventCode.of(EventCode.OPEN, 0));
        return connection;
    }

    // ---- an end by itself

    /** Sets who takes the place of all far ends; only for a bucket of {@link #solo} connections. */
    void farEnd(FarEnd newFarEnd) {
        farEnd = newFarEnd;
    }

    /** Makes a connection of which only the processor's side exists, closed. It is never given back. */
    int solo(int iss) {
        int connection = shared.connections.take(0, 0);
        shared.connections.addReference(connection);
        bind(local, connection, null, 0);
        local.create(iss, false);
        return connection;
    }

    /** Lets the application at the processor's side act, at the meter's time. */
    void act(int connection, ServiceMeter meter, Consumer<Endpoint> action) {
        bind(local, connection, meter, 0);
        action.accept(local);
        done(local, connection);
    }

    /** A segment that no end of this bucket sent arrives at the processor's side. */
    void inject(int connection, TcpSegment segment, long atNs) {
        wire.inject(connection, segment, atNs);
    }

    void scheduleWake(int connection, Side side, long atNs) {
        int kind = side == Side.LOCAL ? EventCode.WAKE_LOCAL : EventCode.WAKE_REMOTE;
        shared.connections.addReference(connection);
        shared.bucket().schedule(atNs, connection, EventCode.of(kind, 0));
    }

    /**
     * Packs the state of connections that have been left alone for a while. Changes nothing that a run can show; call it
     * now and then, between the bucket's steps.
     */
    public void settle() {
        shared.connections.settle();
    }

    /** Connections whose state is packed. */
    public int packedConnections() {
        return shared.connections.packedRows();
    }

    // ---- the bucket's calls

    @Override
    public void onEvent(TimerBucket bucket, int connection, int event, long atNs) {
        switch (EventCode.kind(event)) {
            case EventCode.SEGMENT -> segmentOnPath(bucket, connection, event, atNs);
            case EventCode.OPEN -> {
                if (opener(connection) == Side.LOCAL) {
                    queue(bucket, connection, EventCode.OPEN, atNs);
                } else {
                    bind(remote, connection, null, atNs);
                    openNow(remote, connection);
                }
            }
            case EventCode.WAKE_LOCAL -> queue(bucket, connection, EventCode.WAKE_LOCAL, atNs);
            default -> {
                bind(remote, connection, null, atNs);
                wake(remote, connection);
            }
        }
    }

    private void queue(TimerBucket bucket, int connection, int kind, long atNs) {
        int ordinal = shared.connections.arrived(connection);
        bucket.packetArrived(connection, EventCode.of(kind, ordinal), atNs);
    }

    private void segmentOnPath(TimerBucket bucket, int connection, int row, long atNs) {
        if (!shared.segments.isForLocal(row)) {
            segmentAtFarEnd(connection, row, atNs);
        } else if (bucket.admitsPacket(connection)) {
            shared.segments.ordinal(row, shared.connections.arrived(connection));
            queuedSegments++;
            bucket.packetArrived(connection, EventCode.segment(row), atNs);
        } else {
            refuse(connection, row, atNs);
        }
    }

    private void segmentAtFarEnd(int connection, int row, long atNs) {
        FarEnd instead = farEnd;
        if (instead == null) {
            bind(remote, connection, null, atNs);
            segmentArrives(remote, connection, row);
        } else {
            segment.take(shared.segments, row);
            shared.connections.dropReference(connection);
            processed++;
            instead.segmentArrives(connection, segment, atNs);
        }
    }

    private void refuse(int connection, int row, long atNs) {
        bind(local, connection, null, atNs);
        shared.bucket().note(atNs);
        shared.segments.release(row);
        shared.connections.dropReference(connection);
        droppedFlowLimit++;
        local.context().countConnection(TcpCount.DROPPED_FLOW_LIMIT);
        releaseIfGone(connection);
    }

    @Override
    public void onPacket(TimerBucket bucket, int connection, int packet, ServiceMeter meter) {
        bind(local, connection, meter, 0);
        int kind = EventCode.kind(packet);
        int ordinal = kind == EventCode.SEGMENT ? shared.segments.ordinal(packet) : EventCode.payload(packet);
        if (!shared.connections.served(connection, ordinal)) {
            bucket.laws().packetOutOfOrder();
        }
        switch (kind) {
            case EventCode.SEGMENT -> {
                queuedSegments--;
                meter.charge(Cost.SEGMENT_IN);
                segmentArrives(local, connection, packet);
            }
            case EventCode.OPEN -> openNow(local, connection);
            default -> wake(local, connection);
        }
    }

    @Override
    public void onExpiry(TimerBucket bucket, int timer, Firing firing, ServiceMeter meter) {
        int connection = connectionOf(timer);
        bind(local, connection, meter, 0);
        localTimers.served(timer, firing, localTimerFired);
        done(local, connection);
    }

    @Override
    public void onOutsideExpiry(TimerBucket bucket, int timer, long atNs) {
        int connection = shared.remoteEntries.connection(timer);
        int slot = shared.remoteEntries.entry(timer);
        bind(remote, connection, null, atNs);
        remote.timerFired(outsideTimers.expired(slot));
        done(remote, connection);
    }

    @Override
    public int connectionOf(int timer) {
        return localTimers.connectionOf(timer);
    }

    // ---- what happens at an end

    private static void bind(Endpoint endpoint, int connection, @Nullable ServiceMeter meter, long atNs) {
        endpoint.context().bind(connection, meter, atNs);
    }

    private void openNow(Endpoint endpoint, int connection) {
        shared.connections.dropReference(connection);
        tally.count(TcpCount.CONNECTIONS_STARTED, shared.connections.group(connection), 1);
        endpoint.open();
        done(endpoint, connection);
    }

    private void segmentArrives(Endpoint endpoint, int connection, int row) {
        segment.take(shared.segments, row);
        shared.connections.dropReference(connection);
        if (endpoint.state() == TcpState.CLOSED) {
            droppedNoConnection++;
            endpoint.context().countConnection(TcpCount.DROPPED_NO_CONNECTION);
        } else {
            processed++;
            endpoint.context().count(TcpCount.SEGMENTS_PROCESSED, TcpCount.SEGMENTS_PROCESSED_OUTSIDE, 1);
        }
        endpoint.segmentArrives(segment);
        done(endpoint, connection);
    }

    private void wake(Endpoint endpoint, int connection) {
        shared.connections.dropReference(connection);
        if (endpoint.state() != TcpState.CLOSED) {
            EndContext end = endpoint.context();
            facade.bind(connection, end.side);
            application(connection).onWake(facade, end.side, end.nowNs());
        }
        done(endpoint, connection);
    }

    /** Tells the application what has happened, and forgets a connection of which nothing is left. */
    private void done(Endpoint endpoint, int connection) {
        EndContext end = endpoint.context();
        if (end.hasNews()) {
            if (end.hasDelivered() && end.settings().readsAtOnce) {
                endpoint.applicationRead();
            }
            facade.bind(connection, end.side);
            Application application = application(connection);
            while (end.hasNews()) {
                end.tell(application, facade);
            }
        }
        releaseIfGone(connection);
    }

    private void releaseIfGone(int connection) {
        if (shared.connections.references(connection) == 0 && isGone(connection, local) && isGone(connection, remote)) {
            shared.bucket().connectionEnded(connection, groupOf(connection));
            shared.connections.release(connection);
        }
    }

    private boolean isGone(int connection, Endpoint endpoint) {
        EndContext end = endpoint.context();
        shared.connections.bind(end.row, connection, end.side);
        TcpState state = endpoint.state();
        return state == TcpState.CLOSED || state == TcpState.LISTEN;
    }

    private Side opener(int connection) {
        return config.groups().get(shared.connections.group(connection)).opener();
    }

    private Application application(int connection) {
        return config.applications[shared.connections.group(connection)];
    }

    // ---- for the facade

    Endpoint endpoint(Side side) {
        return side == Side.LOCAL ? local : remote;
    }

    TcpConfig config() {
        return config;
    }

    Wire wire() {
        return wire;
    }

    ConnectionRows rows() {
        return shared.connections;
    }

    void countMessage(int connection) {
        tally.count(TcpCount.MESSAGES_COMPLETED, shared.connections.group(connection), 1);
    }

    // ---- readings

    /** Connections that at least one end knows, or that are still to be opened. */
    public int connections() {
        return shared.connections.taken();
    }

    /** Segments of both ends on the path. */
    public int segmentsInFlight() {
        return shared.segments.taken() - queuedSegments;
    }

    /** Segments that have arrived and wait for the processor. */
    public int segmentsQueued() {
        return queuedSegments;
    }

    /** Segments sent by both ends so far. */
    public long segmentsSent() {
        return wire.sent();
    }

    /** Segments that an end processed. */
    public long segmentsProcessed() {
        return processed;
    }

    /** Segments that the path or the queue discipline dropped, and those for a connection that was gone. */
    public long segmentsDropped() {
        return wire.dropped() + droppedFlowLimit + droppedNoConnection;
    }

    /** Whether no row of what connections have on demand is in use. */
    boolean isAllGivenBack() {
        return (shared.segments.taken()
                        | shared.sent.taken()
                        | shared.sending.taken()
                        | shared.reassembly.taken()
                        | shared.localEntries.taken()
                        | shared.remoteEntries.taken())
                == 0;
    }

    /** Walks over the connections and their armed timers as they are at an instant. */
    public void census(long nowNs, CensusVisitor visitor) {
        EndRow localRow = shared.connections.newEndRow();
        EndRow remoteRow = shared.connections.newEndRow();
        for (int connection = 0; connection < shared.connections.limit(); connection++) {
            if (shared.connections.isTaken(connection)) {
                int group = shared.connections.peek(localRow, remoteRow, connection);
                visitor.connection(group, localRow.state(), remoteRow.state());
                visitTimers(connection, group, localRow, nowNs, visitor);
            }
        }
    }

    private void visitTimers(int connection, int group, EndRow row, long nowNs, CensusVisitor visitor) {
        for (int slot = 0; slot < TimerSlot.COUNT; slot++) {
            TcpTimer timer = row.armed(slot);
            if (timer != null) {
                visitor.pending(timer, group);
                if (!localTimers.isHeld(connection, group, row, slot)) {
                    visitor.lost(timer, group);
                }
                long ageNs = localTimers.expiredForNs(group, row, slot, nowNs);
                if (ageNs >= 0) {
                    visitor.overdue(timer, group, ageNs);
                }
            }
        }
    }

    /** The group of a connection that at least one end knows, or that has just ended. */
    public int groupOf(int connection) {
        return shared.connections.peekGroup(connection);
    }

    /** Throws {@link AssertionError}, with the values in it, if the counts of segments do not balance. */
    public void checkInvariants() {
        long accounted = processed + segmentsDropped() + segmentsInFlight() + queuedSegments;
        if (wire.sent() != accounted || segmentsInFlight() < 0) {
            throw new AssertionError("segments sent " + wire.sent() + ", processed " + processed + ", dropped "
                    + segmentsDropped() + ", in flight " + segmentsInFlight() + ", queued " + queuedSegments);
        }
    }
}
