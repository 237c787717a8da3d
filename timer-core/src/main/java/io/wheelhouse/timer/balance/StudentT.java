package io.wheelhouse.timer.balance;

/**
 * Student's t distribution, as far as a 95 % confidence interval of a mean needs it: the 0.975 quantile for 1 to 30
 * degrees of freedom. Source: Student, The Probable Error of a Mean, 1908; quantiles as in the tables of NIST/SEMATECH,
 * e-Handbook of Statistical Methods, 1.3.6.7.2.
 */
final class StudentT {
    private static final double[] QUANTILE_975 = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, //
        2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, //
        2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    /** The most samples that the table serves. */
    static final int MAX_SAMPLES = QUANTILE_975.length + 1;

    private StudentT() {}

    /** Half the width of the 95 % confidence interval of a mean of {@code samples}; infinite for a single one. */
    static double halfWidth(double sampleDeviation, int samples) {
        if (samples < 2) {
            return Double.POSITIVE_INFINITY;
        }
        return QUANTILE_975[samples - 2] * sampleDeviation / Math.sqrt(samples);
    }
}
