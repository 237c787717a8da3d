package io.wheelhouse.tcp;

import io.wheelhouse.tcp.random.Draw;
import io.wheelhouse.tcp.random.Stream;
import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The TCP code of one timer thread: both ends of the connection at hand, what puts segments on the path, and the timers.
 * It acts on the rows of one bucket after another ({@link TcpBucketWork} binds it), and keeps nothing of any of them.
 *
 * <p>One for each timer thread and not for each bucket: a run has thousands of buckets, and what a bucket had of its own
 * here would have to be fetched from memory for every event.
 *
 * <p>What happens at the processor's side waits its turn and is charged: a segment processed, a segment sent, a timer
 * armed or fired. What happens at the far end happens at its instant and costs nothing. Both run the same code.
 *
 * <p>Thread: that of the owner of the buckets that are bound to it; at a barrier also the coordinator's.
 */
public final class TcpStack {
    final TcpConfig config;
    private final Tally tally;
    private final BucketState shared;
    private final Wire wire;
    private final LocalTimers localTimers;
    private final OutsideTimers outsideTimers;
    private final Endpoint local;
    private final Endpoint remote;
    private final ArrivedSegment segment = new ArrivedSegment();
    private final Connection facade = new Connection(this);
    private final LocalTimers.Callback localTimerFired;

    /** Makes a stack that is bound to no bucket. */
    public TcpStack(TcpConfig config) {
        this.config = config;
        tally = new Tally(config.groups().size());
        shared = new BucketState(config.layout);
        wire = new Wire(shared, tally, config.paths);
        localTimers = new LocalTimers(shared, tally, config.entries(), config.localSettings);
        outsideTimers = new OutsideTimers(shared);
        local = new Endpoint(new EndContext(Side.LOCAL, shared, wire, tally, localTimers, config.localSettings));
        remote = new Endpoint(new EndContext(Side.REMOTE, shared, wire, tally, outsideTimers, config.remoteSettings));
        localTimerFired = local::timerFired;
    }

    /** Sets who is told what happens from now on in the buckets of this stack. */
    public void observer(TcpObserver observer) {
        tally.observer(observer);
    }

    /** Binds the stack to the rows of a bucket, unless they are at hand. */
    void bind(BucketRows rows) {
        if (shared.isBound(rows)) {
            return;
        }
        shared.bind(rows);
    }

    /** Others may have changed these rows since they were at hand here. */
    void forget(BucketRows rows) {
        shared.forget(rows);
    }

    /** Where the tables of this stack's buckets take pieces from. */
    PiecePool pool() {
        return shared.pool;
    }

    private BucketRows rows() {
        return shared.rows();
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
    int open(int group, int index, long atNs) {
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

    /** Makes a connection of which only the processor's side exists, closed. It is never given back. */
    int solo(int iss) {
        int connection = shared.connections.take(0, 0);
        bind(local, connection, null, 0);
        shared.connections.addReference(connection);
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

    /** The group of a connection, whose row stays as it is. */
    int groupOf(int connection) {
        return shared.connections.peekGroup(connection);
    }

    void settle() {
        shared.settle();
    }

    // ---- the bucket's calls

    void onEvent(TimerBucket bucket, int connection, int event, long atNs) {
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
            rows().queuedSegments++;
            bucket.packetArrived(connection, EventCode.segment(row), atNs);
        } else {
            refuse(connection, row, atNs);
        }
    }

    private void segmentAtFarEnd(int connection, int row, long atNs) {
        FarEnd instead = rows().farEnd;
        if (instead == null) {
            bind(remote, connection, null, atNs);
            segmentArrives(remote, connection, row);
        } else {
            shared.segments.takeOut(row, segment);
            shared.connections.goTo(connection);
            shared.connections.dropReference(connection);
            rows().segmentsProcessed++;
            instead.segmentArrives(connection, segment, atNs);
        }
    }

    private void refuse(int connection, int row, long atNs) {
        bind(local, connection, null, atNs);
        shared.bucket().note(atNs);
        shared.segments.release(row);
        shared.connections.dropReference(connection);
        rows().droppedFlowLimit++;
        local.context().countConnection(TcpCount.DROPPED_FLOW_LIMIT);
        if (local.isGone()) {
            releaseIfGone(connection);
        }
    }

    void onPacket(TimerBucket bucket, int connection, int packet, ServiceMeter meter) {
        bind(local, connection, meter, 0);
        int kind = EventCode.kind(packet);
        int ordinal = kind == EventCode.SEGMENT ? shared.segments.ordinal(packet) : EventCode.payload(packet);
        if (!shared.connections.served(connection, ordinal)) {
            bucket.laws().packetOutOfOrder();
        }
        switch (kind) {
            case EventCode.SEGMENT -> {
                rows().queuedSegments--;
                meter.charge(Cost.SEGMENT_IN);
                segmentArrives(local, connection, packet);
            }
            case EventCode.OPEN -> openNow(local, connection);
            default -> wake(local, connection);
        }
    }

    void onExpiry(int timer, Firing firing, ServiceMeter meter) {
        int connection = localTimers.connectionOf(timer);
        bind(local, connection, meter, 0);
        localTimers.served(timer, firing, localTimerFired);
        done(local, connection);
    }

    void onOutsideExpiry(int timer, long atNs) {
        int connection = shared.remoteEntries.connection(timer);
        int slot = shared.remoteEntries.entry(timer);
        bind(remote, connection, null, atNs);
        remote.context().countConnection(TcpCount.TIMERS_FIRED_OUTSIDE);
        remote.timerFired(outsideTimers.expired(slot));
        done(remote, connection);
    }

    // ---- what happens at an end

    private static void bind(Endpoint endpoint, int connection, @Nullable ServiceMeter meter, long atNs) {
        endpoint.bind(connection, meter, atNs);
    }

    private void openNow(Endpoint endpoint, int connection) {
        shared.connections.dropReference(connection);
        tally.count(TcpCount.CONNECTIONS_STARTED, shared.connections.group(connection), 1);
        endpoint.open();
        done(endpoint, connection);
    }

    private void segmentArrives(Endpoint endpoint, int connection, int row) {
        EndContext end = endpoint.context();
        shared.segments.takeOut(row, segment);
        shared.connections.dropReference(connection);
        if (end.row.isClosed()) {
            rows().droppedNoConnection++;
            end.countConnection(TcpCount.DROPPED_NO_CONNECTION);
        } else {
            rows().segmentsProcessed++;
            end.countProcessed();
        }
        endpoint.segmentArrives(segment);
        done(endpoint, connection);
    }

    private void wake(Endpoint endpoint, int connection) {
        shared.connections.dropReference(connection);
        if (!endpoint.isClosed()) {
            EndContext end = endpoint.context();
            facade.bind(connection, end.side);
            application(end).onWake(facade, end.side, end.nowNs());
        }
        done(endpoint, connection);
    }

    /** Tells the application what has happened, and forgets a connection of which nothing is left. */
    private void done(Endpoint endpoint, int connection) {
        EndContext end = endpoint.context();
        if (end.hasNews()) {
            tell(endpoint, connection);
        }
        if (end.row.isGone()) {
            releaseIfGone(connection);
        }
    }

    private void tell(Endpoint endpoint, int connection) {
        EndContext end = endpoint.context();
        if (end.hasDelivered() && end.settings().readsAtOnce) {
            endpoint.applicationRead();
        }
        facade.bind(connection, end.side);
        Application application = application(end);
        while (end.hasNews()) {
            end.tell(application, facade);
        }
    }

    private void releaseIfGone(int connection) {
        if (shared.connections.references(connection) == 0 && isGone(connection, local) && isGone(connection, remote)) {
            shared.bucket().connectionEnded(connection, groupOf(connection));
            shared.connections.release(connection);
        }
    }

    private boolean isGone(int connection, Endpoint endpoint) {
        EndContext end = endpoint.context();
        shared.connections.bind(end.row, connection, shared.connections.endInts(end.side));
        return endpoint.isGone();
    }

    private Side opener(int connection) {
        return config.groups().get(shared.connections.group(connection)).opener();
    }

    private Application application(EndContext end) {
        return config.applications[end.group()];
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

    ConnectionRows connections() {
        return shared.connections;
    }

    void countMessage(int connection) {
        tally.count(TcpCount.MESSAGES_COMPLETED, shared.connections.group(connection), 1);
    }

    /** Walks over the connections and their armed timers as they are at an instant. */
    void census(long nowNs, CensusVisitor visitor) {
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
}
