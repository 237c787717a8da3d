package io.wheelhouse.bench.structure;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Netty's hashed wheel without its worker thread, whose loop reads the system's clock and sleeps. Its parts are Netty's
 * own, reached by method handles, and called in the order of that loop, once a tick: cancelled timeouts out, new ones
 * from the queue into their slots, the slot's timeouts expired. A timeout is made and queued as by {@code newTimeout},
 * only that its deadline is given instead of read off the clock: so one clock reading an arm is in Netty's favour. Netty
 * takes at most 100,000 timeouts from the queue a tick; here the step is repeated until the queue is empty, since a
 * timer that waits there is late. Added: each timer's task and its timeout.
 */
final class NettyAdapter implements TimerAdapter {
    private static final Internals TIMER = Internals.of(HashedWheelTimer.class, "HashedWheelTimer");
    private static final Internals WORKER = Internals.of(HashedWheelTimer.class, "HashedWheelTimer$Worker");
    private static final Internals BUCKET = Internals.of(HashedWheelTimer.class, "HashedWheelTimer$HashedWheelBucket");
    private static final Internals TIMEOUT =
            Internals.of(HashedWheelTimer.class, "HashedWheelTimer$HashedWheelTimeout");

    private static final MethodHandle NEW_TIMEOUT =
            TIMEOUT.constructor(HashedWheelTimer.class, TimerTask.class, long.class);
    private static final MethodHandle PROCESS_CANCELLED = WORKER.method("processCancelledTasks", void.class);
    private static final MethodHandle TRANSFER = WORKER.method("transferTimeoutsToBuckets", void.class);
    private static final MethodHandle EXPIRE = BUCKET.method("expireTimeouts", void.class, long.class);
    private static final VarHandle TICK = WORKER.field("tick", long.class);

    private final class Task implements TimerTask {
        final int timer;

        Task(int timer) {
            this.timer = timer;
        }

        @Override
        public void run(Timeout timeout) {
            timeouts[timer] = null;
            handler.onExpiry(timer, nowNs);
        }
    }

    private final HashedWheelTimer wheel;
    private final Object worker;
    private final Object[] buckets;
    private final Queue<Object> queue;
    private final AtomicLong pending;
    private final Handler handler;
    private final Task[] tasks;
    private final @Nullable Timeout[] timeouts;
    private long nowNs;
    private long tick;

    NettyAdapter(int slots, int timers, Handler handler) {
        this.wheel = new HashedWheelTimer(NettyAdapter::idle, TICK_NS, NANOSECONDS, slots, false);
        this.worker = TIMER.field("worker", WORKER.type()).get(wheel);
        this.buckets =
                (Object[]) TIMER.field("wheel", BUCKET.type().arrayType()).get(wheel);
        this.queue = queueOf(wheel);
        this.pending =
                (AtomicLong) TIMER.field("pendingTimeouts", AtomicLong.class).get(wheel);
        this.handler = handler;
        this.tasks = new Task[timers];
        this.timeouts = new Timeout[timers];
        for (int timer = 0; timer < timers; timer++) {
            tasks[timer] = new Task(timer);
        }
    }

    /** The worker's thread, which is never started. */
    private static Thread idle(Runnable worker) {
        Thread thread = new Thread(worker, "never started");
        thread.setDaemon(true);
        return thread;
    }

    @SuppressWarnings("unchecked") // its element type is private
    private static Queue<Object> queueOf(HashedWheelTimer wheel) {
        return (Queue<Object>) TIMER.field("timeouts", Queue.class).get(wheel);
    }

    @Override
    public void arm(int timer, long nowNs, long deadlineNs) {
        cancel(timer);
        pending.incrementAndGet();
        try {
            Object timeout = (Object) NEW_TIMEOUT.invokeExact((Object) wheel, (Object) tasks[timer], deadlineNs);
            timeouts[timer] = (Timeout) timeout;
            queue.add(timeout);
        } catch (Throwable thrown) {
            throw Internals.rethrown(thrown);
        }
    }

    @Override
    public void cancel(int timer) {
        Timeout timeout = timeouts[timer];
        if (timeout != null) {
            timeout.cancel();
            timeouts[timer] = null;
        }
    }

    @Override
    public void advance(long nowNs) {
        while ((tick + 1) * TICK_NS <= nowNs) {
            this.nowNs = nowNs;
            step();
        }
    }

    private void step() {
        try {
            PROCESS_CANCELLED.invokeExact(worker);
            do {
                TRANSFER.invokeExact(worker);
            } while (!queue.isEmpty());
            EXPIRE.invokeExact(buckets[(int) tick & (buckets.length - 1)], (tick + 1) * TICK_NS);
        } catch (Throwable thrown) {
            throw Internals.rethrown(thrown);
        }
        tick++;
        TICK.set(worker, tick);
    }

    /** Cancelled timeouts count until the next tick. */
    @Override
    public int size() {
        return (int) wheel.pendingTimeouts();
    }
}
