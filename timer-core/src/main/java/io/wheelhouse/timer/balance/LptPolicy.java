package io.wheelhouse.timer.balance;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Longest processing time first: all buckets are assigned again, from scratch, without regard to where they are.
 *
 * <p>Rule: buckets in order of their loads, the heaviest first, each to the processor that is least loaded so far, starting
 * from what each has to do besides; of equally loaded processors the present owner, else the lowest. Buckets without load
 * stay. Nothing happens while all processors are within the dead band.
 *
 * <p>Parameters: dead band (5 %), move budget (none: cut short, the heaviest go, and the rest is left as it is, which may
 * be worse than before).
 *
 * <p>Stability: under a constant load the second plan is the first, so nothing moves twice. The largest load ends within
 * 4/3 − 1/(3P) of the best possible. Costs O(B log B + B·P).
 *
 * <p>Known failure modes: churn. When loads vary a little, nearly every bucket changes its owner at every barrier; each
 * move costs both processors time, and what caches held. It is the yardstick for quality, not a policy to run.
 *
 * <p>Source: Graham, Bounds on Multiprocessing Timing Anomalies (SIAM J. Appl. Math., 1969).
 */
final class LptPolicy implements AssignerPolicy {
    static final String NAME = "lpt";
    private final PolicyParameters parameters;

    LptPolicy(PolicyParameters parameters) {
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
        int[] buckets = heaviestFirst(reading, plan);
        long[] loadsNs = loadsWithout(reading, buckets);
        for (int bucket : buckets) {
            int to = leastLoaded(plan, loadsNs, reading.owner(bucket));
            loadsNs[to] += reading.loadNs(bucket);
            if (to != reading.owner(bucket) && plan.mayMove()) {
                plan.move(bucket, to);
            }
        }
        return plan.assignment();
    }

    private static int[] heaviestFirst(Reading reading, Plan plan) {
        Integer[] buckets = IntStream.range(0, reading.processors())
                .flatMap(processor -> Arrays.stream(plan.bucketsByLoad(processor)))
                .sorted()
                .boxed()
                .toArray(Integer[]::new);
        Arrays.sort(buckets, (left, right) -> Long.compare(reading.loadNs(right), reading.loadNs(left)));
        return Arrays.stream(buckets).mapToInt(Integer::intValue).toArray();
    }

    private static long[] loadsWithout(Reading reading, int[] buckets) {
        long[] loadsNs = new long[reading.processors()];
        for (int processor = 0; processor < loadsNs.length; processor++) {
            loadsNs[processor] = reading.processorLoadNs(processor);
        }
        for (int bucket : buckets) {
            loadsNs[reading.owner(bucket)] -= reading.loadNs(bucket);
        }
        return loadsNs;
    }

    private static int leastLoaded(Plan plan, long[] loadsNs, int owner) {
        int least = owner;
        for (int processor = 0; processor < loadsNs.length; processor++) {
            if (plan.mayReceive(processor) && loadsNs[processor] < loadsNs[least]) {
                least = processor;
            }
        }
        return least;
    }
}
