package io.wheelhouse.sim.report;

import io.wheelhouse.sim.metrics.LiveUse;
import io.wheelhouse.sim.metrics.RunResult;

/** What a live run shows besides: its threads, what ran at the same time, and what went wrong. */
final class ScreenLive {
    private static final double NS_PER_SECOND = 1e9;

    private final RunResult run;
    private final Screen screen;

    ScreenLive(RunResult run, Screen screen) {
        this.run = run;
        this.screen = screen;
    }

    void live(LiveUse live) {
        String label = "LIVE";
        for (int p = 0; p < live.threads().size() && p < ScreenTables.MOST_PROCESSORS; p++) {
            LiveUse.OfThread thread = live.threads().get(p);
            screen.broken(
                    label,
                    "",
                    "",
                    Screen.format(
                            "thread %d: simulator's own work %s, lost to others %s, longest step %s",
                            p,
                            Units.percent((double) thread.ownNs() / Math.max(1, run.endNs())),
                            Units.time(thread.gapsNs()),
                            Units.time(thread.longestStepNs())));
            label = "";
        }
        if (live.threads().stream().anyMatch(thread -> thread.gapsNs() > 0)) {
            screen.row("", "what threads lost to others on this machine is in the lateness above");
        }
        LiveUse.Callbacks callbacks = live.callbacks();
        if (callbacks.count() > 0) {
            screen.row(
                    "",
                    Units.count(callbacks.count())
                            + (callbacks.count() == 1 ? " timer callback, " : " timer callbacks, ")
                            + seconds(callbacks.inCallbacksNs()) + " of work, done in " + seconds(callbacks.spanNs()));
        }
        LiveUse.Overlap overlap = live.overlap();
        if (overlap.logged() > 0) {
            screen.row(
                    "",
                    Units.count(overlap.overlapping()) + " of " + Units.count(overlap.logged())
                            + " logged callbacks ran beside another thread's");
        }
        if (live.thrown() > 0) {
            screen.row(
                    "TROUBLE",
                    screen.style().bad(Units.count(live.thrown()) + " callbacks threw; their threads went on"));
        }
        label = live.thrown() > 0 ? "" : "TROUBLE";
        for (String line : live.troubles()) {
            screen.broken(label, "", "", line);
            label = "";
        }
    }

    private static String seconds(long ns) {
        return Decimals.text(ns / NS_PER_SECOND, 3) + " s";
    }
}
