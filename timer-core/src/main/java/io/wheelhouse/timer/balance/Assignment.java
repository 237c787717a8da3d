package io.wheelhouse.timer.balance;

import java.util.List;

/**
 * What a policy made of a reading: each processor's imbalance index, the number of buckets it should own, and the moves
 * that lead there. Immutable.
 */
public final class Assignment {
    private final double[] indexes;
    private final int[] targets;
    private final List<Move> moves;
    private final double totalIndex;

    /**
     * @param indexes the imbalance index of each processor
     * @param targets the number of buckets that each processor should own
     * @param moves each bucket at most once
     */
    public Assignment(double[] indexes, int[] targets, List<Move> moves) {
        if (indexes.length != targets.length) {
            throw new IllegalArgumentException(indexes.length + " indexes but " + targets.length + " targets");
        }
        this.indexes = indexes.clone();
        this.targets = targets.clone();
        this.moves = List.copyOf(moves);
        double total = 0.0;
        for (double index : this.indexes) {
            total += index;
        }
        this.totalIndex = total;
    }

    /** Leaves every bucket where it is. */
    public static Assignment unchanged(Reading reading, double[] indexes) {
        int[] targets = new int[reading.processors()];
        for (int processor = 0; processor < targets.length; processor++) {
            targets[processor] = reading.owned(processor);
        }
        return new Assignment(indexes, targets, List.of());
    }

    /** I: the processor's imbalance index. */
    public double index(int processor) {
        return indexes[processor];
    }

    /** T: the total imbalance index, the sum of all processors' in order of their numbers. */
    public double totalIndex() {
        return totalIndex;
    }

    /** The number of buckets that the processor should own. */
    public int target(int processor) {
        return targets[processor];
    }

    /** The moves, in the order in which they are to be made. */
    public List<Move> moves() {
        return moves;
    }
}
