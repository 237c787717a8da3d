package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.AssignmentRow;
import io.wheelhouse.sim.metrics.MoveRow;
import io.wheelhouse.sim.metrics.ProcessorResult;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processors that are removed and added in the middle of a run. */
class OfflineTest {
    private static final long MS = 1_000_000;

    private static final String TEXT = """
            name: offline
            seed: 3
            duration: 4s
            host:
              processors: 4
              tick: 1ms
              background: [{processor: 1, load: 20%}]
              offline: [{processor: 1, from: 1s, to: 2.05s}, {processor: 3, from: 0s, to: 500ms}]
            hash: {buckets: 32}
            assigner: {policy: POLICY, interval: 100ms}
            connections:
              - name: timers
                count: 320
                local: 10.0.0.1:443
                remote: 100.64.0.0/10
                traffic: {kind: synthetic, arrivals: {poisson: 50/s}, delay: 20ms, service: 50us}
            """;

    private static final class Log implements RunListener {
        final List<MoveRow> moves = new ArrayList<>();
        final Map<Long, AssignmentRow> first = new TreeMap<>();

        @Override
        public void assignment(long atNs, double meanUtilization, double totalIndex, List<AssignmentRow> rows) {
            first.put(atNs, rows.get(1));
        }

        AssignmentRow rowAt(long atNs) {
            return Objects.requireNonNull(first.get(atNs));
        }

        @Override
        public void move(MoveRow move) {
            moves.add(move);
        }
    }

    private static RunResult run(String policy, Log log) {
        return run(Scenarios.of(TEXT.replace("POLICY", policy)), log);
    }

    private static RunResult run(Scenario scenario, Log log) {
        return VirtualEngine.run(scenario, new EngineOptions(2, log, () -> false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proportional", "trigger-band", "lpt", "bisect", "weighted-move", "pull"})
    void bucketsLeaveAndReturnAndNoLawIsBroken(String policy) {
        Log log = new Log();
        RunResult result = run(policy, log);
        assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
        assertThat(log.moves)
                .filteredOn(move -> move.atNs() == 1000 * MS)
                .isNotEmpty()
                .allSatisfy(move -> assertThat(move.reason()).startsWith("offline: bucket 0."))
                .allSatisfy(move -> assertThat(move.from()).isEqualTo(1));
        assertThat(log.moves)
                .filteredOn(move -> move.atNs() >= 1000 * MS && move.atNs() < 2100 * MS)
                .noneMatch(move -> move.to() == 1);
        for (long atMs = 1100; atMs <= 2000; atMs += 100) {
            AssignmentRow row = log.rowAt(atMs * MS);
            assertThat(row.isAvailable()).isFalse();
            assertThat(row.owned()).isZero();
            assertThat(row.utilization()).as("at %d ms", atMs).isLessThan(0.001);
        }
        assertThat(log.moves).anyMatch(move -> move.atNs() >= 2100 * MS && move.to() == 1);
        // One interval and what had queued up: nobody waits for the processor to return.
        assertThat(result.timers().get(0).lateness().maxNs()).isLessThan(520 * MS);
    }

    @Test
    void staticKeepsItsBucketsAndTheyWait() {
        Log log = new Log();
        RunResult result = run("static", log);
        assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
        assertThat(log.moves).isEmpty();
        assertThat(log.rowAt(1500 * MS).owned()).isEqualTo(8);
        assertThat(result.timers().get(0).lateness().maxNs()).isGreaterThan(1000 * MS);
    }

    /** A processor goes offline between two barriers as it does at one: what is due then costs it nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"1us", "50us", "3ms"})
    void goingOfflineNeedsNoBarrier(String service) {
        String text = TEXT.replace("POLICY", "static")
                .replace("tick: 1ms", "tick: 1ms\n  costs: {tick: 300us}")
                .replace("from: 1s", "from: 1037ms")
                .replace("service: 50us", "service: " + service);
        RunResult between = run(Scenarios.of(text + "output: {interval: 1s}\n"), new Log());
        RunResult atBarrier = run(Scenarios.of(text + "output: {interval: 1037ms}\n"), new Log());
        assertThat(atBarrier.fingerprint()).isEqualTo(between.fingerprint());
        assertThat(atBarrier.processors())
                .extracting(ProcessorResult::busy)
                .isEqualTo(
                        between.processors().stream().map(ProcessorResult::busy).toList());
    }
}
