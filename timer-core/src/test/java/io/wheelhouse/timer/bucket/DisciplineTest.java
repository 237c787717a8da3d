package io.wheelhouse.timer.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every discipline must do, whatever its fairness. */
class DisciplineTest {
    private static final long QUANTUM_NS = 5_000;

    enum Kind {
        FIFO(67.0),
        DRR(100.0);

        /** What light connections get of their demand beside one that asks for more than everything. */
        final double lightPercent;

        Kind(double lightPercent) {
            this.lightPercent = lightPercent;
        }

        QueueDiscipline over(WorkItems items) {
            return this == FIFO ? new FifoDiscipline(items) : new DrrDiscipline(items, QUANTUM_NS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyOneHasNothing(Kind kind) {
        QueueDiscipline discipline = kind.over(new WorkItems());
        assertThat(discipline.dequeue()).isEqualTo(QueueDiscipline.NONE);
        assertThat(discipline.size()).isZero();
        discipline.forEach(item -> {
            throw new AssertionError("item " + item + " in an empty discipline");
        });
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheOrderOfEachConnectionAndLosesNothing(Kind kind) {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            DisciplineBench bench = new DisciplineBench(7, kind::over);
            List<Queue<Integer>> expected = new ArrayList<>();
            for (int connection = 0; connection < 7; connection++) {
                expected.add(new ArrayDeque<>());
            }
            int waiting = 0;
            for (int step = 0; step < 2_000; step++) {
                if (random.nextInt(100) < 48) {
                    int connection = random.nextInt(7);
                    int item = bench.offer(connection, random.nextInt(20_000));
                    expected.get(connection).add(item);
                    waiting++;
                } else if (bench.serve() >= 0) {
                    int item = bench.servedItems.get(bench.servedItems.size() - 1);
                    Queue<Integer> ofConnection = expected.get(bench.items.connection(item));
                    assertThat(ofConnection.poll())
                            .as("seed %d step %d", seed, step)
                            .isEqualTo(item);
                    waiting--;
                } else {
                    assertThat(waiting).as("seed %d step %d", seed, step).isZero();
                }
                assertThat(bench.discipline.size())
                        .as("seed %d step %d", seed, step)
                        .isEqualTo(waiting);
            }
            assertThat(visited(bench.discipline))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(
                            expected.stream().flatMap(Queue::stream).toList());
        }
    }

    private static List<Integer> visited(QueueDiscipline discipline) {
        List<Integer> visited = new ArrayList<>();
        discipline.forEach(visited::add);
        return visited;
    }

    /**
     * Capacity 1; one heavy connection offers 1.35, nine light ones 1/60 each: 1.5 in all, so serving by arrival gives
     * everybody 1/1.5 of their demand.
     */
    @ParameterizedTest
    @EnumSource
    void oneHeavyConnectionAndNineLightOnes(Kind kind) {
        long costNs = 4_000;
        long endNs = 20_000 * costNs;
        DisciplineBench bench = new DisciplineBench(10, kind::over);
        long[] intervalNs = new long[10];
        long[] nextNs = new long[10];
        for (int connection = 0; connection < 10; connection++) {
            intervalNs[connection] = connection == 0 ? Math.round(costNs / 1.35) : 60 * costNs;
            nextNs[connection] = connection * costNs;
        }
        long nowNs = 0;
        long lightOfferedNs = 0;
        while (nowNs < endNs) {
            for (int connection = 0; connection < 10; connection++) {
                for (; nextNs[connection] <= nowNs; nextNs[connection] += intervalNs[connection]) {
                    bench.offer(connection, costNs);
                    lightOfferedNs += connection == 0 ? 0 : costNs;
                }
            }
            nowNs += Math.max(bench.serve(), 1);
        }
        long lightServedNs = 0;
        for (int connection = 1; connection < 10; connection++) {
            lightServedNs += bench.servedNs[connection];
        }
        assertThat(100.0 * lightServedNs / lightOfferedNs).isEqualTo(kind.lightPercent, within(0.5));
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyOneIsSmall(Kind kind) {
        WorkItems items = new WorkItems();
        QueueDiscipline[] kept = new QueueDiscipline[1_000];
        kept[0] = kind.over(items);
        long before = allocatedBytes();
        for (int at = 0; at < kept.length; at++) {
            kept[at] = kind.over(items);
        }
        long each = (allocatedBytes() - before) / kept.length;
        assertThat(kept).doesNotContainNull();
        assertThat(each).isLessThan(150);
    }

    @ParameterizedTest
    @EnumSource
    void steadyStateAllocatesNothing(Kind kind) {
        WorkItems items = new WorkItems();
        QueueDiscipline discipline = kind.over(items);
        Random random = new Random(1);
        churn(items, discipline, random, 200_000);
        long before = allocatedBytes();
        churn(items, discipline, random, 200_000);
        // Less than one small object in a thousand operations: what the measurement itself takes.
        assertThat(allocatedBytes() - before).isLessThan(4_000);
    }

    private static void churn(WorkItems items, QueueDiscipline discipline, Random random, int operations) {
        for (int at = 0; at < operations; at++) {
            if (discipline.size() < 50 && (random.nextInt() & 1) == 0) {
                int connection = random.nextInt(64);
                discipline.enqueue(items.newItem(connection), connection);
            } else {
                int item = discipline.dequeue();
                if (item != QueueDiscipline.NONE) {
                    int connection = items.connection(item);
                    items.release(item);
                    discipline.charge(connection, random.nextInt(10_000));
                }
            }
        }
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
