package io.wheelhouse.sim.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Turns the end of the process (Ctrl-C, or a termination signal) into a request to stop at the next barrier, so that
 * partial results can be saved.
 *
 * <pre>
 *   signal thread (in the JVM's shutdown)     main thread
 *   ------------------------------------      -----------------------------------------
 *   requested = true
 *   waits for finished                        sees requested at a barrier, stops there
 *                                             writes the results, close: finished
 *   returns; the JVM ends with 128 + signal   System.exit waits for the shutdown, for ever
 * </pre>
 *
 * <p>The wait is bounded: a run that does not come to a barrier in that time is lost.
 */
final class Interruption implements AutoCloseable, BooleanSupplier {
    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::request, "wheelhouse-interruption");
    private volatile boolean requested;

    /** Begins to listen. */
    static Interruption listen() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private Interruption() {}

    private void request() {
        requested = true;
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether to stop. */
    @Override
    public boolean getAsBoolean() {
        return requested;
    }

    /** Ends listening: all that should be saved is. */
    @Override
    public void close() {
        finished.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The shutdown has begun since; the hook will find that nothing is left to do.
                assert finished.getCount() == 0;
            }
        }
    }
}
