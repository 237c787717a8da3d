package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Scenario;
import java.util.function.BooleanSupplier;

/** What runs a scenario. */
@FunctionalInterface
interface Engine {
    /**
     * Runs to the end, or until cancelled, and holds the result against what the scenario expects.
     *
     * @param threads host threads
     * @param cancelled asked at each barrier whether to stop there
     */
    RunResult run(Scenario scenario, int threads, RunListener listener, BooleanSupplier cancelled);
}
