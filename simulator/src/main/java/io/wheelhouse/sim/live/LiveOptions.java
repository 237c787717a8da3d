package io.wheelhouse.sim.live;

import io.wheelhouse.sim.metrics.RunListener;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * How to run live.
 *
 * @param idle what timer threads do while they have nothing to do
 * @param moveEveryNs move a bucket so often, whatever the scenario's policy says; 0 for leaving it to the policy
 * @param oversubscribe run more timer threads than there are cores
 * @param listener is told what happens while the run goes on
 * @param cancelled is asked all the time whether to stop
 */
public record LiveOptions(
        Idle idle, long moveEveryNs, boolean oversubscribe, RunListener listener, BooleanSupplier cancelled) {
    public LiveOptions {
        Objects.requireNonNull(idle, "idle");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(cancelled, "cancelled");
        if (moveEveryNs < 0) {
            throw new IllegalArgumentException("moveEveryNs must not be negative: " + moveEveryNs);
        }
    }

    /** Runs to the end by the scenario's policy, and tells nobody. */
    public static LiveOptions quiet() {
        return new LiveOptions(Idle.PARK, 0, false, RunListener.NONE, () -> false);
    }
}
