package io.wheelhouse.timer.balance;

import java.util.List;
import java.util.Locale;

/** A policy of one's own, as an embedder would bring it: takes from the most loaded, gives to the least, n at a time. */
public final class CountingPolicyProvider implements AssignerPolicyProvider {
    @Override
    public String name() {
        return "test-counting";
    }

    @Override
    public List<String> settings() {
        return List.of("at-a-time");
    }

    @Override
    public AssignerPolicy create(PolicyParameters parameters) {
        int atATime = Integer.parseInt(parameters.settings().getOrDefault("at-a-time", "2"));
        if (atATime < 1) {
            throw new IllegalArgumentException("at-a-time must be 1 or more: " + atATime);
        }
        return new Counting(parameters, atATime);
    }

    private record Counting(PolicyParameters parameters, int atATime) implements AssignerPolicy {
        @Override
        public String name() {
            return "test-counting";
        }

        @Override
        public Assignment plan(Reading reading) {
            Plan plan = new Plan(name(), reading, parameters);
            for (int turn = 0; turn < atATime && plan.mayMove() && !plan.withinDeadBand(); turn++) {
                int from = plan.mostLoaded(new boolean[reading.processors()]);
                int to = plan.leastLoaded();
                int bucket = to == Plan.NONE || from == to ? Plan.NONE : plan.bestBetween(from, to);
                if (bucket == Plan.NONE) {
                    break;
                }
                plan.move(bucket, to);
            }
            return plan.assignment();
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s (%d at a time)", name(), atATime);
        }
    }
}
