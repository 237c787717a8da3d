package io.wheelhouse.timer.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SfqDisciplineTest {

    /** The same discipline without a heap, and without forgetting anybody before all are idle. */
    private static final class Model {
        private static final class Flow {
            final Deque<Integer> items = new ArrayDeque<>();
            long tagNs;
            long turn;
        }

        private final Flow[] flows;
        private long virtualNs;
        private long turns;
        private int size;

        Model(int connections) {
            flows = new Flow[connections];
            for (int connection = 0; connection < connections; connection++) {
                flows[connection] = new Flow();
            }
        }

        void enqueue(int item, int connection, int inService) {
            Flow flow = flows[connection];
            if (flow.items.isEmpty() && connection != inService) {
                flow.tagNs = Math.max(flow.tagNs, virtualNs);
                flow.turn = turns++;
            }
            flow.items.add(item);
            size++;
        }

        int dequeue() {
            Flow next = null;
            for (Flow flow : flows) {
                boolean waits = !flow.items.isEmpty();
                if (waits
                        && (next == null
                                || flow.tagNs < next.tagNs
                                || (flow.tagNs == next.tagNs && flow.turn < next.turn))) {
                    next = flow;
                }
            }
            if (next == null) {
                return QueueDiscipline.NONE;
            }
            virtualNs = next.tagNs;
            size--;
            return next.items.remove();
        }

        void charge(int connection, long serviceNs) {
            flows[connection].tagNs += serviceNs;
            flows[connection].turn = turns++;
            if (size == 0) {
                virtualNs = 0;
                for (Flow flow : flows) {
                    flow.tagNs = 0;
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 5_000, 100_000})
    void doesWhatTheModelDoes(int largestNs) {
        for (long seed = 1; seed <= 40; seed++) {
            Random random = new Random(seed);
            WorkItems items = new WorkItems();
            SfqDiscipline discipline = new SfqDiscipline(items);
            Model model = new Model(6);
            int arrivalPercent = 30 + random.nextInt(40);
            for (int step = 0; step < 1_500; step++) {
                String where = "seed " + seed + " step " + step;
                if (random.nextInt(100) < arrivalPercent) {
                    enqueueBoth(items, discipline, model, random.nextInt(6), -1);
                    continue;
                }
                int item = discipline.dequeue();
                assertThat(item).as(where).isEqualTo(model.dequeue());
                if (item == QueueDiscipline.NONE) {
                    continue;
                }
                int connection = items.connection(item);
                items.release(item);
                if (random.nextInt(4) == 0) {
                    int to = random.nextBoolean() ? connection : random.nextInt(6);
                    enqueueBoth(items, discipline, model, to, connection);
                }
                long serviceNs = random.nextInt(8) == 0 ? 0 : random.nextInt(largestNs);
                discipline.charge(connection, serviceNs);
                model.charge(connection, serviceNs);
                assertThat(discipline.size()).as(where).isEqualTo(model.size);
            }
        }
    }

    private static void enqueueBoth(
            WorkItems items, SfqDiscipline discipline, Model model, int connection, int inService) {
        int item = items.token(connection, 0);
        discipline.enqueue(item, connection);
        model.enqueue(item, connection, inService);
    }

    /** Theorem 1 of Goyal, Vin and Cheng: the largest item of the one and the largest item of the other. */
    @ParameterizedTest
    @ValueSource(ints = {50, 1_000, 7_000})
    void theGapBetweenBackloggedConnectionsIsTwoItemsAtMost(int largestNs) {
        for (long seed = 1; seed <= 20; seed++) {
            long gapNs = DisciplineBench.largestGapNs(5, largestNs, seed, SfqDiscipline::new);
            assertThat(gapNs).as("seed %d", seed).isLessThanOrEqualTo(2L * largestNs);
        }
    }

    @Test
    void aConnectionThatOffersOneLargeItemAtATimeIsBilledForAllOfThem() {
        DisciplineBench bench = new DisciplineBench(2, SfqDiscipline::new);
        bench.offer(0, 1_000);
        bench.offer(1, 10_000);
        for (int step = 0; step < 2_000; step++) {
            bench.serve();
            boolean small = bench.items.connection(bench.servedItems.get(step)) == 0;
            bench.offer(small ? 0 : 1, small ? 1_000 : 10_000);
        }
        assertThat(bench.servedNs[1]).isPositive().isLessThanOrEqualTo(bench.servedNs[0] + 11_000);
    }

    @Test
    void aConnectionThatComesBackHasNoCreditFromItsAbsence() {
        DisciplineBench bench = new DisciplineBench(2, SfqDiscipline::new);
        for (int item = 0; item < 200; item++) {
            bench.offer(0, 1_000);
        }
        for (int item = 0; item < 100; item++) {
            bench.serve();
        }
        for (int item = 0; item < 100; item++) {
            bench.offer(1, 1_000);
        }
        for (int item = 0; item < 50; item++) {
            bench.serve();
        }
        assertThat(bench.servedNs[0]).isEqualTo(125_000);
        assertThat(bench.servedNs[1]).isEqualTo(25_000);
    }

    @Test
    void slotsAreForConnectionsWithItemsOrAnAccountOnly() {
        DisciplineBench bench = new DisciplineBench(1_000, SfqDiscipline::new);
        List<Integer> inUse = new ArrayList<>();
        bench.offer(0, 10);
        for (int connection = 0; connection < 999; connection++) {
            bench.offer(0, 10);
            bench.offer(connection + 1, 10);
            bench.serve();
            bench.serve();
            inUse.add(((SfqDiscipline) bench.discipline).slotsInUse());
        }
        assertThat(inUse).allMatch(slots -> slots <= 3);
    }
}
