package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.RunListener;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * How to run, which never shows in the result.
 *
 * @param threads host threads, 1 or more
 * @param listener is told what happens while the run goes on
 * @param cancelled is asked at each barrier whether to stop there
 */
public record EngineOptions(int threads, RunListener listener, BooleanSupplier cancelled) {
    public EngineOptions {
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(cancelled, "cancelled");
        if (threads < 1) {
            throw new IllegalArgumentException("host threads must be 1 or more: " + threads);
        }
    }

    /** Runs to the end and tells nobody. */
    public static EngineOptions quiet(int threads) {
        return new EngineOptions(threads, RunListener.NONE, () -> false);
    }
}
