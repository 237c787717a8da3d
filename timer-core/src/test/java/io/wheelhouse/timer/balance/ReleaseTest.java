package io.wheelhouse.timer.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReleaseTest {

    private static Reading oneProcessor(long... loads) {
        return Readings.ofBuckets(1, new int[loads.length], loads);
    }

    @Test
    void ofEqualBucketsTheLowestNumbersLeave() {
        assertThat(Release.choose(oneProcessor(7, 7, 7, 7, 7), 0, 3)).containsExactly(0, 1, 2);
        assertThat(Release.choose(oneProcessor(0, 0, 0, 0), 0, 2)).containsExactly(0, 1);
    }

    @Test
    void aGiantStaysWhileItOutweighsWhatIsToBeGiven() {
        // 3 of 6 buckets should take half of 150; the giant has 100.
        assertThat(Release.choose(oneProcessor(10, 100, 10, 10, 10, 10), 0, 3)).containsExactly(0, 2, 3);
    }

    @Test
    void allLeaveWhenAllMust() {
        assertThat(Release.choose(oneProcessor(1, 1_000, 3, 0), 0, 4)).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void theLoadThatLeavesIsProportionalToTheCount() {
        Random random = new Random(7);
        long[] loads = new long[1_000];
        long total = 0;
        for (int bucket = 0; bucket < loads.length; bucket++) {
            loads[bucket] = random.nextInt(1_000_000);
            total += loads[bucket];
        }
        Reading reading = oneProcessor(loads);
        for (int count : new int[] {1, 10, 100, 500, 900}) {
            long given = 0;
            for (int bucket : Release.choose(reading, 0, count)) {
                given += loads[bucket];
            }
            double part = (double) total * count / loads.length;
            assertThat((double) given).isEqualTo(part, within(part / 100));
        }
    }

    /** The rule word for word, by looking at every bucket each time. */
    private static List<Integer> byScan(long[] loads, int count) {
        List<Integer> left = new ArrayList<>();
        long total = 0;
        for (int bucket = 0; bucket < loads.length; bucket++) {
            left.add(bucket);
            total += loads[bucket];
        }
        long toGive = count * ((total + loads.length - 1) / loads.length);
        List<Integer> chosen = new ArrayList<>();
        for (int missing = count; missing > 0; missing--) {
            long most = Math.max(0, toGive) / missing;
            long lightest =
                    left.stream().mapToLong(bucket -> loads[bucket]).min().orElseThrow();
            int choice = left.stream()
                    .filter(bucket -> loads[bucket] <= Math.max(most, lightest))
                    .max(Comparator.comparingLong((Integer bucket) -> loads[bucket])
                            .thenComparing(Comparator.reverseOrder()))
                    .orElseThrow();
            left.removeIf(bucket -> bucket == choice);
            chosen.add(choice);
            toGive -= loads[choice];
        }
        return chosen;
    }

    @Test
    void choosesWhatAScanChooses() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            long[] loads = new long[1 + random.nextInt(40)];
            for (int bucket = 0; bucket < loads.length; bucket++) {
                loads[bucket] = (long) (10 / StrictMath.pow(1.0 - random.nextDouble(), 1.5)) - 10;
            }
            int count = random.nextInt(loads.length + 1);
            List<Integer> chosen = new ArrayList<>();
            for (int bucket : Release.choose(oneProcessor(loads), 0, count)) {
                chosen.add(bucket);
            }
            assertThat(chosen).as("seed %d", seed).isEqualTo(byScan(loads, count));
        }
    }
}
