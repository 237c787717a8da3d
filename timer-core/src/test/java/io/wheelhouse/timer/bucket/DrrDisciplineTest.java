package io.wheelhouse.timer.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrrDisciplineTest {
    private static final long QUANTUM_NS = 1_000;

    private static DrrDiscipline drr(WorkItems items) {
        return new DrrDiscipline(items, QUANTUM_NS);
    }

    /** The same discipline without any cleverness: turn by turn, no round skipped. */
    private static final class Model {
        private static final class Flow {
            final int connection;
            final Deque<Integer> items = new ArrayDeque<>();
            long creditNs;

            Flow(int connection) {
                this.connection = connection;
            }
        }

        private final Deque<Flow> ring = new ArrayDeque<>();
        private final Map<Integer, Flow> flows = new HashMap<>();
        private boolean turnStarted;
        private int size;

        void enqueue(int item, int connection) {
            Flow flow = flows.get(connection);
            if (flow == null) {
                flow = new Flow(connection);
                flows.put(connection, flow);
                ring.addLast(flow);
            }
            flow.items.addLast(item);
            size++;
        }

        int dequeue() {
            if (size == 0) {
                return QueueDiscipline.NONE;
            }
            while (true) {
                Flow flow = ring.getFirst();
                if (!turnStarted) {
                    flow.creditNs += QUANTUM_NS;
                    turnStarted = true;
                }
                if (!flow.items.isEmpty() && flow.creditNs > 0) {
                    size--;
                    return flow.items.removeFirst();
                }
                endTurn();
            }
        }

        private void endTurn() {
            Flow flow = ring.removeFirst();
            turnStarted = false;
            if (flow.items.isEmpty() && flow.creditNs >= 0) {
                flows.remove(flow.connection);
            } else {
                ring.addLast(flow);
            }
        }

        void charge(long serviceNs) {
            Flow flow = ring.getFirst();
            flow.creditNs -= serviceNs;
            if (size == 0) {
                ring.clear();
                flows.clear();
                turnStarted = false;
            } else if (flow.items.isEmpty() || flow.creditNs <= 0) {
                endTurn();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 5_000, 100_000})
    void doesWhatTheModelDoes(int largestNs) {
        for (long seed = 1; seed <= 40; seed++) {
            Random random = new Random(seed);
            WorkItems items = new WorkItems();
            DrrDiscipline discipline = drr(items);
            Model model = new Model();
            int arrivalPercent = 30 + random.nextInt(40);
            for (int step = 0; step < 1_500; step++) {
                String where = "seed " + seed + " step " + step;
                if (random.nextInt(100) < arrivalPercent) {
                    enqueueBoth(items, discipline, model, random.nextInt(6));
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
                    // A callback that brings work while it runs, for its own connection or another.
                    enqueueBoth(items, discipline, model, random.nextBoolean() ? connection : random.nextInt(6));
                }
                long serviceNs = random.nextInt(8) == 0 ? 0 : random.nextInt(largestNs);
                discipline.charge(connection, serviceNs);
                model.charge(serviceNs);
                assertThat(discipline.size()).as(where).isEqualTo(model.size);
                assertThat(discipline.slotsInUse()).as(where).isEqualTo(model.ring.size());
            }
        }
    }

    private static void enqueueBoth(WorkItems items, DrrDiscipline discipline, Model model, int connection) {
        int item = items.token(connection, 0);
        discipline.enqueue(item, connection);
        model.enqueue(item, connection);
    }

    /** Over every stretch of time in which all are backlogged, not only from the start. */
    @ParameterizedTest
    @ValueSource(ints = {50, 1_000, 7_000})
    void theGapBetweenBackloggedConnectionsIsBounded(int largestNs) {
        int connections = 5;
        for (long seed = 1; seed <= 20; seed++) {
            long gapNs = DisciplineBench.largestGapNs(connections, largestNs, seed, DrrDisciplineTest::drr);
            assertThat(gapNs).as("seed %d", seed).isLessThanOrEqualTo(QUANTUM_NS + 2L * largestNs);
        }
    }

    @Test
    void aConnectionThatOffersOneLargeItemAtATimeIsBilledForAllOfThem() {
        DisciplineBench bench = new DisciplineBench(2, DrrDisciplineTest::drr);
        bench.offer(0, QUANTUM_NS);
        bench.offer(1, 10 * QUANTUM_NS);
        int offeredLarge = 1;
        for (int step = 0; step < 2_000; step++) {
            bench.serve();
            int item = bench.servedItems.get(step);
            if (bench.items.connection(item) == 0) {
                bench.offer(0, QUANTUM_NS);
            } else {
                // Comes back only after its queue has run empty.
                bench.offer(1, 10 * QUANTUM_NS);
                offeredLarge++;
            }
        }
        assertThat(offeredLarge).isGreaterThan(50);
        assertThat(bench.servedNs[1]).isLessThanOrEqualTo(bench.servedNs[0] + 21 * QUANTUM_NS);
    }

    @Test
    void slotsAreForConnectionsWithItemsOrDebtOnly() {
        DisciplineBench bench = new DisciplineBench(1_000, DrrDisciplineTest::drr);
        List<Integer> inUse = new ArrayList<>();
        for (int connection = 0; connection < 1_000; connection++) {
            bench.offer(connection, 10);
            bench.offer((connection + 1) % 1_000, 10);
            bench.serve();
            bench.serve();
            inUse.add(((DrrDiscipline) bench.discipline).slotsInUse());
        }
        assertThat(inUse).containsOnly(0);
    }

    @Test
    void aTinyQuantumDoesNotMakeTurnsCostly() {
        // 10^12 turns if they were taken one by one.
        WorkItems items = new WorkItems();
        DrrDiscipline discipline = new DrrDiscipline(items, 1);
        for (int round = 0; round < 1_000; round++) {
            for (int connection = 0; connection < 3; connection++) {
                discipline.enqueue(items.token(connection, 0), connection);
            }
            int item = discipline.dequeue();
            discipline.charge(items.connection(item), 1_000_000_000);
        }
        assertThat(discipline.size()).isEqualTo(2_000);
    }

    @Test
    void aQuantumIsGreaterThanZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DrrDiscipline(new WorkItems(), 0))
                .withMessageContaining("0 ns");
    }
}
