package io.wheelhouse.sim.metrics;

/**
 * How evenly the processors were loaded, at the first assignment after the warm-up and at the last.
 *
 * @param maxToMeanBefore the highest utilization divided by the mean; 1 is even
 * @param jainBefore Jain's index of fairness over the utilizations; 1 is even
 * @param boundMaxToMean the lowest max/mean that any assignment of the same buckets could have had at the last one:
 *     max(total / processors, largest bucket), divided by the mean
 * @param moves moves of buckets in the whole run
 * @param staleCommands moves that came too late and were dropped
 */
public record BalanceResult(
        double maxToMeanBefore,
        double maxToMeanAfter,
        double jainBefore,
        double jainAfter,
        double boundMaxToMean,
        long moves,
        long staleCommands) {}
