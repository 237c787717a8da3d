package io.wheelhouse.timer.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunQueueTest {

    @Test
    void servesInTurnAndHoldsEachBucketOnce() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            List<TimerBucket> buckets = new ArrayList<>();
            for (int id = 0; id < 12; id++) {
                buckets.add(TestBuckets.bucket(id, new ScriptedWork()));
            }
            RunQueue queue = new RunQueue();
            Set<TimerBucket> model = new LinkedHashSet<>();
            for (int step = 0; step < 1_000; step++) {
                String where = "seed " + seed + " step " + step;
                TimerBucket bucket = buckets.get(random.nextInt(buckets.size()));
                switch (random.nextInt(4)) {
                    case 0 -> {
                        queue.remove(bucket);
                        model.remove(bucket);
                    }
                    case 1 -> {
                        TimerBucket polled = queue.poll();
                        if (model.isEmpty()) {
                            assertThat(polled).as(where).isNull();
                        } else {
                            Iterator<TimerBucket> turns = model.iterator();
                            assertThat(polled).as(where).isSameAs(turns.next());
                            turns.remove();
                        }
                    }
                    default -> {
                        queue.add(bucket);
                        model.add(bucket);
                    }
                }
                assertThat(queue.size()).as(where).isEqualTo(model.size());
                assertThat(queue.isEmpty()).as(where).isEqualTo(model.isEmpty());
            }
        }
    }
}
