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

    private static QueueDiscipline discipline(DisciplineKind kind, WorkItems items) {
        return kind.over(items, QUANTUM_NS);
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyOneHasNothing(DisciplineKind kind) {
        QueueDiscipline discipline = discipline(kind, new WorkItems());
        assertThat(discipline.dequeue()).isEqualTo(QueueDiscipline.NONE);
        assertThat(discipline.size()).isZero();
        discipline.forEach(item -> {
            throw new AssertionError("item " + item + " in an empty discipline");
        });
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheOrderOfEachConnectionAndLosesNothing(DisciplineKind kind) {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            DisciplineBench bench = new DisciplineBench(7, items -> discipline(kind, items));
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
                } else if (waiting > 0 && random.nextInt(8) == 0) {
                    Queue<Integer> ofConnection = nonEmpty(expected, random.nextInt(7));
                    int item = List.copyOf(ofConnection).get(random.nextInt(ofConnection.size()));
                    ofConnection.remove(item);
                    bench.remove(item);
                    waiting--;
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

    private static Queue<Integer> nonEmpty(List<Queue<Integer>> queues, int from) {
        int at = from;
        while (queues.get(at).isEmpty()) {
            at = (at + 1) % queues.size();
        }
        return queues.get(at);
    }

    private static List<Integer> visited(QueueDiscipline discipline) {
        List<Integer> visited = new ArrayList<>();
        discipline.forEach(visited::add);
        return visited;
    }

    /** What the callback of an item brings is there before the item is charged for; also for the connection itself. */
    @ParameterizedTest
    @EnumSource
    void workMayComeWhileAnItemIsServed(DisciplineKind kind) {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            WorkItems items = new WorkItems();
            QueueDiscipline discipline = discipline(kind, items);
            discipline.enqueue(items.token(0, 0), 0);
            int waiting = 1;
            for (int step = 0; step < 1_000; step++) {
                String where = "seed " + seed + " step " + step;
                int item = discipline.dequeue();
                assertThat(item == QueueDiscipline.NONE).as(where).isEqualTo(waiting == 0);
                if (item == QueueDiscipline.NONE) {
                    break;
                }
                waiting--;
                int connection = items.connection(item);
                items.release(item);
                for (int more = random.nextInt(waiting < 20 ? 3 : 2); more > 0; more--) {
                    int to = random.nextBoolean() ? connection : random.nextInt(5);
                    discipline.enqueue(items.token(to, 0), to);
                    waiting++;
                }
                discipline.charge(connection, random.nextInt(3 * (int) QUANTUM_NS));
                assertThat(discipline.size()).as(where).isEqualTo(waiting);
            }
        }
    }

    /** No discipline that is not told to drops anything, and none ever drops what it has taken in. */
    @ParameterizedTest
    @EnumSource
    void belowItsBacklogEverybodyIsAdmitted(DisciplineKind kind) {
        DisciplineBench bench = new DisciplineBench(2, items -> discipline(kind, items));
        for (int packet = 0; packet < 10_000; packet++) {
            assertThat(bench.discipline.admits(packet % 100 == 0 ? 1 : 0)).isTrue();
            bench.offer(0, 1);
            if (bench.discipline.size() == DisciplineKind.BACKLOG) {
                bench.serve();
            }
        }
    }

    /**
     * Capacity 1; one heavy connection offers 1.35, nine light ones 1/60 each: 1.5 in all, so serving by arrival gives
     * everybody 1/1.5 of their demand.
     */
    @ParameterizedTest
    @EnumSource
    void oneHeavyConnectionAndNineLightOnes(DisciplineKind kind) {
        long costNs = 4_000;
        long endNs = 20_000 * costNs;
        DisciplineBench bench = new DisciplineBench(10, items -> discipline(kind, items));
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
                    lightOfferedNs += connection == 0 ? 0 : costNs;
                    if (bench.discipline.admits(connection)) {
                        bench.offer(connection, costNs);
                    }
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

    /**
     * A connection with half of the processor's work, which it brings in bursts of 500 items, beside twenty with a fifth of
     * it together. Under a fair discipline it costs the others little more than a turn of its own and the item in service;
     * under a FIFO they wait for the bursts.
     */
    @ParameterizedTest
    @EnumSource(names = {"FIFO", "DRR", "SFQ"})
    void oneHogAmongLightConnections(DisciplineKind kind) {
        long costNs = 4_000;
        long boundNs = (kind == DisciplineKind.SFQ ? 0 : QUANTUM_NS) + 2 * costNs;
        HogWorld world = new HogWorld(20, costNs, 5);
        long aloneNs = world.lightWaitP99Ns(items -> discipline(kind, items), false);
        long besideHogNs = world.lightWaitP99Ns(items -> discipline(kind, items), true);
        long excessNs = besideHogNs - aloneNs;
        if (kind == DisciplineKind.FIFO) {
            assertThat(excessNs).as("p99 %d ns alone", aloneNs).isGreaterThan(10 * boundNs);
        } else {
            assertThat(excessNs).as("p99 %d ns alone", aloneNs).isLessThanOrEqualTo(boundNs);
        }
        assertThat(world.lightServed()).isEqualTo(world.lightOffered());
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyOneIsSmall(DisciplineKind kind) {
        WorkItems items = new WorkItems();
        QueueDiscipline[] kept = new QueueDiscipline[1_000];
        kept[0] = discipline(kind, items);
        long before = allocatedBytes();
        for (int at = 0; at < kept.length; at++) {
            kept[at] = discipline(kind, items);
        }
        long each = (allocatedBytes() - before) / kept.length;
        assertThat(kept).doesNotContainNull();
        assertThat(each).isLessThan(150);
    }

    @ParameterizedTest
    @EnumSource
    void steadyStateAllocatesNothing(DisciplineKind kind) {
        WorkItems items = new WorkItems();
        QueueDiscipline discipline = discipline(kind, items);
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
                discipline.enqueue(items.token(connection, 0), connection);
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
