package io.wheelhouse.timer.balance;

import java.util.Objects;

/**
 * The parameters of the built-in policies. A policy takes those that it has; the index is also what a policy that moves
 * nothing reports, so that runs can be compared.
 *
 * @param index the imbalance index
 * @param damping the share of the planned change of counts that is made, greater than 0, at most 1
 * @param deadBand while no processor's utilization is further than this from the mean, nothing moves, and a processor
 *     no further above it need not give anything up; a fraction of capacity, not negative
 */
public record PolicyParameters(ImbalanceIndex index, double damping, double deadBand) {
    public PolicyParameters {
        Objects.requireNonNull(index, "index");
        if (!(damping > 0.0 && damping <= 1.0)) {
            throw new IllegalArgumentException("damping must be greater than 0 and at most 1: " + damping);
        }
        if (!(deadBand >= 0.0 && deadBand < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("dead band must be finite and not negative: " + deadBand);
        }
    }
}
