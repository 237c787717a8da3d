package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.sweep.Cell;
import io.wheelhouse.sim.sweep.SweepRun;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/**
 * Shows how many runs of a sweep are done: on a terminal in a line that also says how long the others will take, and leaves
 * nothing behind; elsewhere in a message at each quarter of a long sweep.
 */
final class SweepProgress implements SweepRun.Progress, AutoCloseable {
    private static final int LONG = 20;
    private static final int PARTS = 4;

    private final Console console;
    private final int runs;
    private final boolean tells;
    private final @Nullable ProgressBar bar;

    /**
     * @param quiet whether only messages about runs that failed should come
     */
    SweepProgress(Console console, int runs, boolean quiet) {
        this.console = console;
        this.runs = runs;
        tells = !quiet && !console.errIsTerminal() && runs >= LONG;
        boolean shown = !quiet && console.errIsTerminal() && runs > 0;
        bar = shown ? ProgressLine.bar("sweep", runs, " runs", 1, console.err()) : null;
    }

    @Override
    public void done(int done) {
        if (bar != null) {
            bar.stepTo(done);
        }
        if (tells && done < runs && done * PARTS / runs > (done - 1) * PARTS / runs) {
            console.message(done + " of " + runs + " runs are done");
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
