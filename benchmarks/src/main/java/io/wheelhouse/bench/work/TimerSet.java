package io.wheelhouse.bench.work;

import io.wheelhouse.bench.structure.Contender;
import io.wheelhouse.bench.structure.TimerAdapter;

/**
 * The timers of a workload, in one queue or many, and the simulated clock. A timer is known by its queue in the upper
 * bits and its number there in the lower ones, so that finding its queue takes a shift.
 */
final class TimerSet {
    private final TimerAdapter[] queues;
    private final Size size;
    private final int shift;
    private final TimerAdapter.Handler handler;
    private long nowNs;
    private long fired;

    /** @param handler is given the timers of all queues, as this set knows them */
    TimerSet(Contender contender, Size size, TimerAdapter.Handler handler) {
        this.size = size;
        this.shift = Integer.SIZE - Integer.numberOfLeadingZeros(size.timersOfQueue() - 1);
        this.handler = handler;
        this.queues = new TimerAdapter[size.queues()];
        for (int queue = 0; queue < queues.length; queue++) {
            queues[queue] = contender.create(size.timersOfQueue(), handlerOf(queue << shift));
        }
    }

    private TimerAdapter.Handler handlerOf(int first) {
        return (timer, firedNs) -> {
            fired++;
            handler.onExpiry(first | timer, firedNs);
        };
    }

    void arm(int timer, long deadlineNs) {
        queues[timer >> shift].arm(timer & ((1 << shift) - 1), nowNs, deadlineNs);
    }

    void cancel(int timer) {
        queues[timer >> shift].cancel(timer & ((1 << shift) - 1));
    }

    /** Moves the clock on by a tick, and hands out what has expired. */
    void tick() {
        jump(TimerAdapter.TICK_NS);
    }

    /** Moves the clock on at once, and hands out what has expired. */
    void jump(long byNs) {
        nowNs += byNs;
        for (TimerAdapter queue : queues) {
            queue.advance(nowNs);
        }
    }

    /** One of the first {@code ofQueue} timers of any queue, from the upper half of a draw. */
    int pick(long draw, int ofQueue) {
        long scaled = (draw >>> 32) * queues.length;
        int queue = (int) (scaled >>> 32);
        return (queue << shift) | (int) (((scaled & 0xFFFFFFFFL) * ofQueue) >>> 32);
    }

    /** The timer's number in its queue. */
    int numberInQueue(int timer) {
        return timer & ((1 << shift) - 1);
    }

    /** All timers, in a random order. */
    int[] shuffled(Draws draws) {
        int[] timers = new int[size.timers()];
        for (int index = 0; index < timers.length; index++) {
            int other = (int) draws.below(index + 1);
            timers[index] = timers[other];
            timers[other] = ((index / size.timersOfQueue()) << shift) | (index % size.timersOfQueue());
        }
        return timers;
    }

    long nowNs() {
        return nowNs;
    }

    /** How many timers have expired so far. */
    long fired() {
        return fired;
    }

    /** How many timers are armed. */
    long armed() {
        long armed = 0;
        for (TimerAdapter queue : queues) {
            armed += queue.size();
        }
        return armed;
    }

    Size size() {
        return size;
    }
}
