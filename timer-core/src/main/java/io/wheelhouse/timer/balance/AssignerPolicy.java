package io.wheelhouse.timer.balance;

/**
 * Says which processor shall own which bucket: at the start, and again at each barrier.
 *
 * <p>A policy is a pure function of its parameters and of what it is given: the same readings lead to the same
 * assignments, whatever the host. It moves nothing itself, and plans no move when all processors are loaded alike. Asked
 * by one thread at a time.
 */
public interface AssignerPolicy {

    /** The name used in scenario files. */
    String name();

    /** The processor that owns a bucket before anything has been measured: they are dealt out in turn. */
    default int initialOwner(int bucket, int buckets, int processors) {
        return bucket % processors;
    }

    /** Plans the next interval from what was measured up to this barrier. Each bucket is moved at most once. */
    Assignment plan(Reading reading);
}
