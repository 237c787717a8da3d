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
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Holds the virtual engine to results of queueing theory that have a closed form. Each figure is estimated from runs of
 * several seeds: the closed form must lie within twice the 95 % interval of their mean, and the interval must be narrow.
 * A right engine misses that by chance with one set of seeds in three hundred.
 */
class QueueingOraclesTest {
    private static final int SEEDS = 6;
    private static final double RATE = 80_000;
    private static final DistributionSpec CONSTANT_10_US = new DistributionSpec.Constant(10_000);

    private static List<Lateness> runs(SyntheticScenario scenario) {
        List<Scenario> seeded = IntStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> scenario.seed(seed).build())
                .toList();
        return seeded.parallelStream().map(QueueingOraclesTest::run).toList();
    }

    private static Lateness run(Scenario scenario) {
        RunResult result = VirtualEngine.run(scenario, EngineOptions.quiet(1));
        assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
        return result.timer(Lane.SYNTHETIC).orElseThrow().lateness();
    }

    /**
     * @param precision how wide half of the interval may be, as a share of what is expected
     */
    private static void isEstimated(
            List<Lateness> runs, ToDoubleFunction<Lateness> figure, double expected, double precision) {
        Estimate estimate =
                Estimate.of(runs.stream().mapToDouble(figure).boxed().toList());
        assertThat(estimate.mean()).as(estimate.toString()).isEqualTo(expected, within(2.0 * estimate.halfWidth()));
        assertThat(estimate.halfWidth()).as(estimate.toString()).isLessThan(precision * expected);
    }

    /** M/D/1 at 0.8: mean wait rho*s/(2(1-rho)) = 20 us. */
    @Test
    void constantServiceWaitsTwentyMicroseconds() {
        List<Lateness> runs = runs(new SyntheticScenario(RATE, CONSTANT_10_US).seconds(6));
        isEstimated(runs, Lateness::meanNs, 20_000, 0.015);
        assertThat(runs)
                .allSatisfy(lateness ->
                        assertThat(lateness.part(Cause.QUEUEING).meanNs()).isEqualTo(lateness.meanNs()));
    }

    /** M/M/1 at 0.8: mean wait rho*s/(1-rho) = 40 us, and 99 % wait at most 219.1 us. */
    @Test
    void exponentialServiceWaitsFortyMicroseconds() {
        List<Lateness> runs = runs(new SyntheticScenario(RATE, new DistributionSpec.Exponential(10_000)).seconds(6));
        isEstimated(runs, Lateness::meanNs, 40_000, 0.02);
        isEstimated(runs, lateness -> lateness.atPercentileNs(99), 219_100, 0.03);
    }

    /**
     * M/G/1 at 0.8 with a squared coefficient of variation of 4: mean wait 100 us. The service is lognormal: with
     * sigma^2 = ln 5, its mean is median * sqrt(5) and its c^2 is 4.
     */
    @Test
    void variableServiceWaitsAHundredMicroseconds() {
        double sigma = Math.sqrt(Math.log(5));
        DistributionSpec service = new DistributionSpec.Lognormal(Math.round(10_000 / Math.sqrt(5)), sigma);
        isEstimated(runs(new SyntheticScenario(RATE, service).seconds(11)), Lateness::meanNs, 100_000, 0.05);
    }

    /** Tick batching: mean lateness to the start of the callback is tick(1+rho)/2 = 700 us; half a tick of it is waiting for the tick. */
    @Test
    void ticksBatchTimers() {
        List<Lateness> runs = runs(new SyntheticScenario(100_000, new DistributionSpec.Constant(4_000))
                .tick(Duration.ofMillis(1))
                .seconds(3));
        isEstimated(runs, Lateness::meanNs, 700_000, 0.005);
        isEstimated(runs, lateness -> lateness.part(Cause.TICK).meanNs(), 500_000, 0.005);
        isEstimated(runs, lateness -> lateness.part(Cause.QUEUEING).meanNs(), 200_000, 0.005);
    }
}
