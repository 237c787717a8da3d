package io.wheelhouse.sim.scenario;

/**
 * What the output folder holds.
 *
 * @param intervalNs the time that one row of the time series stands for
 */
public record OutputSpec(long intervalNs) {
    public OutputSpec {
        Check.that(intervalNs > 0, "intervalNs", intervalNs);
    }
}
