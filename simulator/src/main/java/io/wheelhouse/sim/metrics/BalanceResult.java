package io.wheelhouse.sim.metrics;

/**
 * How evenly the processors were loaded after the warm-up, with the load that is not the timer subsystem's. “Before” is
 * the same work had every bucket stayed with its first owner; “after” is as it was.
 *
 * @param maxToMeanBefore the highest load divided by the mean; 1 is even
 * @param jainBefore Jain's index of fairness over the loads; 1 is even
 * @param boundMaxToMean the lowest max/mean that any assignment of the same buckets could have had
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
