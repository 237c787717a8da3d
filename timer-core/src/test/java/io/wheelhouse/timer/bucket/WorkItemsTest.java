package io.wheelhouse.timer.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WorkItemsTest {

    private record Row(
            int kind, int connection, int ref, long availableNs, long deadlineNs, long expiryNs, long transitMarkNs) {}

    private static final int PACKET = 0;
    private static final int TIMER = 1;
    private static final int DEAD = 2;

    @Test
    void keepsWhatItWasGivenUntilItIsReleased() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            WorkItems items = new WorkItems();
            Map<Integer, Row> model = new TreeMap<>();
            for (int step = 0; step < 600; step++) {
                if (random.nextInt(5) < 3) {
                    take(random, items, model, "seed " + seed + " step " + step);
                } else if (!model.isEmpty()) {
                    releaseOrKill(random, items, model);
                }
                model.forEach((item, row) -> check(items, item, row));
            }
        }
    }

    private static void take(Random random, WorkItems items, Map<Integer, Row> model, String where) {
        int kind = random.nextInt(2);
        Row row = new Row(
                kind,
                random.nextInt(),
                random.nextInt(),
                random.nextLong(),
                kind == TIMER ? random.nextLong() : 0,
                kind == TIMER ? random.nextLong() : 0,
                kind == TIMER ? random.nextLong() : 0);
        int item = kind == PACKET
                ? items.packet(row.connection, row.ref, row.availableNs)
                : items.timer(
                        row.connection, row.ref, row.deadlineNs, row.expiryNs, row.availableNs, row.transitMarkNs);
        assertThat(model.put(item, row)).as(where).isNull();
        assertThat(items.next(item)).as(where).isEqualTo(QueueDiscipline.NONE);
    }

    private static void releaseOrKill(Random random, WorkItems items, Map<Integer, Row> model) {
        List<Integer> taken = new ArrayList<>(model.keySet());
        int item = taken.get(random.nextInt(taken.size()));
        Row row = model.get(item);
        if (row != null && row.kind == TIMER && random.nextBoolean()) {
            items.kill(item);
            model.put(
                    item,
                    new Row(
                            DEAD,
                            row.connection,
                            row.ref,
                            row.availableNs,
                            row.deadlineNs,
                            row.expiryNs,
                            row.transitMarkNs));
        } else {
            items.release(item);
            model.remove(item);
        }
    }

    private static void check(WorkItems items, int item, Row row) {
        assertThat(items.isPacket(item)).isEqualTo(row.kind == PACKET);
        assertThat(items.isTimer(item)).isEqualTo(row.kind == TIMER);
        assertThat(items.isDead(item)).isEqualTo(row.kind == DEAD);
        assertThat(items.connection(item)).isEqualTo(row.connection);
        assertThat(items.ref(item)).isEqualTo(row.ref);
        assertThat(items.availableNs(item)).isEqualTo(row.availableNs);
        if (row.kind != PACKET) {
            assertThat(items.deadlineNs(item)).isEqualTo(row.deadlineNs);
            assertThat(items.expiryNs(item)).isEqualTo(row.expiryNs);
            assertThat(items.transitMarkNs(item)).isEqualTo(row.transitMarkNs);
        }
    }

    @Test
    void rowsAreUsedAgain() {
        WorkItems items = new WorkItems();
        int first = items.token(1, 0);
        items.token(2, 0);
        items.release(first);
        assertThat(items.token(3, 0)).isEqualTo(first);
    }
}
