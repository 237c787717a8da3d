package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.wheelhouse.sim.metrics.Cause;
import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.sim.metrics.Lateness;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.DistributionSpec;
import io.wheelhouse.sim.scenario.Scenario;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Holds the virtual engine to results of queueing theory that have a closed form. */
class QueueingOraclesTest {
    private static final double RATE = 80_000;
    private static final DistributionSpec CONSTANT_10_US = new DistributionSpec.Constant(10_000);

    private static Lateness run(Scenario scenario) {
        RunResult result = VirtualEngine.run(scenario, EngineOptions.quiet(1));
        assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
        return result.timer(Lane.SYNTHETIC).orElseThrow().lateness();
    }

    /** M/D/1 at 0.8: mean wait rho*s/(2(1-rho)) = 20 us. */
    @Test
    void constantServiceWaitsTwentyMicroseconds() {
        Lateness lateness = run(new SyntheticScenario(RATE, CONSTANT_10_US).build());
        assertThat(lateness.meanNs()).isCloseTo(20_000, withinPercentage(2));
        assertThat(lateness.part(Cause.QUEUEING).meanNs()).isEqualTo(lateness.meanNs());
    }

    /** M/M/1 at 0.8: mean wait rho*s/(1-rho) = 40 us, and 99 % wait at most 219.1 us. */
    @Test
    void exponentialServiceWaitsFortyMicroseconds() {
        Lateness lateness = run(new SyntheticScenario(RATE, new DistributionSpec.Exponential(10_000)).build());
        assertThat(lateness.meanNs()).isCloseTo(40_000, withinPercentage(3));
        assertThat((double) lateness.atPercentileNs(99)).isCloseTo(219_100, withinPercentage(4));
    }

    /**
     * M/G/1 at 0.8 with a squared coefficient of variation of 4: mean wait 100 us. The service is lognormal: with
     * sigma^2 = ln 5, its mean is median * sqrt(5) and its c^2 is 4.
     */
    @Test
    void variableServiceWaitsAHundredMicroseconds() {
        double sigma = Math.sqrt(Math.log(5));
        DistributionSpec service = new DistributionSpec.Lognormal(Math.round(10_000 / Math.sqrt(5)), sigma);
        Lateness lateness = run(new SyntheticScenario(RATE, service).seconds(60).build());
        assertThat(lateness.meanNs()).isCloseTo(100_000, withinPercentage(6));
    }

    /** Tick batching: mean lateness to the start of the callback is tick(1+rho)/2 = 700 us; half a tick of it is waiting for the tick. */
    @Test
    void ticksBatchTimers() {
        Lateness lateness = run(new SyntheticScenario(100_000, new DistributionSpec.Constant(4_000))
                .tick(Duration.ofMillis(1))
                .seconds(10)
                .build());
        assertThat(lateness.meanNs()).isCloseTo(700_000, withinPercentage(1));
        assertThat(lateness.part(Cause.TICK).meanNs()).isCloseTo(500_000, withinPercentage(1));
        assertThat(lateness.part(Cause.QUEUEING).meanNs()).isCloseTo(200_000, withinPercentage(1));
    }
}
