package io.wheelhouse.sim.sweep;

import io.wheelhouse.sim.scenario.Scenario;
import java.util.Objects;

/**
 * One run of a sweep.
 *
 * @param index its number in the sweep: replications of a point follow each other
 * @param identity the hash of all that its result depends on: the effective scenario, seed included, and the program
 */
public record Cell(int index, String identity, Scenario scenario) {
    public Cell {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(scenario, "scenario");
    }
}
