package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.BalanceResult;
import io.wheelhouse.sim.metrics.RunResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What counting buckets is worth where a few of them carry most of the load: left alone, less than doing nothing; and a few
 * moves by weight come near to an assignment from scratch.
 */
class HeavyBucketsTest {

    private static BalanceResult balance(String... settings) {
        List<String> all = new ArrayList<>(List.of("duration=6s", "warmup=2s"));
        all.addAll(Arrays.asList(settings));
        RunResult result = VirtualEngine.run(
                Scenarios.gallery("heavy-buckets", all.toArray(String[]::new)), EngineOptions.quiet(2));
        assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
        return result.balance();
    }

    @Test
    void countingBucketsIsWorseThanLeavingThemAlone() {
        BalanceResult counting = balance(
                "assigner={policy: proportional, interval: 500ms, index: ratio, damping: 1, set: {release: number}}");
        assertThat(counting.maxToMeanOverTime()).isGreaterThan(1.2 * counting.maxToMeanBefore());
        assertThat(counting.moves()).isGreaterThan(500);
    }

    @Test
    void aFewMovesByWeightComeNearToAnAssignmentFromScratch() {
        BalanceResult few = balance();
        BalanceResult scratch = balance("assigner={policy: lpt, interval: 500ms, dead-band: 0%}");
        assertThat(few.maxToMeanOverTime()).isLessThan(1.25 * scratch.maxToMeanOverTime());
        assertThat((double) few.moves()).isLessThan(0.02 * scratch.moves());
        assertThat(few.maxToMeanAfter()).isLessThan(0.7 * few.maxToMeanBefore());
        assertThat(scratch.overBound()).isBetween(0.0, 0.10);
    }
}
