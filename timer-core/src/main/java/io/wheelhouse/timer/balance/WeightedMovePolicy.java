package io.wheelhouse.timer.balance;

/**
 * The moves that bring most for what they cost, under a budget.
 *
 * <p>Rule: a move of a bucket of load w from a processor of load a to one of load b makes the sum of the squares of the
 * loads smaller by 2·w·(a − b − w). It disturbs the packets and timers of the bucket, in proportion to w, and costs a
 * handover whatever w is, which is taken for the mean load m of the buckets that have any: its churn is m + w. The move of
 * most improvement per unit of churn is planned; then the next, until all processors are within the inner band,
 * d·(1 − hysteresis) around the level (the mean, without what no assignment can level), or the budget is used, or no move improves anything. It starts when a processor is
 * outside the dead band d.
 *
 * <p>Parameters: move budget (16 a barrier), dead band (5 %), hysteresis (0.5), cooldown (0).
 *
 * <p>Stability: as each move makes the sum of squares smaller, moves come to an end under a constant load, within
 * largest·(1 − 1/P) of the lower bound. Costs O(B·moves + B log B).
 *
 * <p>Known failure modes: the budget bounds the churn and so the speed: a load that shifts faster than 16 buckets an
 * interval is followed late. It does not see that two moves together could do what neither does alone.
 *
 * <p>Source: a bounded number of moves, Aggarwal, Motwani and Zhu, The Load Rebalancing Problem (SPAA 2003); the ratio of
 * gain to cost is the usual greedy rule for knapsacks.
 */
final class WeightedMovePolicy implements AssignerPolicy {
    static final String NAME = "weighted-move";
    private static final int USUAL_BUDGET = 16;
    private final PolicyParameters parameters;

    WeightedMovePolicy(PolicyParameters parameters) {
        this.parameters = parameters;
    }

    static PolicyParameters usual() {
        return PolicyParameters.usual().withMoveBudget(USUAL_BUDGET);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Assignment plan(Reading reading) {
        Plan plan = new Plan(NAME, reading, parameters);
        if (plan.withinDeadBand()) {
            return plan.assignment();
        }
        double handoverNs = meanBucketNs(reading);
        while (plan.mayMove() && !allAreLevel(plan)) {
            int to = plan.leastLoaded();
            int bucket = to == Plan.NONE ? Plan.NONE : best(plan, to, handoverNs);
            if (bucket == Plan.NONE) {
                break;
            }
            plan.move(bucket, to);
        }
        return plan.assignment();
    }

    private static boolean allAreLevel(Plan plan) {
        for (int processor = 0; processor < plan.reading().processors(); processor++) {
            if (plan.reading().available(processor) && plan.isUneven(processor)) {
                return false;
            }
        }
        return true;
    }

    private static double meanBucketNs(Reading reading) {
        long total = 0;
        int loaded = 0;
        for (int bucket = 0; bucket < reading.buckets(); bucket++) {
            total += reading.loadNs(bucket);
            loaded += reading.loadNs(bucket) > 0 ? 1 : 0;
        }
        return loaded == 0 ? 0.0 : (double) total / loaded;
    }

    /** Of all buckets that have not been moved: whatever the bucket, the least loaded processor is the best receiver. */
    private static int best(Plan plan, int to, double handoverNs) {
        int best = Plan.NONE;
        double mostGain = 0.0;
        for (int from = 0; from < plan.reading().processors(); from++) {
            double gapNs = plan.loadNs(from) - plan.loadNs(to);
            if (gapNs <= 0.0) {
                continue;
            }
            for (int bucket : plan.bucketsByLoad(from)) {
                double loadNs = plan.reading().loadNs(bucket);
                double gain = loadNs * (gapNs - loadNs) / (handoverNs + loadNs);
                if (gain > mostGain && !plan.isMoved(bucket)) {
                    mostGain = gain;
                    best = bucket;
                }
            }
        }
        return best;
    }
}
