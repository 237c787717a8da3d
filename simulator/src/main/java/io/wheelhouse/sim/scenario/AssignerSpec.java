package io.wheelhouse.sim.scenario;

import java.util.Objects;

/**
 * The policy that says which thread owns which bucket. A policy takes those parameters that it has.
 *
 * @param intervalNs time between two assignments
 * @param damping the share of the planned change that is made, greater than 0, at most 1
 * @param deadBand the distance from the mean utilization, as a fraction of capacity, below which nothing moves
 */
public record AssignerSpec(Policy policy, Index index, long intervalNs, double damping, double deadBand) {

    /** The built-in policies. */
    public enum Policy {
        /** One thread for everything. */
        SINGLE,
        /** By hash, once. */
        STATIC,
        /** Numbers of buckets in proportion to the imbalance index. */
        PROPORTIONAL
    }

    /** The imbalance index of a processor that uses u of its capacity where the mean is U. */
    public enum Index {
        /** max(0, 1 − u). */
        IDLE,
        /** U / u. */
        RATIO,
        /** max(0, U − u). */
        DEFICIT
    }

    public AssignerSpec {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(index, "index");
        Check.that(intervalNs > 0, "intervalNs", intervalNs);
        Check.that(damping > 0.0 && damping <= 1.0, "damping", damping);
        Check.fraction(deadBand, "deadBand");
    }
}
