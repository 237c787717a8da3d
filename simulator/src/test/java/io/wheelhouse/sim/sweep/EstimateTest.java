package io.wheelhouse.sim.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EstimateTest {

    /** Ten samples of mean 5.5 and variance 55/6: 2.262 * sqrt(55/60). */
    @Test
    void theIntervalIsStudents() {
        Estimate estimate = Estimate.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0));
        assertThat(estimate.samples()).isEqualTo(10);
        assertThat(estimate.mean()).isEqualTo(5.5, within(1e-12));
        assertThat(estimate.halfWidth()).isEqualTo(2.262 * Math.sqrt(55.0 / 60.0), within(1e-9));
    }

    @Test
    void oneSampleHasNoInterval() {
        assertThat(Estimate.of(List.of(3.0)).hasInterval()).isFalse();
        assertThat(Estimate.of(List.of(3.0)).isNotZero()).isFalse();
        assertThat(Estimate.of(List.of()).samples()).isZero();
    }

    /** Of 95 % intervals around means of five normal samples, 95 % hold the true mean: 1900 of 2000, give or take. */
    @Test
    void nineteenOfTwentyIntervalsHoldTheTruth() {
        long seed = 7;
        Random random = new Random(seed);
        int held = 0;
        for (int trial = 0; trial < 2_000; trial++) {
            List<Double> samples = new ArrayList<>();
            for (int sample = 0; sample < 5; sample++) {
                samples.add(10.0 + 3.0 * random.nextGaussian());
            }
            Estimate estimate = Estimate.of(samples);
            held += Math.abs(estimate.mean() - 10.0) <= estimate.halfWidth() ? 1 : 0;
        }
        assertThat(held).as("seed %d", seed).isBetween(1_860, 1_940);
    }
}
