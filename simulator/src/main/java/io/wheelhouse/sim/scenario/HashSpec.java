package io.wheelhouse.sim.scenario;

import java.util.Objects;

/**
 * How connections become buckets: flow hash modulo the number of buckets.
 *
 * @param buckets a number fixed for the run; it need not be a power of two
 */
public record HashSpec(Function function, int buckets) {

    /** The flow hash. */
    public enum Function {
        /** The Toeplitz hash that network cards use for receive-side scaling. */
        TOEPLITZ,
        /** A cheap 64-bit mix of the 4-tuple. */
        MIX
    }

    public HashSpec {
        Objects.requireNonNull(function, "function");
        Check.that(buckets > 0, "buckets", buckets);
    }
}
