package io.wheelhouse.sim.metrics;

/**
 * How evenly the processors were loaded after the warm-up, background load included, held against what the first owners
 * of the buckets would have had to do: the same work, so that only the moves differ.
 *
 * @param maxToMeanBefore the highest load divided by the mean, had no bucket moved; 1 is even
 * @param maxToMeanAfter the same as it was
 * @param jainBefore Jain's index of fairness over the loads, had no bucket moved; 1 is even
 * @param jainAfter the same as it was
 * @param boundMaxToMean the lowest max/mean that any assignment that never moves could have had: the largest of the mean,
 *     the largest bucket and the largest background load of a processor, divided by the mean
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
