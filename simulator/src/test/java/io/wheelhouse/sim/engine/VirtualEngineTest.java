package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.metrics.TimerResult;
import io.wheelhouse.sim.scenario.DistributionSpec;
import io.wheelhouse.tcp.TcpCount;
import io.wheelhouse.tcp.TimerCount;
import io.wheelhouse.timer.bucket.BucketListener;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs, looked at from outside. */
class VirtualEngineTest {

    private static RunResult run(String... settings) {
        RunResult result = VirtualEngine.run(Scenarios.of(Scenarios.BUSY, settings), EngineOptions.quiet(1));
        assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
        return result;
    }

    @ParameterizedTest
    @ValueSource(strings = {"hierarchical", "coalescing", "hashed", "heap", "scan"})
    void everyStructureKeepsTheLaws(String structure) {
        RunResult result = run("timers.structure=" + structure);
        assertThat(result.total(TcpCount.MESSAGES_COMPLETED)).isGreaterThan(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hierarchical", "heap", "scan", "coalescing"})
    void everyStructureKeepsTheLawsWithoutATick(String structure) {
        run("timers.structure=" + structure, "host.tick=none");
    }

    /** Exact structures differ in what they cost, not in what they do: free of cost, they give the same run. */
    @Test
    void exactStructuresGiveTheSameRunWhenTheyCostNothing() {
        String[] free = {"host.tick=none", "host.costs.slot-visit=0ns", "host.costs.refile=0ns", ""};
        free[3] = "timers.structure=heap";
        RunResult heap = run(free);
        free[3] = "timers.structure=scan";
        assertThat(run(free).groups()).isEqualTo(heap.groups());
        free[3] = "timers.structure=hierarchical";
        assertThat(run(free).groups()).isEqualTo(heap.groups());
    }

    @ParameterizedTest
    @CsvSource({"per-timer, 1", "per-connection, 2", "as-stack, 1"})
    void everySharingOfEntriesKeepsTheLaws(String entries, int threads) {
        RunResult result = VirtualEngine.run(
                Scenarios.of(Scenarios.BUSY, "timers.entries=" + entries), EngineOptions.quiet(threads));
        assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
    }

    @Test
    void timersAndTcpInOneScenarioAreRefused() {
        String text = Scenarios.BUSY.replace("output:", """
                  - name: timers
                    count: 1
                    remote: 192.0.2.0/24
                    traffic: {kind: synthetic, arrivals: {periodic: 1s}, delay: 1s}
                output:""");
        assertThatThrownBy(() -> Scenarios.of(text))
                .hasMessageContaining("synthetic timers and TCP traffic cannot be mixed");
    }

    /** Twice as much work as one processor can do: it is never idle, and what waits is counted with its age. */
    @Test
    void overloadShowsAsOverdueTimers() {
        RunResult result = VirtualEngine.run(
                new SyntheticScenario(200_000, new DistributionSpec.Constant(10_000))
                        .seconds(2)
                        .build(),
                EngineOptions.quiet(1));
        assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
        TimerResult timers = result.timer(Lane.SYNTHETIC).orElseThrow();
        // the first timers expire after 0.1 s
        assertThat(timers.count(TimerCount.FIRED)).isBetween(189_900L, 190_000L);
        // arming waits too, behind callbacks, so fewer are armed than arrived
        assertThat(result.overdue().count()).isBetween(50_000L, timers.pending());
        assertThat(result.overdue().oldestAgeNs()).isBetween(300_000_000L, 1_900_000_000L);
    }

    @Test
    void aRunThatIsStoppedInItsWarmUpHasMeasuredNothing() {
        AtomicInteger barriers = new AtomicInteger();
        RunResult result = VirtualEngine.run(
                Scenarios.of(Scenarios.BUSY, "warmup=1s"),
                new EngineOptions(1, RunListener.NONE, () -> barriers.incrementAndGet() > 4));
        assertThat(result.interrupted()).isTrue();
        assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
        assertThat(result.processors()).allMatch(processor -> processor.busy() == 0 && processor.other() == 0);
    }

    /** Under moves, on several threads: each firing's parts add up, and each connection's packets stay in order. */
    @Test
    void partsAddUpAndPacketsStayInOrderAcrossMoves() {
        EventLog log = new EventLog();
        Instrumentation instrumentation =
                new Instrumentation(UnaryOperator.identity(), UnaryOperator.identity(), log, (atNs, buckets) -> {});
        RunResult result = VirtualEngine.run(
                Scenarios.gallery("skewed-load", "duration=3s", "warmup=1s", "expect=[]"),
                EngineOptions.quiet(2),
                instrumentation);
        assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
        assertThat(result.balance().moves()).isGreaterThan(50);
        assertThat(log.firings).isPositive();
        assertThat(log.packets).isGreaterThan(10_000);
        assertThat(log.ownersSeen).isGreaterThan(result.balance().moves() / 4);
    }

    /** Adds up what it is told, and fails at the first thing that should not be. */
    private static final class EventLog implements BucketListener {
        private final Map<Long, Long> lastArrivalNs = new HashMap<>();
        private final Map<Long, Long> lastStartNs = new HashMap<>();
        private final Map<Integer, Integer> lastOwner = new HashMap<>();
        private final Map<Integer, Long> lastServedNs = new HashMap<>();
        private final Set<List<Long>> fired = new HashSet<>();
        private long firings;
        private long packets;
        private long ownersSeen;

        @Override
        public synchronized void packetServed(
                TimerBucket bucket, int connection, int packet, long arrivalNs, long startNs, long endNs) {
            packets++;
            long key = ((long) bucket.id() << 32) | connection;
            assertThat(arrivalNs).isGreaterThanOrEqualTo(lastArrivalNs.getOrDefault(key, 0L));
            assertThat(startNs).isGreaterThanOrEqualTo(lastStartNs.getOrDefault(key, 0L));
            lastArrivalNs.put(key, arrivalNs);
            lastStartNs.put(key, startNs);
            served(bucket, startNs);
        }

        @Override
        public synchronized void timerServed(TimerBucket bucket, int connection, int timer, Firing firing, long endNs) {
            firings++;
            // One entry of a queue is served at one instant once.
            assertThat(fired.add(List.of((long) bucket.id(), (long) timer, firing.deadlineNs(), firing.startNs())))
                    .isTrue();
            assertThat(firing.roundingNs() + firing.tickNs() + firing.handoffNs() + firing.queueingNs())
                    .isEqualTo(firing.startNs() - firing.deadlineNs());
            assertThat(firing.roundingNs()).isNotNegative();
            assertThat(firing.tickNs()).isNotNegative();
            assertThat(firing.handoffNs()).isNotNegative();
            assertThat(firing.queueingNs()).isNotNegative();
            served(bucket, firing.startNs());
        }

        private void served(TimerBucket bucket, long startNs) {
            assertThat(startNs).isGreaterThanOrEqualTo(lastServedNs.getOrDefault(bucket.id(), 0L));
            lastServedNs.put(bucket.id(), startNs);
            Integer before = lastOwner.put(bucket.id(), bucket.owner());
            ownersSeen += before != null && before != bucket.owner() ? 1 : 0;
        }
    }
}
