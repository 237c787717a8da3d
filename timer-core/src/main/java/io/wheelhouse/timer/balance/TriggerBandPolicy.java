package io.wheelhouse.timer.balance;

/**
 * High and low triggers around the mean: who is above the high one sheds load, who is below the low one asks for it.
 *
 * <p>Rule: with U the mean utilization and d the dead band, a processor is triggered outside U ± d, and stays so until it
 * is within the inner band, d·(1 − hysteresis) around the level (the mean, without what no assignment can level). While either the most loaded or the least loaded processor is
 * triggered, the former gives the latter the heaviest bucket that is at most half the gap between them; if none is that
 * light, the lightest one lighter than the gap; if none is, the next most loaded processor takes its turn.
 *
 * <p>Parameters: dead band (5 %), hysteresis (0.5), move budget (none), cooldown (0).
 *
 * <p>Stability: each move makes the sum of the squares of the loads smaller, so under a constant load moves come to an
 * end. Where bucket loads vary from interval to interval by more than the band, it follows the noise. Costs O(B log B +
 * moves·P).
 *
 * <p>Known failure modes: it looks at two processors at a time, so it takes more moves than {@code bisect} to the same
 * end; a narrow band makes it restless.
 *
 * <p>Source: threshold policies of Eager, Lazowska and Zahorjan, Adaptive Load Sharing in Homogeneous Distributed Systems
 * (IEEE TSE, 1986); the acceptable range around the mean is Krueger and Finkel's, An Adaptive Load Balancing Algorithm for
 * a Multicomputer (1984).
 */
final class TriggerBandPolicy implements AssignerPolicy {
    static final String NAME = "trigger-band";
    private final PolicyParameters parameters;

    TriggerBandPolicy(PolicyParameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Assignment plan(Reading reading) {
        Plan plan = new Plan(NAME, reading, parameters);
        boolean[] triggered = new boolean[reading.processors()];
        for (int processor = 0; processor < triggered.length; processor++) {
            triggered[processor] = plan.isTriggered(processor);
        }
        boolean[] stuck = new boolean[reading.processors()];
        // Each round moves a bucket or gives up on a processor.
        while (plan.mayMove()) {
            int from = plan.mostLoaded(stuck);
            int to = plan.leastLoaded();
            if (from == Plan.NONE || to == Plan.NONE) {
                break;
            }
            boolean isOver = triggered[from] && plan.isUneven(from);
            boolean isUnder = triggered[to] && plan.isUneven(to);
            if (!isOver && !isUnder) {
                break;
            }
            int bucket = from == to ? Plan.NONE : plan.bestBetween(from, to);
            if (bucket == Plan.NONE) {
                stuck[from] = true;
            } else {
                plan.move(bucket, to);
            }
        }
        return plan.assignment();
    }
}
