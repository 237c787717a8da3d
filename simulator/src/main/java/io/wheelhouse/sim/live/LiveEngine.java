package io.wheelhouse.sim.live;

import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Scenario;

/**
 * Runs scenarios in live time: each processor is a thread of the host, and time is the real clock's. What the scenario
 * says that service and background load take is spent by spinning.
 */
public final class LiveEngine {
    private LiveEngine() {}

    /**
     * Runs a scenario to its end, or until it is cancelled; then its threads close within 2 s.
     *
     * <p>A timer thread in a callback that does not return keeps its buckets, and is left alone. The result is then what was
     * known at the last barrier at which all threads reported: interrupted, and not held to the laws.
     *
     * @throws OversubscribedException if there are fewer cores than processors, and the options do not allow that
     */
    public static RunResult run(Scenario scenario, LiveOptions options) {
        return run(scenario, options, LiveHooks.NONE);
    }

    /** The same, as tests want it. */
    static RunResult run(Scenario scenario, LiveOptions options, LiveHooks hooks) {
        int cores = Runtime.getRuntime().availableProcessors();
        int processors = scenario.host().processors();
        if (processors > cores && !options.oversubscribe()) {
            throw new OversubscribedException(processors, cores);
        }
        return new LiveRun(scenario, options, hooks).toTheEnd();
    }
}
