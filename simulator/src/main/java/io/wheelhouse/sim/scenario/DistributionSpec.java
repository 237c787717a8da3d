package io.wheelhouse.sim.scenario;

import java.util.List;

/** A named distribution of durations (nanoseconds) or sizes (bytes). */
public sealed interface DistributionSpec {

    /** Always the same. */
    record Constant(long value) implements DistributionSpec {
        public Constant {
            Check.that(value >= 0, "value", value);
        }
    }

    /** Uniform from min to max. */
    record Uniform(long min, long max) implements DistributionSpec {
        public Uniform {
            Check.that(min >= 0, "min", min);
            Check.that(max >= min, "max", max);
        }
    }

    /** Exponential. */
    record Exponential(long mean) implements DistributionSpec {
        public Exponential {
            Check.that(mean >= 0, "mean", mean);
        }
    }

    /** Normal, cut off at 0; mean and sd are those of the normal distribution before the cut. */
    record Normal(long mean, long sd) implements DistributionSpec {
        public Normal {
            Check.that(mean >= 0, "mean", mean);
            Check.that(sd >= 0, "sd", sd);
        }
    }

    /** The logarithm is normal; sigma is the standard deviation of the natural logarithm. */
    record Lognormal(long median, double sigma) implements DistributionSpec {
        public Lognormal {
            Check.that(median >= 0, "median", median);
            Check.that(sigma >= 0.0 && Double.isFinite(sigma), "sigma", sigma);
        }
    }

    /** Pareto: P(X > x) = (min / x)^alpha. */
    record Pareto(long min, double alpha) implements DistributionSpec {
        public Pareto {
            Check.that(min >= 0, "min", min);
            Check.that(alpha > 0.0 && Double.isFinite(alpha), "alpha", alpha);
        }
    }

    /** A table of the distribution function, linear between its rows: neither column decreases, the last fraction is 1. */
    record Empirical(List<Point> points) implements DistributionSpec {
        public Empirical {
            points = List.copyOf(points);
            Check.that(!points.isEmpty(), "points", points);
        }
    }

    /** One row of an empirical table: the fraction of values that is at most this one. */
    record Point(long value, double cumulative) {
        public Point {
            Check.that(value >= 0, "value", value);
            Check.fraction(cumulative, "cumulative");
        }
    }
}
