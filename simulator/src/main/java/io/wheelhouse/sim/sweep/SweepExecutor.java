package io.wheelhouse.sim.sweep;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs the cells of a sweep, wherever it has room. A cell is a pure function of its scenario, so where and in which order
 * they run shows nowhere.
 */
@FunctionalInterface
public interface SweepExecutor {

    /**
     * Runs each cell once, and returns when all are done or no more may be begun.
     *
     * @param task runs one cell; called by several threads at a time
     * @param done is told of each cell that is done; called by one thread at a time
     * @param cancelled asked before each cell whether to begin no more
     */
    <R> void run(List<Cell> cells, Function<Cell, R> task, Consumer<R> done, BooleanSupplier cancelled);
}
