package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.metrics.RunListener;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on a terminal how far a run is, and how long it will still take. Leaves nothing behind. */
final class ProgressLine implements RunListener, AutoCloseable {
    private static final int WIDTH = 79;
    private static final int UPDATE_MS = 200;
    private static final long NS_PER_MS = 1_000_000;
    private static final long MS_PER_SECOND = 1_000;

    private final ProgressBar bar;

    ProgressLine(String name, long durationNs, PrintStream err) {
        bar = bar(name, Math.max(1, durationNs / NS_PER_MS), " s", MS_PER_SECOND, err);
    }

    /**
     * A bar that shows what is done, of how much, and the time that is left, and disappears in the end.
     *
     * @param unitSize how many steps a unit has
     */
    static ProgressBar bar(String name, long steps, String unit, long unitSize, PrintStream err) {
        return new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(steps)
                .setUnit(unit, unitSize)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MS)
                .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
                .clearDisplayOnFinish()
                .build();
    }

    @Override
    public void progress(long virtualNs, long durationNs, long events) {
        bar.stepTo(virtualNs / NS_PER_MS);
    }

    @Override
    public void close() {
        bar.close();
    }
}
