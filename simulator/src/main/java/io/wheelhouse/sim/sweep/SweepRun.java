package io.wheelhouse.sim.sweep;

import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Runs what is missing of a sweep, or of a shard of it, and keeps each cell as soon as it is done. */
public final class SweepRun {

    /** Is told how far the sweep is, on the thread that called {@link #run}. */
    public interface Progress {
        /**
         * A cell is done.
         *
         * @param done how many of this run's cells
         */
        void done(int done);

        /** A cell broke a law; its result is not kept. */
        void failed(Cell cell, String violation);
    }

    /** What became of a cell; the result is not kept if it was interrupted or broke a law. */
    private record Outcome(Cell cell, CellResult result, boolean interrupted, List<String> violations) {}

    private final Sweep sweep;
    private final SweepFolder folder;
    private final List<Cell> missing;
    private int failed;

    /**
     * @param shard the number of this shard, from 0
     * @param shards how many there are; shard {@code i} has every cell whose number is {@code i} modulo this
     */
    public SweepRun(Sweep sweep, SweepFolder folder, int shard, int shards) throws IOException {
        if (shard < 0 || shard >= shards) {
            throw new IllegalArgumentException("shard " + shard + " of " + shards);
        }
        this.sweep = sweep;
        this.folder = folder;
        missing = new ArrayList<>();
        for (Cell cell : sweep.cells()) {
            if (cell.index() % shards == shard && !isDone(cell)) {
                missing.add(cell);
            }
        }
    }

    private boolean isDone(Cell cell) throws IOException {
        CellResult result = folder.cell(cell.identity());
        return result != null && sweep.plan().isAnsweredBy(result);
    }

    /** How many cells are to be run. */
    public int missing() {
        return missing.size();
    }

    /** How many cells broke a law. */
    public int failed() {
        return failed;
    }

    /**
     * Runs them.
     *
     * @param engine runs one scenario, until the end or until cancelled; called by several threads at a time
     * @param cancelled whether to begin no more
     */
    public void run(
            SweepExecutor executor,
            Function<Scenario, RunResult> engine,
            BooleanSupplier cancelled,
            Progress progress) {
        int[] done = {0};
        executor.<Outcome>run(
                missing,
                cell -> {
                    RunResult run = engine.apply(cell.scenario());
                    return new Outcome(cell, sweep.keep(run), run.interrupted(), violations(run));
                },
                outcome -> {
                    if (!outcome.violations.isEmpty()) {
                        failed++;
                        progress.failed(outcome.cell, outcome.violations.get(0));
                    } else if (!outcome.interrupted) {
                        store(outcome);
                        progress.done(++done[0]);
                    }
                },
                cancelled);
    }

    private static List<String> violations(RunResult run) {
        return run.laws().verdicts().stream()
                .filter(verdict -> !verdict.kept())
                .flatMap(verdict -> verdict.violations().stream())
                .toList();
    }

    private void store(Outcome outcome) {
        try {
            folder.store(outcome.cell, outcome.result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
