package io.wheelhouse.sim.metrics;

/**
 * How evenly the processors were loaded after the warm-up, background load included, held against what the first owners
 * of the buckets would have had to do: the same work, so that only the moves differ.
 *
 * @param maxToMeanBefore the highest load divided by the mean, had no bucket moved; 1 is even
 * @param maxToMeanAfter the same as it was
 * @param jainBefore Jain's index of fairness over the loads, had no bucket moved; 1 is even
 * @param jainAfter the same as it was
 * @param deviationBefore the standard deviation of the loads divided by their mean, had no bucket moved; 0 is even
 * @param deviationAfter the same as it was
 * @param spreadBefore by how much the highest load exceeded the lowest, as a share of the lowest, had no bucket moved;
 *     infinite where the lowest is 0
 * @param spreadAfter the same as it was
 * @param maxToMeanOverTime the highest load of each output interval divided by that interval's mean, weighted by the loads
 *     of the intervals: what swings from processor to processor is even in the end, but not here
 * @param boundMaxToMean the lowest max/mean that any assignment that never moves could have had: the largest of the mean,
 *     the largest bucket and the largest background load of a processor, divided by the mean
 * @param moves moves of buckets in the whole run
 * @param movesMeasured those of them at the end of the warm-up or later
 * @param churn the share of the buckets' load that changed its owner at a barrier, on average over all barriers
 * @param staleCommands moves that came too late and were dropped
 */
public record BalanceResult(
        double maxToMeanBefore,
        double maxToMeanAfter,
        double jainBefore,
        double jainAfter,
        double deviationBefore,
        double deviationAfter,
        double spreadBefore,
        double spreadAfter,
        double maxToMeanOverTime,
        double boundMaxToMean,
        long moves,
        long movesMeasured,
        double churn,
        long staleCommands) {

    /** By how much the highest load exceeded what no assignment can beat: 0 at the lower bound. */
    public double overBound() {
        return maxToMeanAfter / boundMaxToMean - 1.0;
    }
}
