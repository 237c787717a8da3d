package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.tcp.Side;
import io.wheelhouse.tcp.TcpBucketWork;
import io.wheelhouse.tcp.path.DropCause;
import io.wheelhouse.timer.bucket.BucketListener;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same seed gives the same arrivals, delays and losses, by connection, stream and ordinal, whatever the policy, the
 * structure, the tick or the discipline: so runs that differ in those can be compared in pairs.
 */
class PairedSeedsTest {
    private static final String SYNTHETIC = """
            name: synthetic
            seed: 8
            duration: 1s
            host: {processors: 4, tick: none}
            hash: {buckets: 16}
            timers: {entries: per-timer}
            assigner: {interval: 50ms}
            connections:
              - name: timers
                count: 200
                traffic:
                  kind: synthetic
                  arrivals: {poisson: 200/s}
                  delay: {exponential: {mean: 10ms}}
                  cancelled: 30%
                  service: {exponential: {mean: 40us}}
            """;

    /** What a run shows of its draws. */
    private static final class Log implements BucketListener {
        /** When each connection's packets came, in order; for the first of TCP's that is its opening and its delay. */
        final Map<Long, List<Long>> arrivalsNs = new TreeMap<>();

        /** Which segments of a direction of a connection were lost, in order of sending. */
        final Map<Long, List<Boolean>> losses = new TreeMap<>();

        @Override
        public void packetServed(
                TimerBucket bucket, int connection, int packet, long arrivalNs, long startNs, long endNs) {
            long key = ((long) bucket.id() << 32) | connection;
            arrivalsNs.computeIfAbsent(key, none -> new ArrayList<>()).add(arrivalNs);
        }

        @Override
        public void timerServed(TimerBucket bucket, int connection, int timer, Firing firing, long endNs) {}

        void watchSegments(TimerBucket bucket) {
            if (bucket.work() instanceof TcpBucketWork tcp) {
                tcp.segmentListener((index, side, nowNs, seq, ack, flags, length, cause) -> losses.computeIfAbsent(
                                2L * index + (side == Side.LOCAL ? 0 : 1), none -> new ArrayList<>())
                        .add(cause == DropCause.LOSS));
            }
        }
    }

    private static Log run(Scenario scenario) {
        Log log = new Log();
        Instrumentation instrumentation =
                new Instrumentation(UnaryOperator.identity(), UnaryOperator.identity(), log, (atNs, buckets) -> {
                    if (atNs == scenario.output().intervalNs()) {
                        // Before the first connection opens.
                        buckets.forEach(log::watchSegments);
                    }
                });
        assertThat(VirtualEngine.run(scenario, EngineOptions.quiet(1), instrumentation)
                        .laws()
                        .kept())
                .isTrue();
        return log;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assigner.policy=static",
                "assigner.policy=single",
                "assigner.index=ratio",
                "timers.structure=hierarchical",
                "timers.structure=heap",
                "timers.structure=scan",
                "host.tick=none",
                "host.tick=1ms",
                "queueing.discipline=sfq",
                "queueing.between-buckets.discipline=drr",
                "host.costs.expire=5us"
            })
    void arrivalsDelaysAndLossesAreThoseOfTheSeed(String setting) {
        // Nobody opens in the first millisecond: the listener comes at its end.
        String late = Scenarios.BUSY.replace("arrivals: {uniform: 200ms}", "arrivals: {at: 10ms}");
        Log one = run(Scenarios.of(late, "output.interval=1ms"));
        Log other = run(Scenarios.of(late, "output.interval=1ms", setting));
        assertThat(one.arrivalsNs).hasSize(400);
        assertThat(firstOf(other.arrivalsNs)).isEqualTo(firstOf(one.arrivalsNs));
        assertThat(commonPrefix(one.losses, other.losses)).isGreaterThan(20_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assigner.policy=proportional",
                "timers.structure=heap",
                "host.tick=4ms",
                "queueing.discipline=drr",
                "queueing.between-buckets.discipline=sfq"
            })
    void syntheticTimersArriveWhenTheSeedSays(String setting) {
        Log one = run(Scenarios.of(SYNTHETIC));
        Log other = run(Scenarios.of(SYNTHETIC, setting));
        assertThat(one.arrivalsNs).hasSize(200);
        assertThat(commonPrefix(one.arrivalsNs, other.arrivalsNs)).isGreaterThan(40_000);
    }

    private static Map<Long, Long> firstOf(Map<Long, List<Long>> instantsNs) {
        Map<Long, Long> first = new TreeMap<>();
        instantsNs.forEach((connection, instants) -> first.put(connection, instants.get(0)));
        return first;
    }

    /** How many entries the lists have together, as far as both go; fails where they are not the same. */
    private static <T> long commonPrefix(Map<Long, List<T>> one, Map<Long, List<T>> other) {
        assertThat(other.keySet()).isEqualTo(one.keySet());
        long compared = 0;
        for (Map.Entry<Long, List<T>> entry : one.entrySet()) {
            List<T> theirs = other.getOrDefault(entry.getKey(), List.of());
            int common = Math.min(entry.getValue().size(), theirs.size());
            assertThat(theirs.subList(0, common))
                    .as("of %d", entry.getKey())
                    .isEqualTo(entry.getValue().subList(0, common));
            compared += common;
        }
        return compared;
    }
}
