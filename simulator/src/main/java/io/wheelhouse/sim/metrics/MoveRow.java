package io.wheelhouse.sim.metrics;

/**
 * One move of a bucket.
 *
 * @param epoch the bucket's epoch before the move
 * @param fromLoad utilization of the processor that gave it up
 * @param toLoad utilization of the processor that took it over
 * @param fromIndex imbalance index of the former
 * @param toIndex imbalance index of the latter
 * @param bucketLoad the bucket's part of the former's utilization
 * @param reason the policy's, a few words
 */
public record MoveRow(
        long atNs,
        int bucket,
        int from,
        int to,
        long epoch,
        double fromLoad,
        double toLoad,
        double fromIndex,
        double toIndex,
        double bucketLoad,
        String reason) {}
