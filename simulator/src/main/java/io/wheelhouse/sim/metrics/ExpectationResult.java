package io.wheelhouse.sim.metrics;

import io.wheelhouse.sim.scenario.Expectation;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What came of an expectation.
 *
 * @param measured in the metric's base unit; empty where nothing was there to measure, which meets no expectation
 */
public record ExpectationResult(Expectation expectation, OptionalDouble measured) {
    public ExpectationResult {
        Objects.requireNonNull(expectation, "expectation");
        Objects.requireNonNull(measured, "measured");
    }

    /** Whether the run showed what was wanted. */
    public boolean met() {
        return measured.isPresent() && expectation.isMetBy(measured.getAsDouble());
    }
}
