package io.wheelhouse.timer.balance;

/**
 * Student's t distribution, as far as a 95 % confidence interval of a mean needs it: the 0.975 quantile.
 *
 * <p>Source: Student, The Probable Error of a Mean, 1908. Up to 30 degrees of freedom as in the tables of NIST/SEMATECH,
 * e-Handbook of Statistical Methods, 1.3.6.7.2; above, by the expansion of Abramowitz and Stegun, Handbook of Mathematical
 * Functions, 26.7.5, right there to six digits.
 */
public final class StudentT {
    private static final double[] QUANTILE_975 = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, //
        2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, //
        2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    // the 0.975 quantile of the normal distribution
    private static final double NORMAL_975 = 1.959963984540054;

    /** The most samples that the table serves. */
    static final int MAX_SAMPLES = QUANTILE_975.length + 1;

    private StudentT() {}

    /** The 0.975 quantile for that many degrees of freedom, 1 or more. */
    static double quantile975(int degrees) {
        if (degrees < 1) {
            throw new IllegalArgumentException("degrees of freedom must be 1 or more: " + degrees);
        }
        if (degrees <= QUANTILE_975.length) {
            return QUANTILE_975[degrees - 1];
        }
        double x = NORMAL_975;
        double x2 = x * x;
        double n = degrees;
        return x
                + x * (x2 + 1) / (4 * n)
                + x * ((5 * x2 + 16) * x2 + 3) / (96 * n * n)
                + x * (((3 * x2 + 19) * x2 + 17) * x2 - 15) / (384 * n * n * n);
    }

    /** Half the width of the 95 % confidence interval of a mean of {@code samples}; infinite for a single one. */
    public static double halfWidth(double sampleDeviation, int samples) {
        if (samples < 2) {
            return Double.POSITIVE_INFINITY;
        }
        return quantile975(samples - 1) * sampleDeviation / Math.sqrt(samples);
    }
}
