package io.wheelhouse.tcp.random;

import java.util.List;

/**
 * A distribution of non-negative sizes or times, sampled through the inverse of its distribution function.
 *
 * <p>One uniform number in, one sample out, never less for a greater number. So the ordinal of a draw counts samples,
 * and two runs whose distributions differ in a parameter still see the same connection fast or slow. A distribution knows
 * no unit: a sample has the unit of its parameters. Immutable; any thread. Transcendental functions are {@link
 * StrictMath}'s, so that samples are the same bits on every machine.
 */
public sealed interface Distribution
        permits Distribution.Constant,
                Distribution.Uniform,
                Distribution.Exponential,
                Distribution.Lognormal,
                Distribution.Pareto,
                TruncatedNormal,
                Empirical {

    /**
     * The value below which the distribution lies with probability {@code u}: not negative and not decreasing in
     * {@code u}.
     *
     * @param u in [0, 1)
     */
    double sample(double u);

    /** The mean; infinite for a Pareto distribution with an exponent of 1 or less. */
    double mean();

    /** The sample rounded to the nearest integer; {@link Long#MAX_VALUE} where it is greater than that. */
    default long sampleLong(double u) {
        return Math.round(sample(u));
    }

    /** Always the same value. */
    static Distribution constant(double value) {
        return new Constant(value);
    }

    /** Every value between {@code min} and {@code max} equally likely. */
    static Distribution uniform(double min, double max) {
        return new Uniform(min, max);
    }

    /** Exponential with the given mean. */
    static Distribution exponential(double mean) {
        return new Exponential(mean);
    }

    /** Normal with the given mean and standard deviation before it is cut off below 0. */
    static Distribution normal(double mean, double deviation) {
        return new TruncatedNormal(mean, deviation);
    }

    /** {@code median} times e to the power of a normal variable with deviation {@code sigma}. */
    static Distribution lognormal(double median, double sigma) {
        return new Lognormal(median, sigma);
    }

    /** Pareto: greater than x, from {@code min} on, with probability (min / x)^alpha. */
    static Distribution pareto(double min, double alpha) {
        return new Pareto(min, alpha);
    }

    /** A distribution function given by points, linear in the value between them. */
    static Distribution empirical(List<Empirical.Point> points) {
        return new Empirical(points);
    }

    /** See {@link Distribution#constant}. */
    record Constant(double value) implements Distribution {
        public Constant {
            requireNotNegative("constant value", value);
        }

        @Override
        public double sample(double u) {
            return value;
        }

        @Override
        public double mean() {
            return value;
        }
    }

    /** See {@link Distribution#uniform}. */
    record Uniform(double min, double max) implements Distribution {
        public Uniform {
            requireNotNegative("uniform min", min);
            requireNotNegative("uniform max", max);
            if (min > max) {
                throw new IllegalArgumentException("uniform min " + min + " is greater than max " + max);
            }
        }

        @Override
        public double sample(double u) {
            return min + u * (max - min);
        }

        @Override
        public double mean() {
            return min + (max - min) / 2;
        }
    }

    /** See {@link Distribution#exponential}. The parameter is the mean. */
    record Exponential(double mean) implements Distribution {
        public Exponential {
            requireNotNegative("exponential mean", mean);
        }

        @Override
        public double sample(double u) {
            return -mean * StrictMath.log1p(-u);
        }
    }

    /** See {@link Distribution#lognormal}. */
    record Lognormal(double median, double sigma) implements Distribution {
        public Lognormal {
            requireNotNegative("lognormal median", median);
            requireNotNegative("lognormal sigma", sigma);
        }

        @Override
        public double sample(double u) {
            return sigma == 0 ? median : median * StrictMath.exp(sigma * NormalQuantile.of(u));
        }

        @Override
        public double mean() {
            return median * StrictMath.exp(sigma * sigma / 2);
        }
    }

    /** See {@link Distribution#pareto}. */
    record Pareto(double min, double alpha) implements Distribution {
        public Pareto {
            requireNotNegative("pareto min", min);
            requirePositive("pareto alpha", alpha);
        }

        @Override
        public double sample(double u) {
            return min * StrictMath.exp(-StrictMath.log1p(-u) / alpha);
        }

        @Override
        public double mean() {
            if (min == 0) {
                return 0;
            }
            return alpha > 1 ? min * alpha / (alpha - 1) : Double.POSITIVE_INFINITY;
        }
    }

    private static void requireNotNegative(String what, double value) {
        if (!(value >= 0 && value <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(what + " must be a finite number, 0 or greater: " + value);
        }
    }

    private static void requirePositive(String what, double value) {
        if (!(value > 0 && value <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(what + " must be a finite number greater than 0: " + value);
        }
    }
}
