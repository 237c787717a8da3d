package io.wheelhouse.timer.balance;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Moves buckets off processors that have gone offline before another policy is asked, so that no policy need know how.
 *
 * <p>As long as an offline processor owns buckets and another is available, all of them go, the heaviest first, each to
 * the processor that is then least loaded. No budget, band or cooldown applies: a bucket that stays is not served. The
 * policy behind it plans again at the next barrier, from loads that were measured with the new owners.
 */
final class EvacuatingPolicy implements AssignerPolicy {
    private final AssignerPolicy policy;
    private final PolicyParameters unbounded;

    EvacuatingPolicy(AssignerPolicy policy, ImbalanceIndex index) {
        this.policy = policy;
        this.unbounded = new PolicyParameters(index, 1.0, 0.0, 0.0, PolicyParameters.UNLIMITED, 0, Map.of());
    }

    @Override
    public String name() {
        return policy.name();
    }

    @Override
    public int initialOwner(int bucket, int buckets, int processors) {
        return policy.initialOwner(bucket, buckets, processors);
    }

    @Override
    public Assignment plan(Reading reading) {
        return mustEvacuate(reading) ? evacuation(reading) : policy.plan(reading);
    }

    private static boolean mustEvacuate(Reading reading) {
        if (reading.availableProcessors() == 0) {
            return false;
        }
        for (int processor = 0; processor < reading.processors(); processor++) {
            if (!reading.available(processor) && reading.owned(processor) > 0) {
                return true;
            }
        }
        return false;
    }

    private Assignment evacuation(Reading reading) {
        Plan plan = new Plan("offline", reading, unbounded);
        Integer[] buckets = IntStream.range(0, reading.buckets())
                .filter(bucket -> !reading.available(reading.owner(bucket)))
                .boxed()
                .toArray(Integer[]::new);
        Arrays.sort(buckets, (left, right) -> Long.compare(reading.loadNs(right), reading.loadNs(left)));
        int[] owned = new int[reading.processors()];
        Arrays.setAll(owned, reading::owned);
        for (int bucket : buckets) {
            int to = reading.loadNs(bucket) == 0 ? fewest(reading, owned) : plan.leastLoaded();
            owned[to]++;
            plan.move(bucket, to);
        }
        return plan.assignment();
    }

    /** Buckets without load say nothing of what they will bring, so they are spread by number. */
    private static int fewest(Reading reading, int[] owned) {
        int fewest = Plan.NONE;
        for (int processor = 0; processor < owned.length; processor++) {
            boolean fewer = fewest == Plan.NONE || owned[processor] < owned[fewest];
            if (reading.available(processor) && fewer) {
                fewest = processor;
            }
        }
        return fewest;
    }
}
