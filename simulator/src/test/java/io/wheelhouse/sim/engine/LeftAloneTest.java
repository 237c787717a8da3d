package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.RunResult;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A balanced system is left alone: in ten simulated minutes nobody moves a bucket. */
class LeftAloneTest {
    /** Every connection does the same in every interval. */
    private static final String STEADY = """
            name: steady
            seed: 6
            duration: 600s
            warmup: 1s
            host: {processors: 2, tick: none}
            hash: {function: mix, buckets: 64}
            timers: {entries: per-timer}
            assigner: {interval: 1s}
            connections:
              - name: timers
                count: 120
                traffic: {kind: synthetic, arrivals: {periodic: 1s}, delay: 20ms, service: 5ms}
            output: {interval: 10s}
            """;

    /** Arrivals by chance, enough of them in an interval for the dead band to be more than six standard deviations. */
    private static final String RANDOM = """
            name: random
            seed: 7
            duration: 600s
            warmup: 5s
            host: {processors: 2, tick: none}
            hash: {function: mix, buckets: 256}
            timers: {entries: per-timer}
            assigner: {interval: 10s}
            connections:
              - name: timers
                count: 10000
                traffic: {kind: synthetic, arrivals: {poisson: 0.04/s}, delay: 1s, service: 1500us}
            output: {interval: 10s}
            """;

    private static RunResult run(String text, String... settings) {
        RunResult result = VirtualEngine.run(Scenarios.of(text, settings), EngineOptions.quiet(1));
        assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
        return result;
    }

    private static void isLeftAlone(RunResult result) {
        assertThat(result.balance().moves()).isZero();
        assertThat(result.balance().maxToMeanAfter()).isLessThan(1.15);
        assertThat(result.processors().get(0).busy()).isBetween(0.25, 0.35);
    }

    static List<String> moving() {
        return List.of("proportional", "trigger-band", "lpt", "bisect", "weighted-move", "pull");
    }

    @ParameterizedTest
    @MethodSource("moving")
    void whatDoesTheSameAllTheTime(String policy) {
        isLeftAlone(run(STEADY, "assigner.policy=" + policy, "assigner.interval=1s"));
    }

    @ParameterizedTest
    @MethodSource("moving")
    void whatDiffersByChanceAlone(String policy) {
        isLeftAlone(run(RANDOM, "assigner.policy=" + policy));
    }

    /** The same system with one processor's background load is not balanced, and is not left alone. */
    @ParameterizedTest
    @MethodSource("moving")
    void otherwiseTheyWouldMove(String policy) {
        RunResult result = run(
                RANDOM,
                "assigner.policy=" + policy,
                "duration=100s",
                "host.background=[{processor: 0, load: 30%, from: 0s, to: 100s}]");
        assertThat(result.balance().moves()).isPositive();
    }
}
