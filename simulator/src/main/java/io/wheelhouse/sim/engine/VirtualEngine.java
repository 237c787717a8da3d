package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Scenario;

/**
 * Runs scenarios in virtual time: a discrete-event simulation, exact to the nanosecond.
 *
 * <p>Modeled processors run from barrier to barrier, on as many threads of the host as one likes. Between two barriers
 * buckets of different processors do not interact, so no lock is needed and no result depends on the number of threads:
 * the run is a pure function of the scenario, its seed included.
 */
public final class VirtualEngine {
    private VirtualEngine() {}

    /**
     * Runs a scenario to its end, or until it is cancelled.
     *
     * @throws AssertionError if the simulator itself is wrong
     */
    public static RunResult run(Scenario scenario, EngineOptions options) {
        return run(scenario, options, Instrumentation.NONE);
    }

    /** A processor is run by one thread at a time, so more threads than processors would find nothing to do. */
    private static int usefulThreads(Scenario scenario, EngineOptions options) {
        return Math.min(options.threads(), scenario.host().processors());
    }

    static RunResult run(Scenario scenario, EngineOptions options, Instrumentation instrumentation) {
        try (HostThreads threads = new HostThreads(usefulThreads(scenario, options))) {
            return new Run(scenario, options, instrumentation, threads).toTheEnd();
        }
    }
}
