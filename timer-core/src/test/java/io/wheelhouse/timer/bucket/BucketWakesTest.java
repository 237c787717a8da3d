package io.wheelhouse.timer.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BucketWakesTest {
    private static List<TimerBucket> buckets(int count) {
        List<TimerBucket> buckets = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            buckets.add(TestBuckets.bucket(id, new ScriptedWork()));
        }
        return buckets;
    }

    @Test
    void anEmptyOneSaysNever() {
        assertThat(new BucketWakes().nextNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theEarliestInstantIsNextOfEqualOnesTheLowestBucket() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            List<TimerBucket> buckets = buckets(1 + random.nextInt(60));
            BucketWakes wakes = new BucketWakes();
            Map<Integer, Long> model = new TreeMap<>();
            for (int step = 0; step < 1_000; step++) {
                TimerBucket bucket = buckets.get(random.nextInt(buckets.size()));
                long instant = random.nextInt(8) == 0 ? Long.MAX_VALUE : random.nextInt(50);
                if (!model.containsKey(bucket.id())) {
                    wakes.add(bucket, instant);
                    model.put(bucket.id(), instant);
                } else if (random.nextInt(3) == 0) {
                    wakes.remove(bucket);
                    model.remove(bucket.id());
                } else {
                    wakes.update(bucket, instant);
                    model.put(bucket.id(), instant);
                }
                check(wakes, buckets, model, "seed " + seed + " step " + step);
            }
        }
    }

    private static void check(BucketWakes wakes, List<TimerBucket> buckets, Map<Integer, Long> model, String where) {
        assertThat(wakes.size()).as(where).isEqualTo(model.size());
        for (TimerBucket bucket : buckets) {
            assertThat(wakes.contains(bucket)).as(where).isEqualTo(model.containsKey(bucket.id()));
        }
        if (!model.isEmpty()) {
            Map.Entry<Integer, Long> first = model.entrySet().stream()
                    .min(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                    .orElseThrow();
            assertThat(wakes.nextNs()).as(where).isEqualTo(first.getValue());
            assertThat(wakes.next().id()).as(where).isEqualTo(first.getKey());
        }
    }
}
