package io.wheelhouse.sim.live;

import io.wheelhouse.timer.balance.AssignerPolicy;
import io.wheelhouse.timer.balance.Assignment;
import io.wheelhouse.timer.balance.Move;
import io.wheelhouse.timer.balance.Reading;
import java.util.List;

/**
 * Moves one bucket at each barrier to the next processor, in turn and whatever the load, so that handing over can be
 * watched under any load. The first owners are those of another policy.
 */
final class ForcedMoves implements AssignerPolicy {
    private final AssignerPolicy first;
    private int turn;

    ForcedMoves(AssignerPolicy first) {
        this.first = first;
    }

    @Override
    public String name() {
        return "forced";
    }

    @Override
    public int initialOwner(int bucket, int buckets, int processors) {
        return first.initialOwner(bucket, buckets, processors);
    }

    @Override
    public Assignment plan(Reading reading) {
        double[] indexes = new double[reading.processors()];
        int[] targets = new int[reading.processors()];
        for (int p = 0; p < targets.length; p++) {
            targets[p] = reading.owned(p);
        }
        if (targets.length == 1) {
            return new Assignment(indexes, targets, List.of());
        }
        int bucket = turn++ % reading.buckets();
        int from = reading.owner(bucket);
        int to = (from + 1) % targets.length;
        return new Assignment(indexes, targets, List.of(new Move(bucket, from, to, reading.epoch(bucket), "forced")));
    }
}
