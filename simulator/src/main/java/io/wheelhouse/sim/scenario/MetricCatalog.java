package io.wheelhouse.sim.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Metric names from patterns: {@code lateness.{rto,tlp}.{p50,p99}} is four names. All are written out when the catalog is
 * made, in the order of the patterns and of their alternatives.
 */
public final class MetricCatalog implements MetricNames {
    private static final int MAX_NAMES = 100_000;

    private final Map<String, Metric> metrics;
    private final List<String> names;

    private record Metric(Quantity quantity, List<String> labels) {}

    private MetricCatalog(Map<String, Metric> metrics) {
        this.metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        this.names = List.copyOf(metrics.keySet());
    }

    /** An empty catalog to add to. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public boolean contains(String name) {
        return metrics.containsKey(name);
    }

    @Override
    public Quantity quantity(String name) {
        return metric(name).quantity;
    }

    @Override
    public List<String> labels(String name) {
        return metric(name).labels;
    }

    private Metric metric(String name) {
        return Objects.requireNonNull(metrics.get(name), () -> "no metric " + name);
    }

    /** A catalog being written. */
    public static final class Builder {
        private final Map<String, Metric> metrics = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds the metrics of a pattern.
         *
         * @param pattern a name in which each {@code {a,b,c}} stands for one of several words
         * @param labels what may narrow each of them
         * @throws IllegalArgumentException if a name is there already, or a brace is not closed
         */
        public Builder add(String pattern, Quantity quantity, String... labels) {
            Metric metric = new Metric(quantity, List.of(labels));
            for (String name : expand(pattern)) {
                Check.that(metrics.put(name, metric) == null, "metric given twice", name);
            }
            Check.that(metrics.size() <= MAX_NAMES, "too many metrics", pattern);
            return this;
        }

        /** The catalog of what was added. */
        public MetricCatalog build() {
            return new MetricCatalog(metrics);
        }

        private static List<String> expand(String pattern) {
            int open = pattern.indexOf('{');
            if (open < 0) {
                return List.of(pattern);
            }
            int close = pattern.indexOf('}', open);
            Check.that(close > open, "brace is not closed", pattern);
            List<String> names = new ArrayList<>();
            List<String> endings = expand(pattern.substring(close + 1));
            for (String word : pattern.substring(open + 1, close).split(",", -1)) {
                for (String ending : endings) {
                    names.add(pattern.substring(0, open) + word + ending);
                }
            }
            return names;
        }
    }
}
