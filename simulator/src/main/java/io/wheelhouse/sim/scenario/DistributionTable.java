package io.wheelhouse.sim.scenario;

import io.wheelhouse.sim.scenario.DistributionSpec.Constant;
import io.wheelhouse.sim.scenario.DistributionSpec.Empirical;
import io.wheelhouse.sim.scenario.DistributionSpec.Exponential;
import io.wheelhouse.sim.scenario.DistributionSpec.Lognormal;
import io.wheelhouse.sim.scenario.DistributionSpec.Normal;
import io.wheelhouse.sim.scenario.DistributionSpec.Pareto;
import io.wheelhouse.sim.scenario.DistributionSpec.Point;
import io.wheelhouse.sim.scenario.DistributionSpec.Uniform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How distributions are written: a plain value, or {@code {lognormal: {median: 20ms, sigma: 0.5}}} and the like. */
final class DistributionTable {
    private static final int MAX_POINTS = 10_000;
    private static final double MAX_SIGMA = 10.0;
    private static final double MIN_ALPHA = 0.01;
    private static final double MAX_ALPHA = 100.0;

    private DistributionTable() {}

    /** Distributions of durations. */
    static ChoiceType<DistributionSpec> ofDurations() {
        return of(Types.duration(0));
    }

    /** Distributions of sizes, at least one byte. */
    static ChoiceType<DistributionSpec> ofSizes() {
        return of(Types.whole(Quantity.SIZE, 1, Types.MAX_SIZE_BYTES));
    }

    /** How each kind of distribution of durations is written. */
    static List<String> kinds(Scope scope) {
        return ofDurations().kinds(scope);
    }

    private static ChoiceType<DistributionSpec> of(ScalarType<Long> value) {
        return ChoiceType.<DistributionSpec>byOnlyKey("a distribution")
                .orScalar(Constant.class, value.as(Constant::new, Constant::value))
                .or("uniform", Uniform.class, uniform(value))
                .or("exponential", Exponential.class, exponential(value))
                .or("normal", Normal.class, normal(value))
                .or("lognormal", Lognormal.class, lognormal(value))
                .or("pareto", Pareto.class, pareto(value))
                .or("empirical", Empirical.class, new EmpiricalType(value));
    }

    private static MappingType<Uniform> uniform(ScalarType<Long> value) {
        Key<Long> min = Key.required("min", value, "the least value");
        Key<Long> max = Key.required("max", value, "the greatest value");
        return MappingType.<Uniform>of("uniform")
                .key(min, Uniform::min)
                .key(max, Uniform::max)
                .check(scope -> Order.atMost(scope, min, max))
                .make(scope -> new Uniform(scope.get(min), scope.get(max)));
    }

    private static MappingType<Exponential> exponential(ScalarType<Long> value) {
        Key<Long> mean = Key.required("mean", value, "the mean");
        return MappingType.<Exponential>of("exponential")
                .key(mean, Exponential::mean)
                .make(scope -> new Exponential(scope.get(mean)));
    }

    private static MappingType<Normal> normal(ScalarType<Long> value) {
        Key<Long> mean = Key.required("mean", value, "the mean before the cut at 0");
        Key<Long> sd = Key.required("sd", value, "the standard deviation before the cut at 0");
        return MappingType.<Normal>of("normal")
                .key(mean, Normal::mean)
                .key(sd, Normal::sd)
                .make(scope -> new Normal(scope.get(mean), scope.get(sd)));
    }

    private static MappingType<Lognormal> lognormal(ScalarType<Long> value) {
        Key<Long> median = Key.required("median", value, "the median");
        Key<Double> sigma = Key.required(
                "sigma",
                Types.real(Quantity.NUMBER, 0.0, MAX_SIGMA),
                "the standard deviation of the natural logarithm");
        return MappingType.<Lognormal>of("lognormal")
                .key(median, Lognormal::median)
                .key(sigma, Lognormal::sigma)
                .make(scope -> new Lognormal(scope.get(median), scope.get(sigma)));
    }

    private static MappingType<Pareto> pareto(ScalarType<Long> value) {
        Key<Long> min = Key.required("min", value, "the least value");
        Key<Double> alpha =
                Key.required("alpha", Types.real(Quantity.NUMBER, MIN_ALPHA, MAX_ALPHA), "the exponent of the tail");
        return MappingType.<Pareto>of("pareto")
                .key(min, Pareto::min)
                .key(alpha, Pareto::alpha)
                .make(scope -> new Pareto(scope.get(min), scope.get(alpha)));
    }

    /** Rows of value and cumulative fraction. */
    private static final class EmpiricalType implements Type<Empirical> {
        private final ListType<Point> rows;

        EmpiricalType(ScalarType<Long> value) {
            rows = new ListType<>("rows", new PointType(value), 1, MAX_POINTS);
        }

        @Override
        public @Nullable Empirical read(Yaml node, Scope scope) {
            if (!(node instanceof Yaml.Sequence sequence)) {
                scope.refuse(node, "a list of rows such as [[100B, 0.3], [1KB, 1]]");
                return null;
            }
            List<Point> points = rows.read(node, scope);
            return points != null && isDistribution(points, sequence, scope) ? new Empirical(points) : null;
        }

        private static boolean isDistribution(List<Point> points, Yaml.Sequence node, Scope scope) {
            for (int i = 1; i < points.size(); i++) {
                Point before = points.get(i - 1);
                Point point = points.get(i);
                if (point.value() < before.value() || point.cumulative() < before.cumulative()) {
                    scope.problem(node.items().get(i).at(), "less than the row before it; no column may decrease");
                    return false;
                }
            }
            int last = points.size() - 1;
            double end = points.get(last).cumulative();
            if (end != 1.0) {
                String found = Measures.print(Quantity.FRACTION, end);
                scope.problem(node.items().get(last).at(), "the last row must reach 100%, and reaches " + found);
            }
            return end == 1.0;
        }

        @Override
        public String form(Scope scope) {
            return "[" + rows.form(scope).replaceFirst("a list; each ", "") + ", ...]";
        }

        @Override
        public Yaml write(Empirical value) {
            return rows.write(value.points());
        }
    }

    /** One row. */
    private static final class PointType implements Type<Point> {
        private static final Type<Double> CUMULATIVE = Types.fraction();

        private final Type<Long> value;

        PointType(Type<Long> value) {
            this.value = value;
        }

        @Override
        public @Nullable Point read(Yaml node, Scope scope) {
            if (!(node instanceof Yaml.Sequence row) || row.items().size() != 2) {
                scope.refuse(node, "a row of two: value and cumulative fraction, such as [100B, 0.3]");
                return null;
            }
            Long x = value.read(row.items().get(0), scope);
            Double cumulative = CUMULATIVE.read(row.items().get(1), scope);
            return x == null || cumulative == null ? null : new Point(x, cumulative);
        }

        @Override
        public String form(Scope scope) {
            return "[" + value.form(scope) + ", " + CUMULATIVE.form(scope) + "]";
        }

        @Override
        public Yaml write(Point point) {
            return new Yaml.Sequence(
                    NOWHERE, List.of(value.write(point.value()), CUMULATIVE.write(point.cumulative())));
        }
    }
}
