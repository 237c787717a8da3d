package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.tcp.TcpCount;
import io.wheelhouse.timer.bucket.BucketListener;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.HashMap;
import java.util.Map;
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

    /** Under moves, on several threads: each firing's parts add up, and each connection's packets stay in order. */
    @Test
    void partsAddUpAndPacketsStayInOrderAcrossMoves() {
        EventLog log = new EventLog();
        Instrumentation instrumentation =
                new Instrumentation(UnaryOperator.identity(), UnaryOperator.identity(), log, (atNs, buckets) -> {});
        RunResult result = VirtualEngine.run(Scenarios.of(Scenarios.BUSY), EngineOptions.quiet(2), instrumentation);
        assertThat(result.balance().moves()).isGreaterThan(10);
        assertThat(log.firings).isGreaterThan(100);
        assertThat(log.packets).isGreaterThan(10_000);
        assertThat(log.ownersSeen).isGreaterThan(result.balance().moves() / 4);
    }

    /** Adds up what it is told, and fails at the first thing that should not be. */
    private static final class EventLog implements BucketListener {
        private final Map<Long, Long> lastArrivalNs = new HashMap<>();
        private final Map<Long, Long> lastStartNs = new HashMap<>();
        private final Map<Integer, Integer> lastOwner = new HashMap<>();
        private final Map<Integer, Long> lastServedNs = new HashMap<>();
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
