package io.wheelhouse.timer.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proportional policy against numbers worked out by hand: the example of four processors, and its stability. */
class ProportionalOraclesTest {
    private static final int SHARES = 10_000;

    private static AssignerPolicy proportional(ImbalanceIndex index, double damping) {
        return Policies.create("proportional", new PolicyParameters(index, damping, 0.0));
    }

    @ParameterizedTest
    @CsvSource({
        "64, idle, 3/15/20/26",
        "64, ratio, 4/8/13/39",
        "64, deficit, 8/14/19/23",
        "256, idle, 12/58/81/105",
        "256, ratio, 17/31/52/156",
        "256, deficit, 32/58/75/91",
        "1024, idle, 46/233/326/419",
        "1024, ratio, 69/124/208/623",
        "1024, deficit, 128/230/302/364"
    })
    void fourProcessorsAt90And50And30And10Percent(int buckets, String index, String expected) {
        Reading reading = Readings.equalBuckets(buckets, 0.9, 0.5, 0.3, 0.1);
        Assignment assignment = proportional(ImbalanceIndex.valueOf(index.toUpperCase(Locale.ROOT)), 1.0)
                .plan(reading);

        int[] counts = Arrays.stream(expected.split("/", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        assertThat(Readings.targets(reading, assignment)).isEqualTo(counts);
        assertThat(Readings.countsAfter(reading, assignment)).isEqualTo(counts);
    }

    /** The largest deviation from an equal share after each of so many intervals, starting from 40/30/20/10 %. */
    private static double[] deviations(ImbalanceIndex index, double damping, double meanUtilization, int intervals) {
        AssignerPolicy policy = proportional(index, damping);
        int[] counts = {SHARES * 4 / 10, SHARES * 3 / 10, SHARES * 2 / 10, SHARES / 10};
        double[] deviations = new double[intervals];
        for (int interval = 0; interval < intervals; interval++) {
            counts = next(policy, counts, meanUtilization);
            deviations[interval] = Arrays.stream(counts)
                    .mapToDouble(count -> Math.abs((double) count / SHARES - 0.25))
                    .max()
                    .orElseThrow();
        }
        return deviations;
    }

    private static int[] next(AssignerPolicy policy, int[] counts, double meanUtilization) {
        double[] utilizations = new double[counts.length];
        for (int processor = 0; processor < counts.length; processor++) {
            utilizations[processor] = meanUtilization * counts.length * counts[processor] / SHARES;
        }
        Reading reading = Readings.ofCounts(counts, utilizations);
        return Readings.countsAfter(reading, policy.plan(reading));
    }

    @Test
    void idleConvergesAtThirtyPercent() {
        double[] deviations = deviations(ImbalanceIndex.IDLE, 1.0, 0.3, 3);
        assertThat(deviations[0]).isEqualTo(0.0643, within(0.5e-4));
        assertThat(deviations[1]).isEqualTo(0.0276, within(1e-4));
        assertThat(deviations[2]).isEqualTo(0.0118, within(1e-4));
    }

    @Test
    void idleSwingsForEverAtFiftyPercent() {
        for (double deviation : deviations(ImbalanceIndex.IDLE, 1.0, 0.5, 50)) {
            assertThat(deviation).isEqualTo(0.15, within(1e-9));
        }
    }

    @Test
    void undampedRatioFlipsForEver() {
        AssignerPolicy policy = proportional(ImbalanceIndex.RATIO, 1.0);
        int[] start = {4_000, 3_000, 2_000, 1_000};
        int[] counts = start;
        for (int round = 0; round < 10; round++) {
            counts = next(policy, counts, 0.3);
            assertThat(counts).containsExactly(1_200, 1_600, 2_400, 4_800);
            counts = next(policy, counts, 0.3);
            assertThat(counts).containsExactly(start);
        }
    }

    /** Multiplied by 1.5 once; then the index of whoever is above 1 is 0, and in the end two and two take everything in turn. */
    @Test
    void idleDivergesAboveFiftyPercentUntilItClips() {
        double[] deviations = deviations(ImbalanceIndex.IDLE, 1.0, 0.6, 2);
        assertThat(deviations[0]).isEqualTo(0.15 * 0.6 / 0.4, within(1e-4));
        assertThat(deviations[1]).isGreaterThan(deviations[0]);

        AssignerPolicy policy = proportional(ImbalanceIndex.IDLE, 1.0);
        int[] counts = {4_000, 3_000, 2_000, 1_000};
        for (int interval = 0; interval < 12; interval++) {
            counts = next(policy, counts, 0.6);
        }
        assertThat(counts).containsExactly(5_000, 5_000, 0, 0);
        assertThat(next(policy, counts, 0.6)).containsExactly(0, 0, 5_000, 5_000);
    }

    @ParameterizedTest
    @CsvSource({"0.3, 0.5", "0.3, 0.7", "0.5, 0.5", "0.5, 0.25", "0.6, 0.1", "0.6, 0.3"})
    void dampingMultipliesTheDeviationByOneMinusAlphaOverOneMinusRho(double rho, double alpha) {
        double factor = Math.abs(1.0 - alpha / (1.0 - rho));
        double expected = 0.15;
        double[] deviations = deviations(ImbalanceIndex.IDLE, alpha, rho, 6);
        for (double deviation : deviations) {
            expected *= factor;
            assertThat(deviation).isEqualTo(expected, within(3e-4));
        }
    }
}
