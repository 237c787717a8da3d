package io.wheelhouse.sim.metrics;

/**
 * One processor's row of an assignment.
 *
 * @param utilization u: its percentage of capacity in use, as a fraction, backlog included
 * @param confidence of that reading
 * @param index I: its imbalance index
 * @param target how many buckets the policy wants it to own
 * @param owned how many it owned when the policy was asked
 */
public record AssignmentRow(
        int processor, double utilization, double confidence, double index, int target, int owned) {}
