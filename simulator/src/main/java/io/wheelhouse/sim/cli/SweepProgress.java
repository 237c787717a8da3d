package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.sweep.Cell;
import io.wheelhouse.sim.sweep.SweepRun;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Shows on a terminal how many runs of a sweep are done, and how long the others will take. Leaves nothing behind. */
final class SweepProgress implements SweepRun.Progress, AutoCloseable {
    private final Console console;
    private final @Nullable ProgressBar bar;

    /**
     * @param shown whether to show it at all; messages about runs that failed come in any case
     */
    SweepProgress(Console console, int runs, boolean shown) {
        this.console = console;
        bar = shown && runs > 0 ? ProgressLine.bar("sweep", runs, " runs", 1, console.err()) : null;
    }

    @Override
    public void done(int done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    @Override
    public void failed(Cell cell, String violation) {
        console.message(SweepCommand.repeating(cell) + " broke a law: " + violation);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
