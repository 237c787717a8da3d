package io.wheelhouse.bench.structure;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's scheduled pool, with cancelled tasks removed from its queue, through its public methods alone. Its one
 * worker is a thread that ends at once, which the pool does not notice: so nobody takes from the queue but this adapter,
 * in virtual time. The pool orders its tasks by the system's clock: virtual time 0 is put years ahead of it, and each
 * delay is counted from a reading of that clock just before the pool takes its own, so deadlines are late by the
 * nanoseconds in between, and a schedule costs one reading more than it would. Added: each timer's task and its future.
 */
final class ScheduledPoolAdapter implements TimerAdapter {

    /** Ten years: further than any run, and near enough to leave room for far deadlines. */
    private static final long AHEAD_NS = 10L * 365 * 86_400 * 1_000_000_000;

    private final class Task implements Runnable {
        final int timer;

        Task(int timer) {
            this.timer = timer;
        }

        @Override
        public void run() {
            futures[timer] = null;
            handler.onExpiry(timer, nowNs);
        }
    }

    private final ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1, worker -> {
        Thread thread = new Thread(() -> {}, "never takes a task");
        thread.setDaemon(true);
        return thread;
    });

    private final BlockingQueue<Runnable> queue = pool.getQueue();
    private final long originNs = System.nanoTime() + AHEAD_NS;
    private final Handler handler;
    private final Task[] tasks;
    private final @Nullable Future<?>[] futures;
    private long nowNs;

    ScheduledPoolAdapter(int timers, Handler handler) {
        this.handler = handler;
        this.tasks = new Task[timers];
        this.futures = new Future<?>[timers];
        for (int timer = 0; timer < timers; timer++) {
            tasks[timer] = new Task(timer);
        }
        pool.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void arm(int timer, long nowNs, long deadlineNs) {
        cancel(timer);
        long delayNs = originNs + deadlineNs - System.nanoTime();
        futures[timer] = pool.schedule(tasks[timer], delayNs, NANOSECONDS);
    }

    @Override
    public void cancel(int timer) {
        Future<?> future = futures[timer];
        if (future != null) {
            future.cancel(false);
            futures[timer] = null;
        }
    }

    @Override
    public void advance(long nowNs) {
        this.nowNs = nowNs;
        Runnable head = queue.peek();
        while (head != null && deadlineNs((Delayed) head) <= nowNs) {
            queue.remove(head);
            ((RunnableScheduledFuture<?>) head).run();
            head = queue.peek();
        }
    }

    private long deadlineNs(Delayed task) {
        return task.getDelay(NANOSECONDS) + System.nanoTime() - originNs;
    }

    @Override
    public int size() {
        return queue.size();
    }
}
