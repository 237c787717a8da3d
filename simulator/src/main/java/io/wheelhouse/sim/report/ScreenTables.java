package io.wheelhouse.sim.report;

import io.wheelhouse.sim.metrics.Cause;
import io.wheelhouse.sim.metrics.Lateness;
import io.wheelhouse.sim.metrics.ProcessorResult;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.metrics.TimerResult;
import java.util.Comparator;
import java.util.List;

/** The tables of the summary: lateness by timer, and load by processor. */
final class ScreenTables {
    /** Rows for processors; more are told in one line. */
    static final int MOST_PROCESSORS = 8;

    private final RunResult run;
    private final Screen screen;

    ScreenTables(RunResult run, Screen screen) {
        this.run = run;
        this.screen = screen;
    }

    void lateness() {
        List<TimerResult> fired = run.timers().stream()
                .filter(timer -> timer.lateness().count() > 0)
                .toList();
        if (fired.isEmpty()) {
            return;
        }
        screen.heading(Screen.format(
                "%-11s%8s%9s%9s%9s%9s%9s  %s",
                "LATENESS", "count", "p50", "p90", "p99", "p99.9", "max", "cause at p99"));
        for (TimerResult timer : fired) {
            Lateness lateness = timer.lateness();
            screen.line(Screen.format(
                            "%-11s%8s%9s%9s%9s%9s%9s  %s",
                            timer.lane().key(),
                            Units.shortCount(lateness.count()),
                            Units.time(lateness.atPercentileNs(50.0)),
                            Units.time(lateness.atPercentileNs(90.0)),
                            Units.time(lateness.atPercentileNs(99.0)),
                            Units.time(lateness.atPercentileNs(99.9)),
                            Units.time(lateness.maxNs()),
                            cause(lateness))
                    .stripTrailing());
        }
        screen.line("");
    }

    private static String cause(Lateness lateness) {
        Cause main = lateness.mainCauseAtP99();
        double share = lateness.part(main).shareAtP99();
        return share == 0.0 ? "-" : main.key() + " " + Units.wholePercent(share);
    }

    void processors() {
        screen.heading(Screen.format(
                "%-11s%8s%9s%9s%11s%12s%13s",
                "PROCESSOR", "busy", "peak", "other", "buckets", "fired", "moves in/out"));
        List<ProcessorResult> shown = run.processors();
        if (shown.size() > MOST_PROCESSORS) {
            shown = shown.stream()
                    .sorted(Comparator.comparingDouble(ProcessorResult::busy)
                            .reversed()
                            .thenComparingInt(ProcessorResult::processor))
                    .limit(MOST_PROCESSORS - 1)
                    .sorted(Comparator.comparingInt(ProcessorResult::processor))
                    .toList();
        }
        for (ProcessorResult processor : shown) {
            screen.line(Screen.format(
                    "%-11d%8s%9s%9s%11s%12s%13s",
                    processor.processor(),
                    Units.percent(processor.busy()),
                    Units.percent(processor.peak()),
                    processor.other() == 0.0 ? "-" : Units.percent(processor.other()),
                    processor.bucketsAtStart() + ">" + processor.bucketsAtEnd(),
                    Units.count(processor.fired()),
                    processor.movesIn() + "/" + processor.movesOut()));
        }
        if (shown.size() < run.processors().size()) {
            screen.line("and " + (run.processors().size() - shown.size()) + " that were less busy");
        }
        screen.line("");
    }
}
