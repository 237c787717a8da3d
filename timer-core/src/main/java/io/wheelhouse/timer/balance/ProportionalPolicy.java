package io.wheelhouse.timer.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Numbers of buckets in proportion to the imbalance index: a feedback controller that assumes buckets of equal load.
 *
 * <p>With u the utilization of a processor, U the mean, n the buckets it owns, B all buckets, I its imbalance index and
 * T = ΣI the total imbalance index, the target is, for the indexes {@code idle} and {@code ratio}, B·I/T. With
 * {@code deficit}, each processor above the mean releases round(n·(u−U)/u) buckets, and those below share the released
 * in the proportion I/T. Shares become whole by {@link LargestRemainder}. T = 0 leaves everything as it is.
 *
 * <p>Damping α scales the change: the target is n + α·(share − n), and a release is round(α·n·(u−U)/u). While every
 * processor is within the dead band of the mean, nothing moves; and with {@code deficit} a processor that exceeds the mean
 * by no more than the band releases nothing. A processor below the mean may always receive: where one of many is
 * overloaded, each of the others lacks but little.
 *
 * <p>Stability: with equal buckets, no other load and mean utilization ρ, {@code idle} multiplies the deviation from
 * balance by 1 − α/(1−ρ) each interval; undamped {@code ratio} flips for ever. {@code deficit} aims at the mean and not
 * past it.
 *
 * <p>Parameters: index (deficit), damping (0.5: halves the gain, so {@code idle} converges up to ρ = 0.75), dead band (5 %),
 * move budget (none; where it is exceeded, all changes of counts are scaled down alike).
 *
 * <p>Known failure modes: it counts buckets and does not weigh them. Where a few buckets carry most of the load, a processor
 * that holds one of them gives away its light ones, and {@code idle} and {@code ratio} fill an idle processor with whatever
 * comes; the result can be less even than {@code static}'s. An idle processor is not filled while each of the others is
 * within the dead band of the mean.
 *
 * <p>Which buckets leave is {@link Release}'s choice, which knows what they weigh; with the setting {@code release: number}
 * those of the lowest numbers do, and the formula is left alone with its assumption. They go, one by one, to the processor that still lacks the most,
 * of equals to the lower number. Costs O(P² + B log B + moves·P).
 */
final class ProportionalPolicy implements AssignerPolicy {
    static final String NAME = "proportional";
    static final String RELEASE = "release";
    private static final String BY_LOAD = "load";
    private static final String BY_NUMBER = "number";
    private final PolicyParameters parameters;
    private final boolean releasesByLoad;

    ProportionalPolicy(PolicyParameters parameters) {
        this.parameters = parameters;
        String release = parameters.settings().getOrDefault(RELEASE, BY_LOAD);
        if (!release.equals(BY_LOAD) && !release.equals(BY_NUMBER)) {
            throw new IllegalArgumentException(RELEASE + " must be " + BY_LOAD + " or " + BY_NUMBER + ": " + release);
        }
        releasesByLoad = release.equals(BY_LOAD);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Assignment plan(Reading reading) {
        double[] indexes = parameters.index().of(reading);
        if (largestDistance(reading) <= parameters.deadBand()) {
            return Assignment.unchanged(reading, indexes);
        }
        int[] targets = parameters.index() == ImbalanceIndex.DEFICIT
                ? targetsByRelease(reading, indexes)
                : targetsByShare(reading, indexes);
        int[] affordable = withinBudget(reading, targets);
        return new Assignment(indexes, affordable, moves(reading, affordable));
    }

    private static double largestDistance(Reading reading) {
        double largest = 0.0;
        for (int processor = 0; processor < reading.processors(); processor++) {
            if (reading.available(processor)) {
                largest = Math.max(largest, Math.abs(reading.utilization(processor) - reading.meanUtilization()));
            }
        }
        return largest;
    }

    private int[] targetsByShare(Reading reading, double[] indexes) {
        double total = 0.0;
        for (double index : indexes) {
            total += index;
        }
        double[] shares = new double[indexes.length];
        for (int processor = 0; processor < indexes.length; processor++) {
            int owned = reading.owned(processor);
            double share = total == 0.0 ? owned : reading.buckets() * indexes[processor] / total;
            shares[processor] = owned + parameters.damping() * (share - owned);
        }
        return LargestRemainder.apportion(shares, reading.buckets());
    }

    private int[] targetsByRelease(Reading reading, double[] indexes) {
        int[] targets = new int[indexes.length];
        int released = 0;
        double total = 0.0;
        for (int processor = 0; processor < indexes.length; processor++) {
            int releases = releases(reading, processor);
            targets[processor] = reading.owned(processor) - releases;
            released += releases;
            total += indexes[processor];
        }
        if (total == 0.0) {
            return ownedBy(reading);
        }
        double[] shares = new double[indexes.length];
        for (int processor = 0; processor < indexes.length; processor++) {
            shares[processor] = released * indexes[processor] / total;
        }
        int[] received = LargestRemainder.apportion(shares, released);
        for (int processor = 0; processor < indexes.length; processor++) {
            targets[processor] += received[processor];
        }
        return targets;
    }

    private int releases(Reading reading, int processor) {
        double above = reading.utilization(processor) - reading.meanUtilization();
        if (above <= parameters.deadBand()) {
            return 0;
        }
        double surplus = reading.owned(processor) * above / reading.utilization(processor);
        return (int) Math.round(parameters.damping() * surplus);
    }

    /** Scales all changes down alike where together they exceed the budget. */
    private int[] withinBudget(Reading reading, int[] targets) {
        double[] gives = new double[targets.length];
        double[] takes = new double[targets.length];
        int moves = 0;
        for (int processor = 0; processor < targets.length; processor++) {
            int change = targets[processor] - reading.owned(processor);
            gives[processor] = Math.max(0, -change);
            takes[processor] = Math.max(0, change);
            moves += Math.max(0, change);
        }
        int budget = parameters.moveBudget();
        if (moves <= budget) {
            return targets;
        }
        double part = (double) budget / moves;
        int[] given = LargestRemainder.apportion(scaled(gives, part), budget);
        int[] taken = LargestRemainder.apportion(scaled(takes, part), budget);
        int[] affordable = ownedBy(reading);
        for (int processor = 0; processor < targets.length; processor++) {
            affordable[processor] += taken[processor] - given[processor];
        }
        return affordable;
    }

    private static double[] scaled(double[] values, double factor) {
        double[] scaled = new double[values.length];
        for (int at = 0; at < values.length; at++) {
            scaled[at] = values[at] * factor;
        }
        return scaled;
    }

    private static int[] ownedBy(Reading reading) {
        int[] owned = new int[reading.processors()];
        for (int processor = 0; processor < owned.length; processor++) {
            owned[processor] = reading.owned(processor);
        }
        return owned;
    }

    private List<Move> moves(Reading reading, int[] targets) {
        int[] lacks = new int[targets.length];
        for (int processor = 0; processor < targets.length; processor++) {
            lacks[processor] = targets[processor] - reading.owned(processor);
        }
        List<Move> moves = new ArrayList<>();
        for (int from = 0; from < targets.length; from++) {
            if (lacks[from] >= 0) {
                continue;
            }
            String[] reasons = new String[targets.length];
            for (int bucket : released(reading, from, -lacks[from])) {
                int to = lacksMost(lacks);
                lacks[to]--;
                if (reasons[to] == null) {
                    reasons[to] = reason(reading, targets, from, to);
                }
                moves.add(new Move(bucket, from, to, reading.epoch(bucket), reasons[to]));
            }
            lacks[from] = 0;
        }
        return moves;
    }

    private int[] released(Reading reading, int from, int count) {
        return releasesByLoad ? Release.choose(reading, from, count) : Release.lowest(reading, from, count);
    }

    private static int lacksMost(int[] lacks) {
        int most = 0;
        for (int processor = 1; processor < lacks.length; processor++) {
            if (lacks[processor] > lacks[most]) {
                most = processor;
            }
        }
        assert lacks[most] > 0 : "a bucket is released that nobody lacks";
        return most;
    }

    private String reason(Reading reading, int[] targets, int from, int to) {
        return String.format(
                Locale.ROOT,
                "%s: utilization %.3f to %.3f (mean %.3f); buckets %d>%d to %d>%d",
                parameters.index().key(),
                reading.utilization(from),
                reading.utilization(to),
                reading.meanUtilization(),
                reading.owned(from),
                targets[from],
                reading.owned(to),
                targets[to]);
    }
}
