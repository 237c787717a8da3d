package io.wheelhouse.timer.balance;

/**
 * Idle threads take work: each takes one bucket from a victim, and comes again at the next barrier.
 *
 * <p>Rule: while all processors are within the dead band d of the mean, nothing. Else a processor that is further below
 * the level (the mean, without what no assignment can level) than d·(1 − hysteresis) is a thief. Thieves take turns, the
 * least loaded first; each takes one bucket from the processor that is then most loaded: the heaviest that is at most half
 * the gap between the two, else the lightest one lighter than the gap. If none is, the next most loaded is the victim.
 *
 * <p>Parameters: dead band (5 %), hysteresis (0.5), move budget (none, but one for each thief), cooldown (0). As one bucket a barrier is
 * little, its interval is usually shorter than that of the others: a scenario file that names none gives it 10 ms.
 *
 * <p>Stability: each move makes the sum of the squares of the loads smaller, so under a constant load moves come to an end.
 * Costs O(B log B + P²).
 *
 * <p>Known failure modes: a short interval measures few items of a bucket, so it follows the noise of arrivals; one
 * overloaded processor of many is relieved only as far as the others are idle enough to ask.
 *
 * <p>Source: work stealing, Blumofe and Leiserson, Scheduling Multithreaded Computations by Work Stealing (JACM, 1999),
 * with the most loaded victim instead of a random one, and at barriers.
 */
final class PullPolicy implements AssignerPolicy {
    static final String NAME = "pull";
    private final PolicyParameters parameters;

    PullPolicy(PolicyParameters parameters) {
        this.parameters = parameters;
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
        boolean[] served = new boolean[reading.processors()];
        for (int turn = 0; turn < served.length && plan.mayMove(); turn++) {
            int thief = hungriest(plan, served);
            if (thief == Plan.NONE) {
                break;
            }
            served[thief] = true;
            steal(plan, thief);
        }
        return plan.assignment();
    }

    private static int hungriest(Plan plan, boolean[] served) {
        int hungriest = Plan.NONE;
        for (int processor = 0; processor < served.length; processor++) {
            boolean isHungry =
                    plan.mayReceive(processor) && !served[processor] && plan.aboveLevelNs(processor) < -plan.innerNs();
            if (isHungry && (hungriest == Plan.NONE || plan.loadNs(processor) < plan.loadNs(hungriest))) {
                hungriest = processor;
            }
        }
        return hungriest;
    }

    private static void steal(Plan plan, int thief) {
        boolean[] leftOut = new boolean[plan.reading().processors()];
        int victim = plan.mostLoaded(leftOut);
        while (victim != Plan.NONE && plan.loadNs(victim) > plan.loadNs(thief)) {
            int bucket = plan.bestBetween(victim, thief);
            if (bucket != Plan.NONE) {
                plan.move(bucket, thief);
                return;
            }
            leftOut[victim] = true;
            victim = plan.mostLoaded(leftOut);
        }
    }
}
