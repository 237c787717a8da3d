package io.wheelhouse.sim.traffic;

import io.wheelhouse.sim.scenario.DistributionSpec;
import io.wheelhouse.tcp.random.Distribution;
import io.wheelhouse.tcp.random.Empirical;

/** Makes the distributions that a scenario names. */
public final class Distributions {
    private Distributions() {}

    /** The distribution of the same kind and parameters; samples have the unit of the file: nanoseconds or bytes. */
    public static Distribution of(DistributionSpec spec) {
        if (spec instanceof DistributionSpec.Constant constant) {
            return Distribution.constant((double) constant.value());
        }
        if (spec instanceof DistributionSpec.Uniform uniform) {
            return Distribution.uniform((double) uniform.min(), (double) uniform.max());
        }
        if (spec instanceof DistributionSpec.Exponential exponential) {
            return Distribution.exponential((double) exponential.mean());
        }
        if (spec instanceof DistributionSpec.Normal normal) {
            return Distribution.normal((double) normal.mean(), (double) normal.sd());
        }
        if (spec instanceof DistributionSpec.Lognormal lognormal) {
            return Distribution.lognormal((double) lognormal.median(), lognormal.sigma());
        }
        if (spec instanceof DistributionSpec.Pareto pareto) {
            return Distribution.pareto((double) pareto.min(), pareto.alpha());
        }
        if (spec instanceof DistributionSpec.Empirical empirical) {
            return Distribution.empirical(empirical.points().stream()
                    .map(point -> new Empirical.Point(point.value(), point.cumulative()))
                    .toList());
        }
        throw new AssertionError("no distribution for " + spec);
    }
}
