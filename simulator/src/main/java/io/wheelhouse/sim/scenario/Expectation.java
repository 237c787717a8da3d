package io.wheelhouse.sim.scenario;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run must show. Two expectations are equal when they say the same, wherever they stand.
 *
 * @param text as the file has it
 * @param metric a name of the {@link MetricNames}
 * @param labels what narrows it, for example group=phones, in alphabetical order
 * @param value wanted, in the metric's base unit: nanoseconds, bytes, a count, a fraction, a rate a second
 * @param tolerance how far from the value is still equal, in the same unit; 0 but for {@link Operator#EQUAL}
 */
public record Expectation(
        String text,
        String metric,
        Map<String, String> labels,
        Operator operator,
        double value,
        double tolerance,
        Position position) {

    /** How measured and wanted compare. */
    public enum Operator {
        LESS("<"),
        AT_MOST("<="),
        EQUAL("="),
        AT_LEAST(">="),
        GREATER(">");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /** As it is written. */
        public String sign() {
            return sign;
        }
    }

    public Expectation {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(position, "position");
        Check.that(Double.isFinite(value), "value", value);
        Check.that(tolerance >= 0.0, "tolerance", tolerance);
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** Whether a measured value, in the metric's base unit, is what is wanted. */
    public boolean isMetBy(double measured) {
        return switch (operator) {
            case LESS -> measured < value;
            case AT_MOST -> measured <= value;
            case EQUAL -> Math.abs(measured - value) <= tolerance;
            case AT_LEAST -> measured >= value;
            case GREATER -> measured > value;
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Expectation that
                && text.equals(that.text)
                && metric.equals(that.metric)
                && labels.equals(that.labels)
                && operator == that.operator
                && Double.compare(value, that.value) == 0
                && Double.compare(tolerance, that.tolerance) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, metric, labels, operator, value, tolerance);
    }
}
