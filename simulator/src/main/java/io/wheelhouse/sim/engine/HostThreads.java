package io.wheelhouse.sim.engine;

import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The threads of the host that run modeled processors between two barriers.
 *
 * <p>The caller is thread 0 and works too. Tasks of a round are numbered; each is taken by whichever thread is free, so
 * processors of uneven load leave no thread idle while there is one to take. What a task does may not depend on the
 * thread that takes it.
 *
 * <p>Assumptions and guarantees: one coordinator calls {@link #run}; what it wrote before the call is seen by all tasks,
 * and what the tasks wrote is seen by it after the call ({@link Phaser}: actions before an arrival happen before those
 * after the advance). An exception or assertion error of a task ends the round's remaining tasks and is thrown to the
 * coordinator.
 */
final class HostThreads implements AutoCloseable {

    /** One task of a round. */
    @FunctionalInterface
    interface Task {
        void run(int task, int thread);
    }

    private static final Task NOTHING = (task, thread) -> {};

    private final int threads;
    // Two arrivals a round: one starts it, one ends it.
    private final Phaser phaser;
    private final AtomicInteger nextTask = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private Task task = NOTHING;
    private int tasks;
    private boolean closed;

    HostThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("host threads must be 1 or more: " + threads);
        }
        this.threads = threads;
        phaser = new Phaser(threads);
        for (int thread = 1; thread < threads; thread++) {
            int number = thread;
            Thread host = new Thread(() -> serve(number), "wheelhouse-host-" + number);
            host.setDaemon(true);
            host.start();
        }
    }

    int count() {
        return threads;
    }

    /** Runs tasks 0 to {@code count} − 1, each once, and returns when all are done. */
    void run(int count, Task body) {
        if (threads == 1 || count == 1) {
            for (int i = 0; i < count; i++) {
                body.run(i, 0);
            }
            return;
        }
        task = body;
        tasks = count;
        nextTask.set(0);
        phaser.arriveAndAwaitAdvance();
        work(0);
        phaser.arriveAndAwaitAdvance();
        // threads end some time after close: until then they shall not hold what they worked on
        task = NOTHING;
        rethrow(failure.getAndSet(null));
    }

    private void serve(int thread) {
        while (true) {
            phaser.arriveAndAwaitAdvance();
            if (closed) {
                return;
            }
            work(thread);
            phaser.arriveAndAwaitAdvance();
        }
    }

    private void work(int thread) {
        try {
            int taken = nextTask.getAndIncrement();
            while (taken < tasks) {
                task.run(taken, thread);
                taken = nextTask.getAndIncrement();
            }
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
            nextTask.set(tasks);
        }
    }

    private static void rethrow(@Nullable Throwable thrown) {
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw new AssertionError("a task threw a checked exception", thrown);
        }
    }

    @Override
    public void close() {
        closed = true;
        phaser.arriveAndDeregister();
    }
}
