package io.wheelhouse.bench.structure;

import java.lang.invoke.MethodHandle;
import java.util.PriorityQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.server.util.timer.TimerTask;
import org.apache.kafka.server.util.timer.TimerTaskEntry;
import org.apache.kafka.server.util.timer.TimingWheel;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's hierarchical timing wheel, driven as its {@code SystemTimer} does, with the ticks of 1 ms and the 20 slots a
 * level that it has there, but without that class's lock, thread pool and clock. The wheel puts its lists into a delay
 * queue, which would hold them against the system's clock; here they go into a plain heap in the same order, and come
 * out by virtual time. A task is made once a timer and used again, where Kafka's callers make one an operation: both in
 * Kafka's favour. Added: each timer's task.
 */
final class KafkaAdapter implements TimerAdapter {
    private static final int SLOTS = 20;
    private static final Internals WHEEL = Internals.of(TimingWheel.class, "TimingWheel");
    private static final Internals LIST = Internals.of(TimingWheel.class, "TimerTaskList");

    private static final MethodHandle NEW_WHEEL =
            WHEEL.constructor(long.class, int.class, long.class, AtomicInteger.class, DelayQueue.class);
    private static final MethodHandle EXPIRATION_MS = LIST.method("getExpiration", long.class);
    private static final MethodHandle FLUSH = LIST.method("flush", void.class, Consumer.class);

    private final class Task extends TimerTask {
        final int timer;

        Task(int timer) {
            super(0);
            this.timer = timer;
        }

        @Override
        public void run() {
            handler.onExpiry(timer, nowNs);
        }
    }

    /** Where the wheel leaves its lists. */
    private static final class Lists extends DelayQueue<Delayed> {
        private final PriorityQueue<Delayed> byExpiration = new PriorityQueue<>();

        @Override
        public boolean offer(Delayed list) {
            return byExpiration.offer(list);
        }

        /** Takes the first list if it has expired. */
        @Nullable
        Delayed pollExpired(long nowMs) {
            Delayed first = byExpiration.peek();
            return first != null && expirationMs(first) <= nowMs ? byExpiration.poll() : null;
        }
    }

    private final AtomicInteger armed = new AtomicInteger();
    private final Lists lists = new Lists();
    private final TimingWheel wheel;
    private final Consumer<TimerTaskEntry> fileOrRun = this::fileOrRun;
    private final Handler handler;
    private final Task[] tasks;
    private long nowNs;

    KafkaAdapter(int timers, Handler handler) {
        this.wheel = newWheel(armed, lists);
        this.handler = handler;
        this.tasks = new Task[timers];
        for (int timer = 0; timer < timers; timer++) {
            tasks[timer] = new Task(timer);
        }
    }

    private static TimingWheel newWheel(AtomicInteger armed, Lists lists) {
        try {
            long tickMs = 1;
            long startMs = 0;
            return (TimingWheel) (Object) NEW_WHEEL.invokeExact(tickMs, SLOTS, startMs, (Object) armed, (Object) lists);
        } catch (Throwable thrown) {
            throw Internals.rethrown(thrown);
        }
    }

    @Override
    public void arm(int timer, long nowNs, long deadlineNs) {
        // Whole milliseconds, rounded up. The new entry takes the place of the task's old one.
        fileOrRun(new TimerTaskEntry(tasks[timer], (deadlineNs + TICK_NS - 1) / TICK_NS));
    }

    private void fileOrRun(TimerTaskEntry entry) {
        if (!wheel.add(entry) && !entry.cancelled()) {
            entry.timerTask.run();
        }
    }

    @Override
    public void cancel(int timer) {
        tasks[timer].cancel();
    }

    @Override
    public void advance(long nowNs) {
        this.nowNs = nowNs;
        Delayed list = lists.pollExpired(nowNs / TICK_NS);
        while (list != null) {
            wheel.advanceClock(expirationMs(list));
            flush(list);
            list = lists.pollExpired(nowNs / TICK_NS);
        }
    }

    private static long expirationMs(Delayed list) {
        try {
            return (long) EXPIRATION_MS.invokeExact((Object) list);
        } catch (Throwable thrown) {
            throw Internals.rethrown(thrown);
        }
    }

    private void flush(Delayed list) {
        try {
            FLUSH.invokeExact((Object) list, (Object) fileOrRun);
        } catch (Throwable thrown) {
            throw Internals.rethrown(thrown);
        }
    }

    @Override
    public int size() {
        return armed.get();
    }
}
