package io.wheelhouse.sim.report;

import io.wheelhouse.sim.metrics.Cause;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.AssignerSpec.Policy;
import io.wheelhouse.sim.scenario.Host;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.TimerSpec.Structure;

/**
 * Suggests what to run next: the setting that bears on the cause of the tail. It is a question to ask of the model, not a
 * promise of a better figure.
 */
public final class NextStep {
    private static final int SHORTER = 4;
    private static final int MORE = 4;
    private static final long NS_PER_US = 1_000;
    private static final long NS_PER_MS = 1_000_000;

    private NextStep() {}

    /** Options to add to the command that ran the scenario; empty where the same command should run again. */
    public static String settings(Scenario scenario, RunResult run) {
        if (run.interrupted()) {
            return "";
        }
        Cause cause = ScreenSummary.mainTimer(run)
                .map(timer -> timer.lateness().mainCauseAtP99())
                .orElse(Cause.QUEUEING);
        if (cause == Cause.ROUNDING && scenario.timers().structure() == Structure.COALESCING) {
            return set("timers.structure", "hierarchical");
        }
        long tickNs = scenario.host().tickNs();
        if (cause == Cause.TICK && tickNs != Host.NO_TICK && tickNs % SHORTER == 0) {
            return set("host.tick", duration(tickNs / SHORTER));
        }
        return assignment(scenario);
    }

    private static String assignment(Scenario scenario) {
        Policy policy = scenario.assigner().policy();
        if (scenario.host().processors() == 1) {
            String processors = set("host.processors", Integer.toString(MORE));
            return policy == Policy.SINGLE ? processors + " " + set("assigner.policy", "static") : processors;
        }
        return set("assigner.policy", policy == Policy.PROPORTIONAL ? "static" : "proportional");
    }

    private static String duration(long ns) {
        if (ns % NS_PER_MS == 0) {
            return ns / NS_PER_MS + "ms";
        }
        return ns % NS_PER_US == 0 ? ns / NS_PER_US + "us" : ns + "ns";
    }

    private static String set(String key, String value) {
        return "--set " + key + "=" + value;
    }
}
