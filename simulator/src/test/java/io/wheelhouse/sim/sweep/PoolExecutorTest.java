package io.wheelhouse.sim.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wheelhouse.sim.engine.EngineCatalogs;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.ScenarioException;
import io.wheelhouse.sim.scenario.ScenarioReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolExecutorTest {

    private static List<Cell> cells(int count) throws ScenarioException {
        String text = "name: x\nduration: 1s\nconnections: [{name: a, count: 1}]\n";
        Scenario scenario = new ScenarioReader(EngineCatalogs.all()).read("x.yaml", text, List.of());
        List<Cell> cells = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            cells.add(new Cell(index, "cell" + index, scenario));
        }
        return cells;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16})
    void eachCellRunsOnceAndIsToldToTheCaller(int threads) throws ScenarioException {
        Thread caller = Thread.currentThread();
        List<Integer> done = new ArrayList<>();
        new PoolExecutor(threads)
                .run(
                        cells(100),
                        Cell::index,
                        index -> {
                            assertThat(Thread.currentThread()).isSameAs(caller);
                            done.add(index);
                        },
                        () -> false);
        assertThat(done).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void whenCancelledTheCellsUnderWayEndAndNoOthersBegin() throws ScenarioException {
        AtomicInteger begun = new AtomicInteger();
        List<Integer> done = new ArrayList<>();
        new PoolExecutor(2)
                .run(
                        cells(100),
                        cell -> {
                            begun.incrementAndGet();
                            return cell.index();
                        },
                        done::add,
                        () -> done.size() >= 5);
        assertThat(done).hasSize(begun.get());
        assertThat(begun.get()).isBetween(5, 7);
    }

    @Test
    void whatACellThrowsReachesTheCaller() throws ScenarioException {
        List<Cell> cells = cells(10);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> new PoolExecutor(2)
                        .run(
                                cells,
                                cell -> {
                                    throw new AssertionError("cell " + cell.index() + ": 7 is not 8");
                                },
                                nothing -> {},
                                () -> false))
                .withMessageContaining("7 is not 8");
        assertThatThrownBy(() -> new PoolExecutor(0)).hasMessageContaining("0");
    }
}
