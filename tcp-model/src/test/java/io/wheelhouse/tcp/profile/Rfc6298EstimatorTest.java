package io.wheelhouse.tcp.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc6298EstimatorTest {
    private static final long MS = 1_000_000;
    private static final long S = 1_000_000_000;
    private static final int BASE = 3;

    private final int[] row = new int[BASE + RttEstimator.STATE_INTS_MAX];

    @Test
    void rtoBeforeClampingForSamplesOf100And120And80And300Ms() {
        RttEstimator estimator = Profile.named("rfc").estimator();
        long[][] series = {{100, 300_000_000}, {120, 272_500_000}, {80, 249_687_500}, {300, 437_539_063}};
        for (long[] step : series) {
            estimator.sample(row, BASE, step[0] * MS, 0, 0);
            assertThat(estimator.unclampedRtoNs(row, BASE))
                    .as("after %d ms", step[0])
                    .isEqualTo(step[1]);
            assertThat(estimator.rtoNs(row, BASE)).as("floor of 1 s").isEqualTo(S);
        }
    }

    @Test
    void smoothedTimeAndVariationForSamplesOf1And1Point2And0Point9S() {
        RttEstimator estimator = Profile.named("rfc").estimator();
        long[][] series = {
            {1_000, 1_000_000_000, 500_000_000},
            {1_200, 1_025_000_000, 425_000_000},
            {900, 1_009_375_000, 350_000_000}
        };
        for (long[] step : series) {
            estimator.sample(row, BASE, step[0] * MS, 0, 0);
            assertThat(estimator.srttNs(row, BASE)).isEqualTo(step[1]);
            assertThat(estimator.variationNs(row, BASE)).isEqualTo(step[2]);
            assertThat(estimator.rtoNs(row, BASE)).isEqualTo(step[1] + 4 * step[2]);
        }
        assertThat(row).startsWith(0, 0, 0);
    }

    @Test
    void rtoStaysBetweenFloorAndCeilingAndVariationAboveTheClocksGranularity() {
        RttEstimator estimator = Profile.named("rfc").estimator();
        assertThat(estimator.hasSample(row, BASE)).isFalse();
        assertThat(estimator.rtoNs(row, BASE)).isEqualTo(S);
        estimator.sample(row, BASE, 40 * S, 0, 0);
        assertThat(estimator.hasSample(row, BASE)).isTrue();
        assertThat(estimator.rtoNs(row, BASE)).isEqualTo(60 * S);
        for (int i = 0; i < 300; i++) {
            estimator.sample(row, BASE, 2 * S, 0, 0);
        }
        assertThat(estimator.rtoNs(row, BASE)).isBetween(2 * S + MS, 2 * S + MS + 10);
    }

    @Test
    void theFloorMayLieUnderTheVariation() {
        RttEstimator estimator = Profile.named("rfc")
                .with(Map.of("rto-min", "200ms", "rto-min-on-variation", "on", "jiffy", "4ms"))
                .estimator();
        estimator.sample(row, BASE, 50 * MS, 0, 0);
        assertThat(estimator.rtoNs(row, BASE)).isEqualTo(252 * MS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rfc", "linux"})
    void anySampleLeavesASensibleState(String profile) {
        RttEstimator estimator = Profile.named(profile).estimator();
        for (long rttNs : new long[] {0, 1, 999, 0, Long.MAX_VALUE, 0, S, Long.MAX_VALUE, Long.MAX_VALUE, 1}) {
            estimator.sample(row, BASE, rttNs, 0, 0);
            assertThat(estimator.hasSample(row, BASE)).isTrue();
            assertThat(estimator.srttNs(row, BASE)).isNotNegative();
            assertThat(estimator.variationNs(row, BASE)).isNotNegative();
            assertThat(estimator.unclampedRtoNs(row, BASE)).isPositive();
            assertThat(estimator.rtoNs(row, BASE)).isBetween(200 * MS, 120 * S);
        }
        assertThat(estimator.stateInts()).isLessThanOrEqualTo(RttEstimator.STATE_INTS_MAX);
        assertThatThrownBy(() -> estimator.sample(row, BASE, -1, 0, 0)).hasMessageContaining("-1");
    }
}
