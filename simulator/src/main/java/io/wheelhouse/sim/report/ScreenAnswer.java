package io.wheelhouse.sim.report;

import io.wheelhouse.sim.metrics.BalanceResult;
import io.wheelhouse.sim.metrics.ExpectationResult;
import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.sim.metrics.Lateness;
import io.wheelhouse.sim.metrics.LiveUse;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.metrics.TimerResult;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The head of the summary: what ran, whether it can be trusted, and the answer in two lines. */
final class ScreenAnswer {
    private static final int WIDTH = Lines.WIDTH;
    private static final int NS_PLACES = 9;
    private static final long NS_PER_S = 1_000_000_000;
    private static final long NS_PER_MS = 1_000_000;

    private final RunResult run;
    private final Screen screen;

    ScreenAnswer(RunResult run, Screen screen) {
        this.run = run;
        this.screen = screen;
    }

    void title() {
        String simulated = seconds(run.endNs()) + (run.host().live() == null ? " simulated" : " live");
        if (run.interrupted()) {
            simulated += " of " + seconds(run.durationNs());
        }
        if (run.warmupNs() > 0) {
            simulated += ", measured from " + seconds(run.warmupNs()) + " on";
        }
        String title = run.scenario() + " · seed " + run.seed() + " · " + simulated;
        String verdict = verdict();
        int gap = WIDTH - title.length() - verdict.length();
        String colored = run.expectationsMet()
                ? screen.style().good(verdict)
                : screen.style().bad(verdict);
        if (verdict.isEmpty()) {
            screen.line(screen.style().heading(title));
        } else if (gap >= 3) {
            screen.line(screen.style().heading(title) + " ".repeat(3) + colored);
        } else {
            screen.line(screen.style().heading(title));
            screen.line(colored);
        }
        if (run.interrupted()) {
            screen.line(screen.style()
                    .bad("Interrupted: these are the results up to " + seconds(run.endNs())
                            + "; nothing is judged by them."));
        }
        if (!run.laws().unchecked().isEmpty()) {
            screen.line(screen.style().bad("The run could not be held to its laws (see LAWS)."));
        } else if (!run.laws().kept()) {
            screen.line(screen.style().bad("The run broke a law (see LAWS): its figures cannot be trusted."));
        }
    }

    private String verdict() {
        if (run.expectations().isEmpty()) {
            return "";
        }
        long met = run.expectations().stream().filter(ExpectationResult::met).count();
        return "expect " + met + " of " + run.expectations().size() + " met";
    }

    /** To the millisecond from a second on: a run that ends when somebody stops it ends at any nanosecond. */
    private static String seconds(long exactNs) {
        long ns = exactNs < NS_PER_S ? exactNs : Math.round(exactNs / (double) NS_PER_MS) * NS_PER_MS;
        return BigDecimal.valueOf(ns, NS_PLACES).stripTrailingZeros().toPlainString() + " s";
    }

    void answer() {
        Optional<TimerResult> main = mainTimer(run);
        if (run.endNs() <= run.warmupNs()) {
            screen.line("The warm-up was not over, and nothing was measured.");
        } else if (main.isEmpty()) {
            screen.line("No timer fired" + (run.warmupNs() > 0 ? " after the warm-up." : "."));
        } else {
            Lateness lateness = main.get().lateness();
            String cause = lateness.atPercentileNs(99.0) == 0
                    ? "."
                    : ", mostly " + lateness.mainCauseAtP99().key() + ".";
            screen.line(Units.count(lateness.count()) + " " + name(main.get().lane()) + " timers fired; p99 "
                    + Units.time(lateness.atPercentileNs(99.0)) + " late" + cause);
        }
        BalanceResult balance = run.balance();
        LiveUse live = run.host().live();
        if (live != null && live.movesForced()) {
            screen.line(ScreenFindings.moves(balance) + (balance.moves() == 1 ? " was" : " were")
                    + " forced, whatever the load.");
        } else if (balance.moves() > 0) {
            screen.line(ScreenFindings.moves(balance) + " took the highest load from "
                    + Decimals.text(balance.maxToMeanBefore(), 2) + " to " + Decimals.text(balance.maxToMeanAfter(), 2)
                    + " times the mean.");
        }
        screen.line("");
    }

    /** The timers whose lateness adds up to most. */
    static Optional<TimerResult> mainTimer(RunResult run) {
        return run.timers().stream()
                .filter(timer -> timer.lateness().count() > 0)
                .max(Comparator.comparingDouble(
                        timer -> timer.lateness().meanNs() * timer.lateness().count()));
    }

    private static String name(Lane lane) {
        String key = lane.key();
        boolean acronym = key.equals("rto") || (key.startsWith("syn") && !lane.equals(Lane.SYNTHETIC));
        return acronym ? key.toUpperCase(Locale.ROOT) : key;
    }
}
