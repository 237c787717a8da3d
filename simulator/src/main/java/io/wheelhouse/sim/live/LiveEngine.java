package io.wheelhouse.sim.live;

import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.timer.bucket.BucketListener;
import org.jspecify.annotations.Nullable;

/**
 * Runs scenarios in live time: each processor is a thread of the host, and time is the real clock's. What the scenario
 * says that service and background load take is spent by spinning.
 */
public final class LiveEngine {
    private LiveEngine() {}

    /**
     * Runs a scenario to its end, or until it is cancelled; then its threads close within 2 s.
     *
     * @throws OversubscribedException if there are fewer cores than processors, and the options do not allow that
     * @throws StuckThreadException if a timer thread does not end
     */
    public static RunResult run(Scenario scenario, LiveOptions options) {
        return run(scenario, options, null);
    }

    /** The same, with somebody who is told of everything served, on the thread that served it. */
    static RunResult run(Scenario scenario, LiveOptions options, @Nullable BucketListener listener) {
        int cores = Runtime.getRuntime().availableProcessors();
        int processors = scenario.host().processors();
        if (processors > cores && !options.oversubscribe()) {
            throw new OversubscribedException(processors, cores);
        }
        return new LiveRun(scenario, options, listener).toTheEnd();
    }
}
