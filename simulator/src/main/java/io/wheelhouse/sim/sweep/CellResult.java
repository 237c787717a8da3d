package io.wheelhouse.sim.sweep;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What is kept of one run: its metrics, in their base units.
 *
 * @param fingerprint of the run, in hexadecimal digits
 * @param values by metric; empty where it was looked for and there was nothing to measure
 */
public record CellResult(String fingerprint, Map<String, OptionalDouble> values) {
    public CellResult {
        Objects.requireNonNull(fingerprint, "fingerprint");
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** A metric's value; empty where there was nothing to measure. */
    public OptionalDouble value(String metric) {
        return values.getOrDefault(metric, OptionalDouble.empty());
    }
}
