package io.wheelhouse.timer.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PendingEventsTest {

    private record Event(long timeNs, int connection, int order, int event) {}

    private static final Comparator<Event> IN_ORDER = Comparator.comparingLong(Event::timeNs)
            .thenComparingInt(Event::connection)
            .thenComparingInt(Event::order);

    @Test
    void anEmptyOneSaysNever() {
        assertThat(new PendingEvents().nextNs()).isEqualTo(PendingEvents.NONE);
    }

    @Test
    void comesByTimeThenConnectionThenOrderOfScheduling() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            PendingEvents events = new PendingEvents();
            TreeSet<Event> model = new TreeSet<>(IN_ORDER);
            int spread = 1 + random.nextInt(200);
            for (int step = 0; step < 1_000; step++) {
                if (random.nextInt(100) < (step < 500 ? 60 : 40)) {
                    Event added = new Event(random.nextInt(spread), random.nextInt(3), step, random.nextInt());
                    events.add(
                            added.timeNs,
                            EventRecord.whose(0, added.connection),
                            EventRecord.what(step - 500, added.event));
                    model.add(added);
                } else if (!model.isEmpty()) {
                    Event first = model.first();
                    model.remove(first);
                    assertThat(events.nextNs())
                            .as("seed %d step %d", seed, step)
                            .isEqualTo(first.timeNs);
                    assertThat(EventRecord.connection(events.nextWhose()))
                            .as("seed %d step %d", seed, step)
                            .isEqualTo(first.connection);
                    assertThat(EventRecord.event(events.nextWhat()))
                            .as("seed %d step %d", seed, step)
                            .isEqualTo(first.event);
                    events.remove();
                }
                assertThat(events.size()).as("seed %d step %d", seed, step).isEqualTo(model.size());
            }
        }
    }

    @Test
    void theLargestConnectionNumberSortsLast() {
        PendingEvents events = new PendingEvents();
        events.add(5, EventRecord.whose(0, Integer.MAX_VALUE), EventRecord.what(0, 1));
        events.add(5, EventRecord.whose(0, 0), EventRecord.what(1, 2));
        assertThat(EventRecord.event(events.nextWhat())).isEqualTo(2);
        events.remove();
        assertThat(EventRecord.connection(events.nextWhose())).isEqualTo(Integer.MAX_VALUE);
    }
}
