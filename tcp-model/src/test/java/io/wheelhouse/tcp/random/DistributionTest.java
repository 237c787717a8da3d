package io.wheelhouse.tcp.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DistributionTest {
    private static final Distribution FLOW_SIZES = Distribution.empirical(List.of(
            new Empirical.Point(100, 0.1),
            new Empirical.Point(1_000, 0.5),
            new Empirical.Point(1_000, 0.6),
            new Empirical.Point(2_000, 0.6),
            new Empirical.Point(10_000, 1)));

    static List<Distribution> all() {
        return List.of(
                Distribution.constant(20),
                Distribution.constant(0),
                Distribution.uniform(5, 15),
                Distribution.exponential(40),
                Distribution.normal(100, 10),
                Distribution.normal(10, 10),
                Distribution.normal(0, 3),
                Distribution.normal(7, 0),
                Distribution.lognormal(20, 0.5),
                Distribution.lognormal(20, 0),
                Distribution.pareto(1_000, 3.5),
                FLOW_SIZES);
    }

    @ParameterizedTest
    @MethodSource("all")
    void samplesNeverDecreaseAndAreNeverNegative(Distribution distribution) {
        double last = 0;
        for (int i = 0; i <= 100_000; i++) {
            double sample = distribution.sample(i / 100_001.0);
            assertThat(sample).as("%s at %d", distribution, i).isGreaterThanOrEqualTo(last);
            last = sample;
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void meanIsTheAverageOverTheQuantiles(Distribution distribution) {
        int cells = 2_000_000;
        double sum = 0;
        for (int i = 0; i < cells; i++) {
            sum += distribution.sample((i + 0.5) / cells);
        }
        assertThat(sum / cells).isCloseTo(distribution.mean(), offset(1e-3 * distribution.mean()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void drawnSamplesHaveTheMedian(Distribution distribution) {
        long seed = 42;
        int samples = 100_000;
        double median = distribution.sample(0.5);
        int below = 0;
        int above = 0;
        for (int i = 0; i < samples; i++) {
            double sample = Draw.sample(distribution, seed, i, Stream.SIZE, 0);
            below += sample < median ? 1 : 0;
            above += sample > median ? 1 : 0;
        }
        // Five standard errors above one half; heaps at the median only lower both.
        double most = samples * (0.5 + 2.5 / Math.sqrt(samples));
        assertThat((double) below).as("below the median, seed %d", seed).isLessThan(most);
        assertThat((double) above).as("above the median, seed %d", seed).isLessThan(most);
    }

    @Test
    void quantilesAreThoseOfTheFormulas() {
        assertThat(Distribution.uniform(5, 15).sample(0.25)).isEqualTo(7.5);
        assertThat(Distribution.exponential(40).sample(0.5)).isCloseTo(27.725887222397812, offset(1e-12));
        assertThat(Distribution.exponential(40).sample(0.99)).isCloseTo(184.20680743952366, offset(1e-9));
        assertThat(Distribution.normal(100, 10).sample(0.975)).isCloseTo(119.59963984540055, offset(1e-9));
        assertThat(Distribution.lognormal(20, 0.5).sample(0.5)).isEqualTo(20);
        assertThat(Distribution.lognormal(20, 0.5).sample(0.975)).isCloseTo(53.28816523105796, offset(1e-9));
        assertThat(Distribution.pareto(1_000, 2).sample(0.75)).isCloseTo(2_000, offset(1e-9));
        assertThat(Distribution.pareto(1_000, 2).sample(0)).isEqualTo(1_000);
    }

    @Test
    void normalIsCutAndNotHeapedAtZero() {
        Distribution half = Distribution.normal(0, 1);
        assertThat(half.mean()).isCloseTo(Math.sqrt(2 / Math.PI), offset(1e-15));
        assertThat(half.sample(0.5)).isCloseTo(0.6744897501960817, offset(1e-14));
        assertThat(half.sample(1e-6)).isGreaterThan(0);
        assertThat(Distribution.normal(10, 10).mean()).isCloseTo(12.875999709391785, offset(1e-12));
    }

    @Test
    void empiricalIsLinearInTheValueWithHeapsAndGaps() {
        assertThat(FLOW_SIZES.sample(0)).isEqualTo(100);
        assertThat(FLOW_SIZES.sample(0.1)).isEqualTo(100);
        assertThat(FLOW_SIZES.sample(0.3)).isCloseTo(550, offset(1e-9));
        assertThat(FLOW_SIZES.sample(0.5)).isEqualTo(1_000);
        assertThat(FLOW_SIZES.sample(0.55)).isEqualTo(1_000);
        assertThat(FLOW_SIZES.sample(0.6)).isEqualTo(1_000);
        assertThat(FLOW_SIZES.sample(0.600001)).isGreaterThan(2_000).isLessThan(2_001);
        assertThat(FLOW_SIZES.sample(0.8)).isCloseTo(6_000, offset(1e-9));
        assertThat(FLOW_SIZES.mean()).isCloseTo(10 + 220 + 100 + 2_400, offset(1e-9));
    }

    @Test
    void sampleLongRoundsAndSaturates() {
        assertThat(Distribution.constant(2.5).sampleLong(0)).isEqualTo(3);
        assertThat(Distribution.pareto(1e18, 0.1).sampleLong(0.999)).isEqualTo(Long.MAX_VALUE);
        assertThat(Distribution.pareto(1, 1).mean()).isInfinite();
    }

    /** Values of the quantile function worked out to 17 digits by other means. */
    @ParameterizedTest
    @CsvSource({
        "1e-300, -37.047096299361199",
        "1e-20, -9.2623400897984076",
        "1e-10, -6.3613409024040562",
        "0.001, -3.0902323061678135",
        "0.01, -2.3263478740408411",
        "0.075, -1.4395314709384559",
        "0.25, -0.67448975019608174",
        "0.5, 0",
        "0.6, 0.25334710313579980",
        "0.975, 1.9599639845400542",
        "0.999, 3.0902323061678135"
    })
    void normalQuantiles(double probability, double quantile) {
        assertThat(NormalQuantile.of(probability)).isCloseTo(quantile, offset(4e-15 * Math.max(1, Math.abs(quantile))));
    }

    @ParameterizedTest
    @CsvSource({"1e-12", "1e-6", "0.0013", "0.00135", "0.02", "0.3", "0.4999"})
    void lowerTailAndQuantileAreInverse(double probability) {
        double quantile = NormalQuantile.of(probability);
        assertThat(NormalQuantile.lowerTail(-quantile)).isCloseTo(probability, withinPercentage(1e-9));
    }

    @Test
    void badParametersAreNamed() {
        assertRefused(() -> Distribution.constant(-1), "-1");
        assertRefused(() -> Distribution.constant(Double.NaN), "NaN");
        assertRefused(() -> Distribution.uniform(3, 2), "3.0 is greater than max 2.0");
        assertRefused(() -> Distribution.exponential(Double.POSITIVE_INFINITY), "Infinity");
        assertRefused(() -> Distribution.normal(1, -2), "-2");
        assertRefused(() -> Distribution.lognormal(1, -2), "-2");
        assertRefused(() -> Distribution.pareto(1, 0), "alpha");
        assertRefused(() -> Distribution.empirical(List.of()), "needs a point");
        assertRefused(() -> Distribution.empirical(List.of(new Empirical.Point(1, 0.5))), "0.5");
        assertRefused(
                () -> Distribution.empirical(List.of(new Empirical.Point(2, 0.5), new Empirical.Point(1, 1))),
                "decrease");
        assertRefused(() -> new Empirical.Point(1, 1.5), "1.5");
    }

    private static void assertRefused(ThrowingCallable call, String part) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(part);
    }
}
