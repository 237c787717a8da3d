package io.wheelhouse.sim.sweep;

import io.wheelhouse.sim.scenario.Expectation;
import io.wheelhouse.sim.scenario.Quantity;
import java.util.Objects;

/**
 * A metric that a sweep reports.
 *
 * @param name the metric's name and its labels, as given
 * @param asked whether the user named it; one that was not is left out where no run had anything to measure
 */
public record Column(String name, Quantity quantity, boolean asked) {
    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(quantity, "quantity");
    }

    /** A metric as a part of an expectation, for {@code MetricCatalog.measure}. */
    public record Measured(Column column, Expectation expectation) {}
}
