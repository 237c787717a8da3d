package io.wheelhouse.tcp.random;

/**
 * The quantile function of the standard normal distribution, its density and its lower tail.
 *
 * <p>The quantile is a ratio of polynomials of degree seven in each of three regions, good to about 1 part in 10^16:
 * M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37 (1988),
 * from which the coefficients are. Only square roots and logarithms besides, so the bits are the same everywhere.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the coefficients stand here with the digits of the paper
final class NormalQuantile {
    private static final double CENTRE = 0.425;
    private static final double CENTRE_SQUARED = 0.180625;
    private static final double FAR_TAIL = 5;
    private static final double NEAR_SHIFT = 1.6;

    private static final double[] CENTRE_NUMERATOR = {
        3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
        4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3
    };
    private static final double[] CENTRE_DENOMINATOR = {
        1,
        4.2313330701600911252e1,
        6.8718700749205790830e2,
        5.3941960214247511077e3,
        2.1213794301586595867e4,
        3.9307895800092710610e4,
        2.8729085735721942674e4,
        5.2264952788528545610e3
    };
    private static final double[] NEAR_NUMERATOR = {
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
        1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4
    };
    private static final double[] NEAR_DENOMINATOR = {
        1,
        2.05319162663775882187e0,
        1.67638483018380384940e0,
        6.89767334985100004550e-1,
        1.48103976427480074590e-1,
        1.51986665636164571966e-2,
        5.47593808499534494600e-4,
        1.05075007164441684324e-9
    };
    private static final double[] FAR_NUMERATOR = {
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7
    };
    private static final double[] FAR_DENOMINATOR = {
        1,
        5.99832206555887937690e-1,
        1.36929880922735805310e-1,
        1.48753612908506148525e-2,
        7.86869131145613259100e-4,
        1.84631831751005468180e-5,
        1.42151175831644588870e-7,
        2.04426310338993978564e-15
    };

    /** Terms of the series and steps of the continued fraction: enough for full precision on their sides of 3. */
    private static final int TERMS = 120;

    private NormalQuantile() {}

    /** The value below which a standard normal variable lies with probability {@code p}; infinite at 0 and 1. */
    static double of(double p) {
        double q = p - 0.5;
        if (Math.abs(q) <= CENTRE) {
            return q * ratio(CENTRE_NUMERATOR, CENTRE_DENOMINATOR, CENTRE_SQUARED - q * q);
        }
        double tail = q < 0 ? p : 1 - p;
        if (tail <= 0) {
            return q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        double r = StrictMath.sqrt(-StrictMath.log(tail));
        double z = r <= FAR_TAIL
                ? ratio(NEAR_NUMERATOR, NEAR_DENOMINATOR, r - NEAR_SHIFT)
                : ratio(FAR_NUMERATOR, FAR_DENOMINATOR, r - FAR_TAIL);
        return q < 0 ? -z : z;
    }

    /** The density of the standard normal distribution. */
    static double density(double x) {
        return StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * StrictMath.PI);
    }

    /** The probability that a standard normal variable is below {@code -x}. Slow; for what is computed once. */
    static double lowerTail(double x) {
        if (x < 0) {
            throw new IllegalArgumentException("x must not be negative: " + x);
        }
        if (density(x) == 0) {
            return 0;
        }
        return x < 3 ? 0.5 - centralMass(x) : tailByContinuedFraction(x);
    }

    /** The probability of [0, x], by the series x + x^3/3 + x^5/15 + ... */
    private static double centralMass(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n <= TERMS; n++) {
            term *= x * x / (2 * n + 1);
            sum += term;
        }
        return sum * density(x);
    }

    /** Laplace's continued fraction for Mills' ratio, 1 / (x + 1 / (x + 2 / (x + ...))), from its end. */
    private static double tailByContinuedFraction(double x) {
        double fraction = x;
        for (int n = TERMS; n >= 1; n--) {
            fraction = x + n / fraction;
        }
        return density(x) / fraction;
    }

    private static double ratio(double[] numerator, double[] denominator, double x) {
        return polynomial(numerator, x) / polynomial(denominator, x);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            sum = sum * x + coefficients[i];
        }
        return sum;
    }
}
