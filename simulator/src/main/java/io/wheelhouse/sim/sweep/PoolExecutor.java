package io.wheelhouse.sim.sweep;

import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs cells on threads of this process, as many at a time as it has threads.
 *
 * <p>Assumptions and guarantees: {@code done} is called by the calling thread. What a cell throws ends the sweep: no
 * further cell begins, those under way end, and it is thrown to the caller. At most one cell a thread is handed to the
 * pool ahead of need, so its queue is bounded by the number of threads.
 */
public final class PoolExecutor implements SweepExecutor {
    private final int threads;

    /**
     * @param threads how many cells run at a time, 1 or more
     */
    public PoolExecutor(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be 1 or more: " + threads);
        }
        this.threads = threads;
    }

    @Override
    public <R> void run(List<Cell> cells, Function<Cell, R> task, Consumer<R> done, BooleanSupplier cancelled) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CompletionService<R> completion = new ExecutorCompletionService<>(pool);
            int begun = 0;
            int ended = 0;
            while (ended < begun || (begun < cells.size() && !cancelled.getAsBoolean())) {
                while (begun < cells.size() && begun - ended < threads && !cancelled.getAsBoolean()) {
                    Cell cell = cells.get(begun++);
                    completion.submit(() -> task.apply(cell));
                }
                if (ended < begun) {
                    done.accept(completion.take().get());
                    ended++;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw asUnchecked(e);
        } finally {
            pool.shutdown();
        }
    }

    private static RuntimeException asUnchecked(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        if (e.getCause() instanceof RuntimeException exception) {
            return exception;
        }
        return new IllegalStateException("a cell threw a checked exception", e.getCause());
    }
}
