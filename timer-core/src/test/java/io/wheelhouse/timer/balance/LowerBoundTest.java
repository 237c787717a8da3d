package io.wheelhouse.timer.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LowerBoundTest {

    @Test
    void theMeanOrTheLargestBucket() {
        assertThat(LowerBound.of(new long[] {10, 10, 10, 10}, 2).loadNs()).isEqualTo(20.0);
        assertThat(LowerBound.of(new long[] {10, 10, 70, 10}, 2).loadNs()).isEqualTo(70.0);
        assertThat(LowerBound.of(new long[] {10, 10, 70, 10}, 2).maxOverMean()).isEqualTo(1.4);
        assertThat(LowerBound.of(new long[3], 2).maxOverMean()).isEqualTo(1.0);
    }

    @Test
    void noAssignmentBeatsIt() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            long[] loads = randomLoads(random, 1 + random.nextInt(8));
            int processors = 1 + random.nextInt(3);
            double bound = LowerBound.of(loads, processors).loadNs();
            assertThat((double) bestByTryingAll(loads, processors))
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(bound);
        }
    }

    private static long bestByTryingAll(long[] loads, int processors) {
        int assignments = 1;
        for (int bucket = 0; bucket < loads.length; bucket++) {
            assignments *= processors;
        }
        long best = Long.MAX_VALUE;
        for (int assignment = 0; assignment < assignments; assignment++) {
            long[] sums = new long[processors];
            int code = assignment;
            for (long load : loads) {
                sums[code % processors] += load;
                code /= processors;
            }
            best = Math.min(best, Arrays.stream(sums).max().orElseThrow());
        }
        return best;
    }

    @Test
    void greedySingleMovesEndWithinTheGap() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            int processors = 2 + random.nextInt(7);
            long[] loads = randomLoads(random, 1 + random.nextInt(100));
            LowerBound bound = LowerBound.of(loads, processors);
            assertThat((double) afterGreedyMoves(loads, processors, random))
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(bound.loadNs() + bound.greedyGapNs() + 1e-6);
        }
    }

    private static long[] randomLoads(Random random, int buckets) {
        long[] loads = new long[buckets];
        for (int bucket = 0; bucket < buckets; bucket++) {
            loads[bucket] = (long) (1_000 / StrictMath.pow(1.0 - random.nextDouble(), 0.9));
        }
        return loads;
    }

    /** Moves any bucket from the most to the least loaded processor as long as that helps; answers the largest load. */
    private static long afterGreedyMoves(long[] loads, int processors, Random random) {
        long[] sums = new long[processors];
        int[] owners = new int[loads.length];
        for (int bucket = 0; bucket < loads.length; bucket++) {
            owners[bucket] = random.nextInt(processors);
            sums[owners[bucket]] += loads[bucket];
        }
        boolean moved = true;
        while (moved) {
            moved = false;
            int most = 0;
            int least = 0;
            for (int processor = 1; processor < processors; processor++) {
                most = sums[processor] > sums[most] ? processor : most;
                least = sums[processor] < sums[least] ? processor : least;
            }
            for (int bucket = 0; bucket < loads.length && !moved; bucket++) {
                if (owners[bucket] == most && sums[least] + loads[bucket] < sums[most]) {
                    owners[bucket] = least;
                    sums[most] -= loads[bucket];
                    sums[least] += loads[bucket];
                    moved = true;
                }
            }
        }
        return Arrays.stream(sums).max().orElseThrow();
    }

    @Test
    void measuresOfBalance() {
        assertThat(BalanceMeasures.jain(new double[] {3, 3, 3})).isEqualTo(1.0, within(1e-12));
        assertThat(BalanceMeasures.jain(new double[] {1, 0, 0, 0})).isEqualTo(0.25, within(1e-12));
        assertThat(BalanceMeasures.jain(new double[4])).isEqualTo(1.0);
        assertThat(BalanceMeasures.maxOverMean(new double[] {0.9, 0.5, 0.3, 0.1}))
                .isEqualTo(2.0, within(1e-12));
        assertThat(BalanceMeasures.maxOverMean(new double[4])).isEqualTo(1.0);
    }

    @Test
    void wrongLoadsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LowerBound.of(new long[] {1, 2}, 0))
                .withMessageContaining("0 processors");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LowerBound.of(new long[] {5, -7}, 2))
                .withMessageContaining("-2 ns");
    }
}
