package io.wheelhouse.timer.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The slots against a sorted set. */
class EventSlotsTest {
    private static final int BUCKETS = 5;

    private record Event(long timeNs, long whose, long what) {}

    private static final Comparator<Event> IN_ORDER = Comparator.comparingLong(Event::timeNs)
            .thenComparing((one, other) ->
                    one.equals(other) ? 0 : EventRecord.before(one.whose, one.what, other.whose, other.what) ? -1 : 1);

    private final TreeSet<Event> model = new TreeSet<>(IN_ORDER);
    private final EventSlots slots = new EventSlots(new Agenda(true));
    private long nowNs;
    private int order;

    private void add(Random random, long timeNs) {
        Event event = new Event(
                timeNs,
                EventRecord.whose(random.nextInt(BUCKETS), random.nextInt(3)),
                EventRecord.what(order++, random.nextInt()));
        slots.add(event.timeNs, event.whose, event.what);
        model.add(event);
    }

    /** Goes on to an instant as a processor does, from one that is told to the next. */
    private void runUntil(long untilNs, String where) {
        long nextNs = slots.nextNs(nowNs);
        while (nextNs <= untilNs) {
            assertThat(nextNs).as(where).isLessThanOrEqualTo(model.first().timeNs);
            if (nextNs <= nowNs) {
                Event first = model.pollFirst();
                assertThat(nextNs).as(where).isEqualTo(first.timeNs);
                assertThat(slots.nextWhose()).as(where).isEqualTo(first.whose);
                assertThat(slots.nextWhat()).as(where).isEqualTo(first.what);
                slots.remove();
            } else {
                nowNs = nextNs;
            }
            nextNs = slots.nextNs(nowNs);
        }
        nowNs = Math.max(nowNs, untilNs);
        assertThat(slots.size()).as(where).isEqualTo(model.size());
        assertThat(model.isEmpty() || model.first().timeNs > untilNs).as(where).isTrue();
    }

    private void play(long seed, long spreadNs, int steps) {
        Random random = new Random(seed);
        for (int step = 0; step < steps; step++) {
            String where = "seed " + seed + " spread " + spreadNs + " step " + step;
            int burst = random.nextInt(10) == 0 ? 100 : 1;
            long delayNs = (long) (random.nextDouble() * random.nextDouble() * spreadNs);
            for (int i = 0; i < burst; i++) {
                add(random, nowNs + delayNs + (random.nextBoolean() ? 0 : random.nextInt(50)));
            }
            if (random.nextInt(3) == 0) {
                runUntil(nowNs + (long) (random.nextDouble() * spreadNs / 20), where);
            }
        }
        runUntil(Long.MAX_VALUE - 1, "seed " + seed + " spread " + spreadNs + " at the end");
        assertThat(slots.nextNs(nowNs)).isEqualTo(PendingEvents.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                1,
                1_000,
                100_000,
                10_000_000,
                200_000_000,
                30_000_000_000L,
                4_000_000_000_000L,
                1_000_000_000_000_000L,
                1L << 58
            })
    void comesByTimeBucketConnectionAndOrderOfScheduling(long spreadNs) {
        for (long seed = 1; seed <= 5; seed++) {
            EventSlotsTest fresh = new EventSlotsTest();
            fresh.play(seed, spreadNs, 400);
        }
    }

    @Test
    void anEmptyOneSaysNever() {
        assertThat(slots.nextNs(0)).isEqualTo(PendingEvents.NONE);
        assertThat(slots.nextNs(Long.MAX_VALUE)).isEqualTo(PendingEvents.NONE);
    }

    @Test
    void manyOfOneInstantComeInOrder() {
        for (int i = 0; i < 20_000; i++) {
            add(new Random(i), 5_000_000);
        }
        runUntil(5_000_000, "20,000 of one instant");
        assertThat(model).isEmpty();
    }

    @Test
    void whatLeavesWithABucketKeepsItsOrderAndTheRestStays() {
        for (long seed = 1; seed <= 30; seed++) {
            Random random = new Random(seed);
            Agenda from = new Agenda(true);
            Agenda to = new Agenda(true);
            List<ScriptedWork> works = new ArrayList<>();
            List<TimerBucket> buckets = new ArrayList<>();
            List<List<String>> expected = new ArrayList<>();
            for (int id = 0; id < BUCKETS; id++) {
                works.add(new ScriptedWork());
                buckets.add(TestBuckets.bucket(id, works.get(id)));
                expected.add(new ArrayList<>());
                from.add(buckets.get(id));
            }
            TreeSet<Event> all = new TreeSet<>(IN_ORDER);
            for (int i = 0; i < 500; i++) {
                int bucket = random.nextInt(BUCKETS);
                long timeNs = (long) (random.nextDouble() * random.nextDouble() * 6e9);
                int connection = random.nextInt(3);
                buckets.get(bucket).schedule(timeNs, connection, i);
                all.add(new Event(timeNs, EventRecord.whose(bucket, connection), EventRecord.what(i, i)));
            }
            all.forEach(event -> expected.get(EventRecord.bucket(event.whose))
                    .add("event " + EventRecord.event(event.what) + " at " + event.timeNs));
            long halfNs = 1_000_000_000;
            run(from, 0, halfNs);
            move(buckets.get(1), from, to);
            move(buckets.get(3), from, to);
            from.forwardDeparted();
            run(from, halfNs, 2 * halfNs);
            run(to, halfNs, 2 * halfNs);
            move(buckets.get(1), to, from);
            to.forwardDeparted();
            run(from, 2 * halfNs, 7 * halfNs);
            run(to, 2 * halfNs, 7 * halfNs);
            for (int id = 0; id < BUCKETS; id++) {
                assertThat(works.get(id).log)
                        .as("seed " + seed + " bucket " + id)
                        .isEqualTo(expected.get(id));
            }
        }
    }

    private static void move(TimerBucket bucket, Agenda from, Agenda to) {
        from.remove(bucket);
        to.add(bucket);
    }

    private static void run(Agenda agenda, long fromNs, long untilNs) {
        long atNs = fromNs;
        long nextNs = agenda.nextNs(atNs);
        while (nextNs < untilNs) {
            if (nextNs <= atNs) {
                agenda.letHappen(agenda.next(), nextNs, -1, Long.MIN_VALUE);
            }
            atNs = Math.max(atNs, nextNs);
            nextNs = agenda.nextNs(atNs);
        }
    }
}
