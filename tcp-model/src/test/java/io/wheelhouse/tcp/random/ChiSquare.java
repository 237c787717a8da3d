package io.wheelhouse.tcp.random;

import static org.assertj.core.api.Assertions.assertThat;

/** Pearson's test of counts against a uniform distribution, with a bound that chance passes about once in a million. */
public final class ChiSquare {
    /** The standard normal quantile of 1 - 10^-6. */
    private static final double QUANTILE = 4.753;

    private ChiSquare() {}

    /** Fails, with the seed and the statistic, if the counts are less even, or more even, than chance allows. */
    public static void assertUniform(long[] counts, String what, long seed) {
        double statistic = statistic(counts);
        int freedom = counts.length - 1;
        assertThat(statistic)
                .as("chi-square of %s, %d degrees of freedom, seed %d", what, freedom, seed)
                .isBetween(bound(freedom, -QUANTILE), bound(freedom, QUANTILE));
    }

    private static double statistic(long[] counts) {
        double total = 0;
        for (long count : counts) {
            total += count;
        }
        double expected = total / counts.length;
        double sum = 0;
        for (long count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }

    /** Wilson and Hilferty's approximation of a chi-square quantile. */
    private static double bound(int freedom, double z) {
        double variance = 2.0 / (9.0 * freedom);
        double root = 1 - variance + z * Math.sqrt(variance);
        return root <= 0 ? 0 : freedom * root * root * root;
    }
}
