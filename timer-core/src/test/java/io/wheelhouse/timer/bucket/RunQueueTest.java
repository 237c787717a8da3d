package io.wheelhouse.timer.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
                        if (polled != null) {
                            queue.charge(polled, random.nextInt(100));
                        }
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

    /** A bucket whose items are ten times as long as the other's, both always with work. */
    @ParameterizedTest
    @CsvSource({"FIFO, 10", "DRR, 1", "SFQ, 1"})
    void theDisciplineSaysHowBucketsShare(DisciplineKind kind, int timesAsMuch) {
        RunQueue queue = new RunQueue(tokens -> kind.over(tokens, 10_000));
        queue.add(TestBuckets.bucket(0, new ScriptedWork()));
        queue.add(TestBuckets.bucket(1, new ScriptedWork()));
        long[] servedNs = new long[2];
        for (int step = 0; step < 10_000; step++) {
            TimerBucket bucket = Objects.requireNonNull(queue.poll(), "two buckets are queued");
            long serviceNs = bucket.id() == 0 ? 1_000 : 10_000;
            servedNs[bucket.id()] += serviceNs;
            queue.add(bucket);
            queue.charge(bucket, serviceNs);
        }
        assertThat((double) servedNs[1] / servedNs[0]).isCloseTo(timesAsMuch, Percentage.withPercentage(1));
    }

    /** A bucket that goes past the discipline comes, and is charged for, as if it had not. */
    @ParameterizedTest
    @EnumSource
    void aLoneBucketGoesPastTheDisciplineWithoutATrace(DisciplineKind kind) {
        for (long seed = 1; seed <= 50; seed++) {
            assertThat(turns(new RunQueue(tokens -> kind.over(tokens, 500)), seed))
                    .as("seed %d", seed)
                    .isEqualTo(turns(new RunQueue(tokens -> new ThoroughDiscipline(kind.over(tokens, 500))), seed));
        }
    }

    private static List<String> turns(RunQueue queue, long seed) {
        Random random = new Random(seed);
        List<TimerBucket> buckets = new ArrayList<>();
        for (int id = 0; id < 4; id++) {
            buckets.add(TestBuckets.bucket(id, new ScriptedWork()));
        }
        List<String> turns = new ArrayList<>();
        for (int step = 0; step < 2_000; step++) {
            int kindOfStep = random.nextInt(8);
            if (kindOfStep == 0) {
                queue.remove(buckets.get(random.nextInt(buckets.size())));
            } else if (kindOfStep < 4) {
                queue.add(buckets.get(random.nextInt(buckets.size())));
            } else {
                TimerBucket taken = queue.poll();
                if (taken != null) {
                    for (int more = random.nextInt(3); more > 0; more--) {
                        queue.add(buckets.get(random.nextInt(buckets.size())));
                    }
                    queue.charge(taken, random.nextInt(1_500));
                    turns.add("bucket " + taken.id());
                }
            }
            turns.add(queue.size() + " queued");
        }
        return turns;
    }

    /** What was charged for a bucket goes with it when it leaves in the middle of its turn. */
    @ParameterizedTest
    @EnumSource
    void bucketsComeAndGo(DisciplineKind kind) {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            RunQueue queue = new RunQueue(tokens -> kind.over(tokens, 1_000));
            List<TimerBucket> buckets = new ArrayList<>();
            for (int id = 0; id < 8; id++) {
                buckets.add(TestBuckets.bucket(id, new ScriptedWork()));
            }
            Set<TimerBucket> queued = new LinkedHashSet<>();
            for (int step = 0; step < 1_000; step++) {
                TimerBucket any = buckets.get(random.nextInt(buckets.size()));
                if (random.nextBoolean()) {
                    queue.add(any);
                    queued.add(any);
                } else if (random.nextInt(4) == 0) {
                    queue.remove(any);
                    queued.remove(any);
                } else {
                    serve(queue, queued, random, "seed " + seed + " step " + step);
                }
                assertThat(queue.size()).as("seed %d step %d", seed, step).isEqualTo(queued.size());
            }
        }
    }

    private static void serve(RunQueue queue, Set<TimerBucket> queued, Random random, String where) {
        TimerBucket bucket = queue.poll();
        assertThat(bucket == null).as(where).isEqualTo(queued.isEmpty());
        if (bucket == null) {
            return;
        }
        assertThat(queued.remove(bucket)).as(where).isTrue();
        if (random.nextBoolean()) {
            queue.add(bucket);
            queued.add(bucket);
        }
        queue.charge(bucket, random.nextInt(3_000));
    }
}
