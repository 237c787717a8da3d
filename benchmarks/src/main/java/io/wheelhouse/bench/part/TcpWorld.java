package io.wheelhouse.bench.part;

import io.wheelhouse.tcp.Application;
import io.wheelhouse.tcp.EntrySharing;
import io.wheelhouse.tcp.HostPort;
import io.wheelhouse.tcp.Prefix;
import io.wheelhouse.tcp.Side;
import io.wheelhouse.tcp.TcpBucketWork;
import io.wheelhouse.tcp.TcpConfig;
import io.wheelhouse.tcp.TcpGroup;
import io.wheelhouse.tcp.TcpStack;
import io.wheelhouse.tcp.TupleSpace;
import io.wheelhouse.tcp.path.Path;
import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.random.Distribution;
import io.wheelhouse.timer.bucket.Agenda;
import io.wheelhouse.timer.bucket.FifoDiscipline;
import io.wheelhouse.timer.bucket.RunQueue;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.bucket.WorkItems;
import io.wheelhouse.timer.queue.HierarchicalWheel;
import io.wheelhouse.timer.thread.Processor;
import java.util.List;
import java.util.Map;

/**
 * A processor that owns all TCP connections, in 256 buckets, as the virtual engine makes it: events gathered, timers exact
 * to the millisecond. Two Linux ends, of which the far one delays its acknowledgments, 20 ms apart; nothing is lost.
 */
final class TcpWorld {
    static final long MS = 1_000_000;

    private static final long SEED = 7;
    private static final int BUCKETS = 256;
    private static final long TICK_NS = MS;
    private static final long DELAY_NS = 20 * MS;

    private final TcpBucketWork[] works = new TcpBucketWork[BUCKETS];
    private final FreeMeter meter = new FreeMeter();
    private final Processor processor = new Processor(0, new TickGrid(TICK_NS, 0), new RunQueue(), new Agenda(true));
    private final int connections;

    /**
     * @param application runs at both ends
     * @param connections opened evenly over a time
     */
    TcpWorld(Application application, int connections, long openingNs) {
        this.connections = connections;
        TcpStack stack = new TcpStack(config(application));
        TimerBucket[] buckets = new TimerBucket[BUCKETS];
        for (int id = 0; id < BUCKETS; id++) {
            works[id] = new TcpBucketWork(stack);
            WorkItems items = new WorkItems();
            buckets[id] =
                    new TimerBucket(id, HierarchicalWheel.byTick(TICK_NS), new FifoDiscipline(items), items, works[id]);
            works[id].attach(buckets[id]);
            processor.adopt(buckets[id], 0, 0);
        }
        for (int connection = 0; connection < connections; connection++) {
            int bucket = connection % BUCKETS;
            works[bucket].open(0, connection, openingNs * connection / connections);
            processor.scheduleChanged(buckets[bucket]);
        }
    }

    private static TcpConfig config(Application application) {
        Profile linux = Profile.named("linux");
        TcpGroup group = new TcpGroup(
                "peers",
                linux,
                linux.with(Map.of("ack-rule", "rfc5681")),
                Path.of(SEED, Distribution.constant(DELAY_NS)),
                new TupleSpace(HostPort.parse("10.0.0.1:443"), Prefix.parse("100.64.0.0/10"), SEED),
                application,
                true,
                Side.LOCAL);
        return new TcpConfig(SEED, List.of(group), EntrySharing.PER_TIMER);
    }

    int connections() {
        return connections;
    }

    long nowNs() {
        return meter.nowNs();
    }

    /** Runs all that happens before an instant. */
    void runUntil(long untilNs) {
        while (meter.nowNs() < untilNs) {
            processor.happen(meter, untilNs);
            if (processor.step(meter, untilNs)) {
                continue;
            }
            meter.idleUntil(Math.min(untilNs, Math.max(processor.upcomingNs(), meter.nowNs())));
        }
    }

    /** Has the state packed of all connections that were left alone since the call before. */
    void settle() {
        for (TcpBucketWork work : works) {
            work.settle();
        }
    }

    int packedConnections() {
        int packed = 0;
        for (TcpBucketWork work : works) {
            packed += work.packedConnections();
        }
        return packed;
    }

    /** Segments that either end has processed so far. */
    long segmentsProcessed() {
        long processed = 0;
        for (TcpBucketWork work : works) {
            processed += work.segmentsProcessed();
        }
        return processed;
    }
}
