package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks are taken one at a time, by whichever host thread is free. */
class HostThreadsTest {
    private static final int TASKS = 16;
    private static final int ROUNDS = 50;
    private static final long PATIENCE_S = 60;

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_S, TimeUnit.SECONDS))
                    .as("the others have been run, %d not", latch.getCount())
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The first task ends when all others have been run; with shares fixed beforehand it would wait for its own. */
    @Test
    void aThreadThatIsFreeTakesWhatIsLeft() {
        try (HostThreads threads = new HostThreads(2)) {
            for (int round = 0; round < ROUNDS; round++) {
                int[] threadOf = new int[TASKS];
                CountDownLatch others = new CountDownLatch(TASKS - 1);
                threads.run(TASKS, (task, thread) -> {
                    threadOf[task] = thread;
                    if (task == 0) {
                        await(others);
                    } else {
                        others.countDown();
                    }
                });
                for (int task = 1; task < TASKS; task++) {
                    assertThat(threadOf[task]).as("task %d", task).isEqualTo(1 - threadOf[0]);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void eachTaskIsRunOnceARound(int count) {
        try (HostThreads threads = new HostThreads(count)) {
            for (int round = 0; round < ROUNDS; round++) {
                AtomicIntegerArray runs = new AtomicIntegerArray(TASKS);
                threads.run(TASKS, (task, thread) -> {
                    assertThat(thread).isBetween(0, count - 1);
                    runs.incrementAndGet(task);
                });
                for (int task = 0; task < TASKS; task++) {
                    assertThat(runs.get(task)).as("task %d", task).isEqualTo(1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whatATaskThrowsIsThrownAndTheNextRoundIsRun(int count) {
        try (HostThreads threads = new HostThreads(count)) {
            assertThatThrownBy(() -> threads.run(TASKS, (task, thread) -> {
                        if (task == TASKS / 2) {
                            throw new IllegalStateException("a task of the test");
                        }
                    }))
                    .hasMessage("a task of the test");
            AtomicIntegerArray runs = new AtomicIntegerArray(TASKS);
            threads.run(TASKS, (task, thread) -> runs.incrementAndGet(task));
            for (int task = 0; task < TASKS; task++) {
                assertThat(runs.get(task)).as("task %d", task).isEqualTo(1);
            }
        }
    }
}
