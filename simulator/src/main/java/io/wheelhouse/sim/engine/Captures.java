package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.CapturedSegment;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.scenario.ConnectionGroup;
import io.wheelhouse.sim.scenario.OutputSpec;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.tcp.FourTuple;
import io.wheelhouse.tcp.Side;
import io.wheelhouse.tcp.TcpBucketWork;
import io.wheelhouse.tcp.TcpSegment;
import io.wheelhouse.tcp.WireListener;
import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.profile.TcpConstant;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Collects the segments of the connections that a scenario wants saved, as a capture at the modeled host would see them.
 * Each bucket has a list of its own, which its owner's thread appends to; at a barrier all that is older is merged by
 * (time, bucket, order of sending) and told. So the order is the same for any number of host threads. The lists hold what
 * was sent in an interval, and what is on its way.
 */
public final class Captures {
    private static final int MAX_WINDOW = 65_535;
    private static final Comparator<Seen> ORDER =
            Comparator.comparingLong(Seen::atNs).thenComparingInt(Seen::bucket).thenComparingLong(Seen::ordinal);

    private final OutputSpec.Segments chosen;
    private final Population population;
    private final List<GroupWire> groups = new ArrayList<>();
    private final List<Buffer> buffers = new ArrayList<>();
    private final RunListener listener;

    /** What the two profiles of a group make of a SYN. */
    private record GroupWire(Profile local, Profile remote) {
        boolean both(TcpConstant flag) {
            return local.is(flag) && remote.is(flag);
        }

        TcpSegment onWire(Side from, TcpSegment segment) {
            Profile own = from == Side.LOCAL ? local : remote;
            if (!segment.has(TcpSegment.SYN)) {
                return segment;
            }
            boolean answers = segment.has(TcpSegment.ACK);
            boolean sack = answers ? both(TcpConstant.SACK) : own.is(TcpConstant.SACK);
            boolean timestamps = answers ? both(TcpConstant.TIMESTAMPS) : own.is(TcpConstant.TIMESTAMPS);
            TcpSegment.Options carried = segment.options();
            return new TcpSegment(
                    segment.flags(),
                    segment.seq(),
                    segment.ack(),
                    segment.length(),
                    Math.min(segment.window(), MAX_WINDOW),
                    new TcpSegment.Options(
                            own.count(TcpConstant.MSS),
                            own.count(TcpConstant.WINDOW_SCALE),
                            sack,
                            timestamps,
                            carried.tsValue(),
                            carried.tsEcho(),
                            List.of()));
        }

        int shift(Side from, TcpSegment segment) {
            Profile own = from == Side.LOCAL ? local : remote;
            return segment.has(TcpSegment.SYN) ? 0 : own.count(TcpConstant.WINDOW_SCALE);
        }
    }

    /** A segment, and its place in the order. */
    private record Seen(long atNs, int bucket, long ordinal, CapturedSegment segment) {}

    public Captures(Scenario scenario, Population population, RunListener listener) {
        chosen = scenario.output().segments();
        this.population = population;
        this.listener = listener;
        for (ConnectionGroup group : scenario.connections()) {
            groups.add(new GroupWire(
                    Profile.named(scenario.tcp().profile()).with(scenario.tcp().set()),
                    Profile.named(group.remoteTcp().profile())
                            .with(group.remoteTcp().set())));
        }
    }

    /** Listens to a bucket of connections, if any are chosen. */
    public void listenTo(TimerBucket bucket) {
        if (chosen.any() && bucket.work() instanceof TcpBucketWork work) {
            Buffer buffer = new Buffer(bucket.id());
            buffers.add(buffer);
            work.capture(buffer);
        }
    }

    /** Tells of all that was seen before a barrier. */
    public void atBarrier(long nowNs) {
        atBarrier(nowNs, bucket -> true);
    }

    /** Tells of what was seen before a barrier in some of the buckets. */
    public void atBarrier(long nowNs, IntPredicate ofBucket) {
        List<Seen> due = new ArrayList<>();
        for (Buffer buffer : buffers) {
            if (ofBucket.test(buffer.bucket)) {
                buffer.drain(nowNs, due);
            }
        }
        due.sort(ORDER);
        due.forEach(seen -> listener.segment(seen.segment()));
    }

    /** What was seen of one bucket. */
    private final class Buffer implements WireListener {
        private final int bucket;
        private List<Seen> waiting = new ArrayList<>();
        private long ordinal;

        Buffer(int bucket) {
            this.bucket = bucket;
        }

        @Override
        public boolean wants(int index) {
            return chosen.has(population.indexOf(index));
        }

        @Override
        public void segment(int index, Side from, long sentNs, long arrivalNs, TcpSegment segment) {
            long atNs = from == Side.LOCAL ? sentNs : arrivalNs;
            if (atNs < 0) {
                return;
            }
            int group = population.groupOf(index);
            FourTuple tuple = population.space(group).tuple(population.indexOf(index));
            GroupWire wire = groups.get(group);
            CapturedSegment captured = new CapturedSegment(
                    atNs, tuple, from == Side.LOCAL, wire.onWire(from, segment), wire.shift(from, segment));
            waiting.add(new Seen(atNs, bucket, ordinal++, captured));
        }

        void drain(long nowNs, List<Seen> into) {
            List<Seen> later = new ArrayList<>();
            for (Seen seen : waiting) {
                (seen.atNs() < nowNs ? into : later).add(seen);
            }
            waiting = later;
        }
    }
}
