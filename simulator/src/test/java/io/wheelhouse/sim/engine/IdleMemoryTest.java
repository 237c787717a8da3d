package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.HostUse;
import io.wheelhouse.sim.scenario.Scenario;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What an established idle connection more costs on the heap: both ends, its keepalive timer, its share of its bucket. The
 * slope between two runs that differ in their connections alone; what both have in common is not in it.
 */
class IdleMemoryTest {
    private static final int BYTES_MAX = 160;
    private static final int FEW = 60_000;
    private static final int MANY = 120_000;

    private static HostUse run(int connections) {
        Scenario scenario = Scenarios.of("""
                name: idle
                seed: 1
                duration: 12s
                host: {processors: 2, tick: 1ms}
                hash: {function: mix, buckets: 64}
                timers: {structure: hierarchical}
                assigner: {policy: static, interval: 1s}
                tcp: {profile: linux, set: {keepalive: on, tcp_keepalive_time: 7200}}
                connections:
                  - name: fleet
                    count: %d
                    local: 10.0.0.1:443
                    remote: 100.64.0.0/10
                    opened-by: remote
                    arrivals: {uniform: 8s}
                    traffic: {kind: idle}
                    path: {delay: 20ms}
                """.formatted(connections));
        return VirtualEngine.run(scenario, EngineOptions.quiet(2)).host();
    }

    @Test
    void oneMoreConnectionCostsAtMost160Bytes() {
        List<HostUse> few = runs(FEW);
        List<HostUse> many = runs(MANY);
        assertThat(many).allMatch(use -> use.connections() == MANY);
        double slope = (double) (medianHeapBytes(many) - medianHeapBytes(few)) / (MANY - FEW);
        assertThat(slope).as("heap bytes of %s and %s", few, many).isBetween(20.0, (double) BYTES_MAX);
    }

    /** Three: what other tests leave behind may be cleared away in the middle of one. */
    private static List<HostUse> runs(int connections) {
        return Stream.generate(() -> run(connections)).limit(3).toList();
    }

    private static long medianHeapBytes(List<HostUse> runs) {
        return runs.stream()
                .mapToLong(HostUse::heapBytes)
                .sorted()
                .skip(1)
                .findFirst()
                .orElseThrow();
    }
}
