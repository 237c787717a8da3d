package io.wheelhouse.timer.balance;

/**
 * Moves the heaviest bucket that fits from the most loaded to the least loaded processor, and finds by bisection how far
 * beyond the level a processor may be filled for that.
 *
 * <p>Rule: for an allowed overshoot ω, the most loaded processor gives the least loaded one the heaviest bucket that leaves
 * the giver no further than ω below the level (the mean, without what no assignment can level) and the receiver no further
 * than ω above it; a processor without such a bucket
 * is passed over; this ends when nobody is further than the inner band, d·(1 − hysteresis), above the level. Where ω is too
 * small few buckets fit, where it is large receivers are overfilled: {@value #STEPS} bisections between 0 and the largest
 * excess look for the least ω with which all processors end within ω or the inner band of the level. Of the plans tried, the
 * most even one is taken, of equals that with fewer moves. It starts when a processor is outside the dead band d.
 *
 * <p>Parameters: dead band (5 %), hysteresis (0.5), cooldown of receivers (1 barrier: their load is measured anew before
 * they take more), move budget (none).
 *
 * <p>Stability: each move makes the sum of the squares of the loads smaller, so under a constant load moves come to an end.
 * Costs O({@value #STEPS}·(B log B + moves·P)).
 *
 * <p>Known failure modes: the cooldown delays the answer to a second shift of load by an interval; a bucket heavier than
 * the mean stays where it is, and its owner can only be freed of the others.
 *
 * <p>Source: after RSS++, Barbette, Katsikas, Maguire and Kostić, RSS++: load and state-aware receive side scaling (CoNEXT
 * 2019), which moves few buckets by load and leaves alone those that just received.
 */
final class BisectPolicy implements AssignerPolicy {
    static final String NAME = "bisect";
    private static final int STEPS = 8;
    private final PolicyParameters parameters;

    BisectPolicy(PolicyParameters parameters) {
        this.parameters = parameters;
    }

    static PolicyParameters usual() {
        return PolicyParameters.usual().withCooldown(1);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Assignment plan(Reading reading) {
        Plan best = new Plan(NAME, reading, parameters);
        if (best.withinDeadBand()) {
            return best.assignment();
        }
        double low = 0.0;
        double high = Math.max(0.0, mostAboveNs(best));
        Plan widest = filled(reading, high);
        best = better(best, widest);
        for (int step = 0; step < STEPS; step++) {
            double overshootNs = (low + high) / 2.0;
            Plan plan = filled(reading, overshootNs);
            best = better(best, plan);
            if (mostAboveNs(plan) <= Math.max(overshootNs, plan.innerNs())) {
                high = overshootNs;
            } else {
                low = overshootNs;
            }
        }
        return best.assignment();
    }

    private static Plan better(Plan one, Plan other) {
        int order = Double.compare(other.unevenness(), one.unevenness());
        boolean fewer = other.moveCount() < one.moveCount();
        return order < 0 || (order == 0 && fewer) ? other : one;
    }

    private Plan filled(Reading reading, double overshootNs) {
        Plan plan = new Plan(NAME, reading, parameters);
        boolean[] stuck = new boolean[reading.processors()];
        // Each round moves a bucket or gives up on a processor.
        while (plan.mayMove()) {
            int from = plan.mostLoaded(stuck);
            int to = plan.leastLoaded();
            if (from == Plan.NONE || to == Plan.NONE || plan.aboveLevelNs(from) <= plan.innerNs()) {
                break;
            }
            double fits = Math.min(plan.aboveLevelNs(from), -plan.aboveLevelNs(to)) + overshootNs;
            // Of the same load at the other end, nothing would be gained.
            double helps = plan.loadNs(from) - plan.loadNs(to) - 1.0;
            int bucket = plan.heaviestUpTo(from, Math.min(fits, helps));
            if (bucket == Plan.NONE) {
                stuck[from] = true;
            } else {
                plan.move(bucket, to);
            }
        }
        return plan;
    }

    private static double mostAboveNs(Plan plan) {
        return plan.aboveLevelNs(plan.mostLoaded(new boolean[plan.reading().processors()]));
    }
}
