package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wheelhouse.sim.metrics.Cause;
import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.sim.metrics.Lateness;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.DistributionSpec;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.sweep.Estimate;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A processor that has nothing to do takes a drawn time to wake up. Held to M/G/1 with a setup time D (Welch 1964; Takagi,
 * "Queueing Analysis" 1, 2.2): the mean wait is longer by (2 E[D] + l E[D^2]) / (2 (1 + l E[D])). Those who come during a
 * setup wait for the rest of it, which is (1-r) (E[D] + l E[D^2] / 2) / (1 + l E[D]) of the mean.
 */
class WakeUpTest {
    private static final int SEEDS = 6;
    // Expiries, and as many armings, which take no time but wake up too: l is 160,000 a second, r is 0.8.
    private static final double RATE = 80_000;
    private static final DistributionSpec SERVICE = new DistributionSpec.Constant(10_000);
    private static final String ASLEEP = "host.costs={wake-up: {lognormal: {median: 100us, sigma: 1.5}}}";

    private static RunResult run(Scenario scenario, int threads) {
        RunResult result = VirtualEngine.run(scenario, EngineOptions.quiet(threads));
        assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
        return result;
    }

    private static Lateness lateness(RunResult result) {
        return result.timer(Lane.SYNTHETIC).orElseThrow().lateness();
    }

    private static void isEstimated(List<RunResult> runs, ToDoubleFunction<RunResult> figure, double expected) {
        Estimate estimate =
                Estimate.of(runs.stream().mapToDouble(figure).boxed().toList());
        assertThat(estimate.mean()).as(estimate.toString()).isEqualTo(expected, within(2.0 * estimate.halfWidth()));
        assertThat(estimate.halfWidth()).as(estimate.toString()).isLessThan(0.02 * expected);
    }

    private static List<RunResult> runs(DistributionSpec wakeUp) {
        List<Scenario> seeded = IntStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> new SyntheticScenario(RATE, SERVICE)
                        .wakeUp(wakeUp)
                        .seed(seed)
                        .seconds(3)
                        .build())
                .toList();
        return seeded.parallelStream().map(scenario -> run(scenario, 1)).toList();
    }

    private static double meanTickNs(RunResult result) {
        return lateness(result).part(Cause.TICK).meanNs();
    }

    private static double busy(RunResult result) {
        return result.processors().get(0).busy();
    }

    /** D = 30 us: 20 us of M/D/1, and 204/11.6 = 17.586 us more; 102/29 = 3.517 us is waiting for the wake-up. */
    @Test
    void aConstantLatencyIsASetupTime() {
        List<RunResult> runs = runs(new DistributionSpec.Constant(30_000));
        isEstimated(runs, result -> lateness(result).meanNs(), 20_000 + 204e3 / 11.6);
        isEstimated(runs, WakeUpTest::meanTickNs, 102e3 / 29);
        isEstimated(runs, WakeUpTest::busy, 0.8);
    }

    /** D exponential of mean 30 us: E[D^2] = 2 E[D]^2, so 30 us more, a fifth of it for the wake-up. */
    @Test
    void anExponentialLatencyIsASetupTime() {
        List<RunResult> runs = runs(new DistributionSpec.Exponential(30_000));
        isEstimated(runs, result -> lateness(result).meanNs(), 50_000);
        isEstimated(runs, WakeUpTest::meanTickNs, 6_000);
        isEstimated(runs, WakeUpTest::busy, 0.8);
    }

    /** It wakes up for arming a timer, before the deadline, and for the expiry: late by the latency and nothing else. */
    @Test
    void waitingForTheWakeUpIsThePartCalledTick() {
        RunResult result = run(
                new SyntheticScenario(1, SERVICE)
                        .wakeUp(new DistributionSpec.Constant(70_000))
                        .build(),
                1);
        Lateness lateness = lateness(result);
        assertThat(lateness.count()).isPositive();
        assertThat(lateness.part(Cause.TICK).p50Ns()).isEqualTo(70_000);
        assertThat(lateness.part(Cause.ROUNDING).maxNs()).isZero();
        assertThat(lateness.part(Cause.HANDOFF).maxNs()).isZero();
        assertThat(lateness.part(Cause.QUEUEING).p50Ns()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void theNumberOfHostThreadsDoesNotShow(int threads) {
        Scenario scenario = Scenarios.of(Scenarios.BUSY, ASLEEP);
        RunResult one = run(scenario, 1);
        RunResult many = run(scenario, threads);
        assertThat(one.balance().moves()).isGreaterThan(10);
        assertThat(many.fingerprint()).isEqualTo(one.fingerprint());
        assertThat(many.processors()).isEqualTo(one.processors());
        assertThat(one.fingerprint())
                .isNotEqualTo(run(Scenarios.of(Scenarios.BUSY), 1).fingerprint());
    }

    /** Nobody wakes up for a barrier at which nothing moves, nor for what is due after it has gone offline half awake. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0ns",
                "20ms",
                "{lognormal: {median: 100us, sigma: 1.5}}",
                "{lognormal: {median: 20ms, sigma: 1.5}}"
            })
    void theOutputIntervalDoesNotShow(String latency) {
        String offline = IntStream.range(3, 20)
                .mapToObj(n -> String.format(Locale.ROOT, "{processor: %d, from: %d01ms, to: %d21ms}", n % 3, n, n))
                .collect(Collectors.joining(", ", "[", "]"));
        String[] settings = {
            "host.costs={wake-up: " + latency + ", tick: 10us}", "host.offline=" + offline, "output.interval=100ms"
        };
        long fingerprint = run(Scenarios.of(Scenarios.BUSY, settings), 1).fingerprint();
        settings[settings.length - 1] = "output.interval=1ms";
        assertThat(run(Scenarios.of(Scenarios.BUSY, settings), 1).fingerprint()).isEqualTo(fingerprint);
    }

    /** Moves to, from and during wake-ups, and processors that go away and come back: all parts of lateness add up. */
    @Test
    void lawsHoldWhenWakingUpTakesLongerThanIntervals() {
        Scenario scenario = Scenarios.of(
                Scenarios.BUSY,
                "host.costs={wake-up: {exponential: {mean: 3ms}}, move: {exponential: {mean: 500us}}}",
                "host.tick=none",
                "assigner={policy: proportional, index: idle, interval: 2ms}",
                "host.offline=[{processor: 1, from: 300ms, to: 303ms}, {processor: 2, from: 500ms, to: 900ms}]");
        RunResult result = run(scenario, 2);
        assertThat(result.balance().moves()).isGreaterThan(100);
    }
}
