package io.wheelhouse.timer.thread;

import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.bucket.Agenda;
import io.wheelhouse.timer.bucket.RunQueue;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import org.jspecify.annotations.Nullable;

/**
 * What one timer thread does with the buckets it owns: it lets happen what is due, queues the buckets that have work,
 * and serves them in turn, one packet or callback at a time.
 *
 * <p>The same code runs in virtual time, where the meter is a modeled clock, and in live time, where it is the real one.
 * Used by the owning thread alone; {@link #adopt} and {@link #release} between its steps.
 *
 * <p>At one instant buckets come in order of their numbers, and in a bucket packets come before timers.
 */
public final class Processor {
    private final int id;
    private final TickGrid grid;
    private final RunQueue runQueue;
    private final Agenda agenda;
    private @Nullable TimerBucket lastServed;
    private long lastServedEndNs;
    private @Nullable TimerBucket lastWoken;
    private long lastWokenEndNs;
    private @Nullable TimerBucket toQueueAgain;
    private long toChargeNs;
    private long lastTickNs = Long.MIN_VALUE;
    private long wokeNs = Long.MIN_VALUE;
    private long upcomingNs;
    private long ticks;
    private long busyNs;

    /** A processor whose buckets take turns, one packet or callback each. */
    public Processor(int id, TickGrid grid) {
        this(id, grid, new RunQueue(), new Agenda(false));
    }

    /**
     * @param id the processor's number
     * @param grid when it wakes up for timers
     * @param runQueue how its buckets share it, empty
     * @param agenda what happens next in its buckets, empty
     */
    public Processor(int id, TickGrid grid, RunQueue runQueue, Agenda agenda) {
        this.id = id;
        this.grid = grid;
        this.runQueue = runQueue;
        this.agenda = agenda;
    }

    /** Takes over a bucket that was handed over at {@code fromNs} and may be served from {@code availableNs} on. */
    public void adopt(TimerBucket bucket, long fromNs, long availableNs) {
        bucket.handTo(id, grid, fromNs, availableNs);
        agenda.add(bucket);
    }

    /**
     * Gives up a bucket, with all it holds. Where the agenda gathers events, {@link #forwardDeparted} has to be called before
     * anything happens here or at its next owner.
     */
    public void release(TimerBucket bucket) {
        if (toQueueAgain == bucket) {
            toQueueAgain = null;
            runQueue.charge(bucket, toChargeNs);
        }
        runQueue.remove(bucket);
        agenda.remove(bucket);
    }

    /** Sends what the agenda still holds of buckets that have left after them. */
    public void forwardDeparted() {
        agenda.forwardDeparted();
    }

    /** Whether the bucket is here. */
    public boolean holds(TimerBucket bucket) {
        return agenda.contains(bucket);
    }

    /** Takes note that something was scheduled in an owned bucket from outside its owner's steps. */
    public void scheduleChanged(TimerBucket bucket) {
        agenda.update(bucket);
    }

    /**
     * The next instant at which something happens by itself, or, if that is after {@code nowNs}, an earlier one after
     * {@code nowNs}; {@link Long#MAX_VALUE} for never.
     */
    public long nextInstantNs(long nowNs) {
        return agenda.nextNs(nowNs);
    }

    /** The next instant at which something happens by itself, exactly; {@link Long#MAX_VALUE} for never. */
    public long nextInstantNs() {
        long nextNs = agenda.nextNs(Long.MIN_VALUE);
        long exactNs = agenda.nextNs(nextNs);
        while (exactNs != nextNs) {
            nextNs = exactNs;
            exactNs = agenda.nextNs(nextNs);
        }
        return exactNs;
    }

    /** Whether a bucket waits to be served. */
    public boolean hasWork() {
        return !runQueue.isEmpty();
    }

    /** Lets happen, in order, all that is due by the meter's time and before {@code limitNs}. */
    public void happen(ServiceMeter meter, long limitNs) {
        long nowNs = meter.nowNs();
        long nextNs = agenda.nextNs(nowNs);
        while (nextNs <= nowNs && nextNs < limitNs) {
            TimerBucket bucket = agenda.next();
            if (letHappen(bucket, nextNs)) {
                chargeWakeUp(bucket, nextNs, meter);
                nowNs = meter.nowNs();
            }
            queue(bucket, nextNs);
            nextNs = agenda.nextNs(nowNs);
        }
        upcomingNs = nextNs;
        TimerBucket served = toQueueAgain;
        if (served != null && nextNs > nowNs) {
            queueAgain(served, nowNs);
        }
    }

    /** What came to the bucket before something threw is served all the same. */
    private boolean letHappen(TimerBucket bucket, long atNs) {
        try {
            return agenda.letHappen(bucket, atNs, id, wokeNs);
        } catch (RuntimeException | Error e) {
            queue(bucket, atNs);
            throw e;
        }
    }

    /**
     * What {@link #happen} or {@link #step} found to come next, in the terms of {@link #nextInstantNs(long)}, as long as nothing
     * else was done since.
     */
    public long upcomingNs() {
        return upcomingNs;
    }

    /**
     * What came in while a bucket was served comes to the run queue before it does. At a barrier some of that has not been
     * looked at yet; then the bucket waits for it, so that a barrier at which nothing moves changes nothing.
     */
    private void queueAgain(TimerBucket served, long nowNs) {
        toQueueAgain = null;
        queue(served, nowNs);
        runQueue.charge(served, toChargeNs);
    }

    private void chargeWakeUp(TimerBucket bucket, long atNs, ServiceMeter meter) {
        long startNs = meter.nowNs();
        if (grid.tickNs() > 0 && atNs != lastTickNs) {
            lastTickNs = atNs;
            ticks++;
            meter.charge(Cost.TICK);
        }
        bucket.chargeUpkeep(meter);
        busyNs += meter.nowNs() - startNs;
        lastWoken = bucket;
        lastWokenEndNs = meter.nowNs();
    }

    private void queue(TimerBucket bucket, long nowNs) {
        if (bucket.hasWork() && agenda.isServable(bucket, nowNs)) {
            runQueue.add(bucket);
        }
    }

    /**
     * Serves the bucket whose turn it is, lets happen what became due meanwhile, and queues the bucket again if it still
     * has work.
     *
     * @param limitNs the barrier: nothing at or after it happens
     * @return whether there was something to serve
     */
    public boolean step(ServiceMeter meter, long limitNs) {
        runQueue.touchAhead();
        TimerBucket bucket = runQueue.poll();
        if (bucket == null) {
            return false;
        }
        long startNs = meter.nowNs();
        boolean served;
        try {
            served = bucket.serve(meter, id);
        } finally {
            // Also after a callback that threw: what else the bucket holds is served in its turn.
            lastServed = bucket;
            lastServedEndNs = meter.nowNs();
            toChargeNs = lastServedEndNs - startNs;
            busyNs += toChargeNs;
            agenda.update(bucket);
            toQueueAgain = bucket;
        }
        happen(meter, limitNs);
        return served;
    }

    /**
     * Takes note of when the processor, which had nothing to do, wakes up: what becomes due until then has waited for that
     * wake-up, and for no other work.
     */
    public void woke(long atNs) {
        wokeNs = atNs;
    }

    /** When the work that was done last for a bucket ended or will end, which may be after a barrier. */
    public long lastWorkEndNs(TimerBucket bucket) {
        long servedNs = bucket == lastServed ? lastServedEndNs : Long.MIN_VALUE;
        return bucket == lastWoken ? Math.max(servedNs, lastWokenEndNs) : servedNs;
    }

    public int id() {
        return id;
    }

    /** How many buckets it owns. */
    public int owned() {
        return agenda.size();
    }

    /** Time spent on its buckets and its ticks since the start of the run. */
    public long busyNs() {
        return busyNs;
    }

    /** Adds work done outside a step, such as a handover, to the time spent. */
    public void addBusyNs(long ns) {
        busyNs += ns;
    }

    /** Ticks at which a timer was due. */
    public long ticks() {
        return ticks;
    }
}
