package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.HostUse;
import io.wheelhouse.sim.scenario.Scenario;
import org.junit.jupiter.api.Test;

/**
 * What an established idle connection more costs on the heap: both ends, its keepalive timer, its share of its bucket. The
 * slope between two runs that differ in their connections alone; what both have in common is not in it.
 */
class IdleMemoryTest {
    private static final int BYTES_MAX = 160;

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
        HostUse few = run(60_000);
        HostUse many = run(120_000);
        assertThat(many.connections()).isEqualTo(120_000);
        double slope = (double) (many.heapBytes() - few.heapBytes()) / (many.connections() - few.connections());
        assertThat(slope).isBetween(20.0, (double) BYTES_MAX);
    }
}
