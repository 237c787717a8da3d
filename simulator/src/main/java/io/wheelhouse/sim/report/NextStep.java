package io.wheelhouse.sim.report;

import io.wheelhouse.sim.metrics.Cause;
import io.wheelhouse.sim.metrics.LiveUse;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Host;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.TimerSpec.Structure;
import java.util.List;

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

    /** Settings, key=value, to add to those of the run; none where the same command should run again, or by its own policy. */
    public static List<String> settings(Scenario scenario, RunResult run) {
        LiveUse live = run.host().live();
        boolean movesForced = live != null && live.movesForced();
        if (run.interrupted() || movesForced) {
            return List.of();
        }
        if (run.balance().moves() > 0 && scenario.host().processors() > 1) {
            return assignment(scenario);
        }
        Cause cause = ScreenAnswer.mainTimer(run)
                .map(timer -> timer.lateness().mainCauseAtP99())
                .orElse(Cause.QUEUEING);
        if (cause == Cause.ROUNDING && scenario.timers().structure() == Structure.COALESCING) {
            return List.of("timers.structure=hierarchical");
        }
        long tickNs = scenario.host().tickNs();
        if (cause == Cause.TICK && tickNs != Host.NO_TICK && tickNs % SHORTER == 0) {
            return List.of("host.tick=" + duration(tickNs / SHORTER));
        }
        return assignment(scenario);
    }

    /** Against doing nothing; and what does nothing, against moving the few buckets that matter. */
    private static List<String> assignment(Scenario scenario) {
        String policy = scenario.assigner().policy();
        if (scenario.host().processors() == 1) {
            String processors = "host.processors=" + MORE;
            return policy.equals("single") ? List.of(processors, "assigner.policy=static") : List.of(processors);
        }
        boolean moves = !policy.equals("static") && !policy.equals("single");
        return List.of("assigner.policy=" + (moves ? "static" : "bisect"));
    }

    private static String duration(long ns) {
        if (ns % NS_PER_MS == 0) {
            return ns / NS_PER_MS + "ms";
        }
        return ns % NS_PER_US == 0 ? ns / NS_PER_US + "us" : ns + "ns";
    }
}
