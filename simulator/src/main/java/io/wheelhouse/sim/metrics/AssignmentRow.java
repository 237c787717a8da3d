package io.wheelhouse.sim.metrics;

/**
 * One processor's row of an assignment.
 *
 * @param utilization u: its percentage of capacity in use, as a fraction, backlog included
 * @param confidence half the width of the 95 % confidence interval of the mean over the last readings; infinite after one
 * @param index I: its imbalance index
 * @param target how many buckets the policy wants it to own
 * @param owned how many it owned when the policy was asked
 * @param exogenous the part of the utilization that is background load
 * @param backlog the part of the utilization that is work still waiting
 * @param windowMean the mean of the utilization over the last readings
 * @param windowDeviation its standard deviation over them; 0 after one
 * @param isAvailable whether it serves buckets from now on
 */
public record AssignmentRow(
        int processor,
        double utilization,
        double confidence,
        double index,
        int target,
        int owned,
        double exogenous,
        double backlog,
        double windowMean,
        double windowDeviation,
        boolean isAvailable) {}
