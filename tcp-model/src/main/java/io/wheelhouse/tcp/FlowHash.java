package io.wheelhouse.tcp;

/**
 * A hash of the oriented 4-tuple. Its remainder by the number of buckets is the connection's bucket, for the whole run.
 * Immutable; any thread.
 */
public sealed interface FlowHash permits ToeplitzHash, MixHash {

    /** The hash, all 64 bits significant as an unsigned number; Toeplitz fills the lower 32. */
    long hash(FourTuple tuple);

    /** The connection's bucket, 0 to {@code buckets} - 1. */
    default int bucketOf(FourTuple tuple, int buckets) {
        if (buckets < 1) {
            throw new IllegalArgumentException("buckets must be 1 or greater: " + buckets);
        }
        return (int) Long.remainderUnsigned(hash(tuple), buckets);
    }
}
