package io.wheelhouse.timer.queue;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Timers for a program of its own: any {@link TimerQueue}, with payloads, and with handles instead of numbers.
 *
 * <pre>{@code
 * Timers<String> timers = new Timers<>(HierarchicalWheel.byDeadline(HierarchicalWheel.FINE_GRANULE_NS));
 * long retransmit = timers.schedule(nowNs, nowNs + 200_000_000L, "retransmit");
 * long keepalive = timers.schedule(nowNs, nowNs + 7_200_000_000_000L, "keepalive");
 * timers.reschedule(retransmit, nowNs, nowNs + 300_000_000L);
 * timers.cancel(keepalive);
 * while (timers.size() > 0) {
 *     nowNs = timers.nextExpiryNs();
 *     timers.advance(nowNs, 100, (handle, payload, deadlineNs) -> fired.add(payload));
 * }
 * timers.cancel(retransmit);
 * }</pre>
 *
 * <p><b>Handles.</b> A handle is good from {@code schedule} until its timer has expired or was cancelled, and is never
 * given again before its number has been in use 2^31 times more: a stale handle touches no later timer, and
 * cancelling twice is harmless. 0 is no handle.
 *
 * <p><b>Cost.</b> That of the queue, and one step more. Nothing is allocated but for growth. A timer takes 8 bytes more
 * (with compressed references) than in the queue, and 4 for each number that is free when most are; arrays that grow have
 * room for an eighth more, those made by {@link #reserve} have not. One thread at a time.
 *
 * @param <P> what a timer carries
 */
public final class Timers<P> {

    /** Receives the timers that have expired. */
    @FunctionalInterface
    public interface Handler<P> {

        /**
         * One timer has expired; its handle is stale already. The handler may schedule, reschedule and cancel.
         *
         * @param handle that of the timer
         * @param deadlineNs the deadline, or the time of scheduling if that was later
         */
        void onExpiry(long handle, P payload, long deadlineNs);
    }

    private static final int PIECE_TIMERS = 64;

    private final TimerQueue queue;

    /** One object for all calls, so that a call makes none. */
    private final ExpiryHandler expiryHandler = this::onExpiry;

    /** By timer: how often its number has been given away and come back; odd while it is in use. */
    private int[] generations = {};

    private @Nullable Object[] payloads = {};

    /** A stack of the numbers that have come back; those from {@link #usedNumbers} on were never given away. */
    private int[] freeNumbers = {};

    private int freeCount;
    private int usedNumbers;
    private @Nullable Handler<? super P> running;

    /** @param queue an empty one, which nobody else uses from now on */
    public Timers(TimerQueue queue) {
        if (queue.size() != 0) {
            throw new IllegalArgumentException("the queue holds " + queue.size() + " timers of someone else");
        }
        this.queue = queue;
    }

    /**
     * Starts a timer.
     *
     * @return its handle
     */
    public long schedule(long nowNs, long deadlineNs, P payload) {
        Objects.requireNonNull(payload, "payload");
        boolean fresh = freeCount == 0;
        if (fresh && usedNumbers == generations.length) {
            resize(grown(usedNumbers));
        }
        int timer = fresh ? usedNumbers : freeNumbers[freeCount - 1];
        queue.arm(timer, nowNs, deadlineNs);
        if (fresh) {
            usedNumbers++;
        } else {
            freeCount--;
        }
        payloads[timer] = payload;
        generations[timer]++;
        return handle(timer);
    }

    /**
     * Gives a timer another deadline; its handle stays good.
     *
     * @return whether the timer was pending; if not, nothing has changed
     */
    public boolean reschedule(long handle, long nowNs, long deadlineNs) {
        if (!isPending(handle)) {
            return false;
        }
        queue.arm((int) handle, nowNs, deadlineNs);
        return true;
    }

    /** Stops a timer, and says whether it was pending. */
    public boolean cancel(long handle) {
        if (!isPending(handle)) {
            return false;
        }
        queue.cancel((int) handle);
        release((int) handle);
        return true;
    }

    /** Whether the handle's timer has neither expired nor been cancelled. */
    public boolean isPending(long handle) {
        int timer = (int) handle;
        return timer >= 0 && timer < generations.length && handle(timer) == handle && isInUse(timer);
    }

    /** The deadline of a pending timer, else {@link TimerQueue#NONE}. */
    public long deadlineNs(long handle) {
        return isPending(handle) ? queue.deadlineNs((int) handle) : TimerQueue.NONE;
    }

    /** Hands out at most {@code budget} timers expired at that time, as {@link TimerQueue#advance} does. */
    public int advance(long nowNs, int budget, Handler<? super P> handler) {
        Objects.requireNonNull(handler, "handler");
        if (running != null) {
            throw new IllegalStateException("advance to " + nowNs + " ns called by a handler");
        }
        running = handler;
        try {
            return queue.advance(nowNs, budget, expiryHandler);
        } finally {
            running = null;
        }
    }

    private void onExpiry(int timer, long deadlineNs, long expiryNs) {
        long handle = handle(timer);
        @SuppressWarnings("unchecked") // schedule takes nothing else
        P payload = (P) Objects.requireNonNull(payloads[timer]);
        release(timer);
        Objects.requireNonNull(running).onExpiry(handle, payload, deadlineNs);
    }

    /** When to call {@link #advance} next, as {@link TimerQueue#nextExpiryNs} says. */
    public long nextExpiryNs() {
        return queue.nextExpiryNs();
    }

    /** How many timers are pending. */
    public int size() {
        return queue.size();
    }

    /** What the queue has done so far: a live view. */
    public OperationCounts counts() {
        return queue.counts();
    }

    private boolean isInUse(int timer) {
        return (generations[timer] & 1) != 0;
    }

    private long handle(int timer) {
        return (long) generations[timer] << Integer.SIZE | timer;
    }

    private void release(int timer) {
        payloads[timer] = null;
        generations[timer]++;
        if (freeCount == freeNumbers.length) {
            freeNumbers = Arrays.copyOf(freeNumbers, grown(freeCount));
        }
        freeNumbers[freeCount] = timer;
        freeCount++;
    }

    /** Makes room for that many timers at a time, here and in the queue: no array of that size is larger than need be. */
    public void reserve(int timers) {
        queue.reserve(timers);
        if (timers > generations.length) {
            resize(timers);
        }
    }

    private static int grown(int numbers) {
        return Math.addExact(numbers, Math.max(PIECE_TIMERS, numbers >> 3));
    }

    private void resize(int numbers) {
        generations = Arrays.copyOf(generations, numbers);
        payloads = Arrays.copyOf(payloads, numbers);
    }

    /** Throws {@link AssertionError}, with the values in it, if the numbers in use and free don't add up. For tests. */
    public void checkInvariants() {
        queue.checkInvariants();
        for (int at = 0; at < freeCount; at++) {
            int timer = freeNumbers[at];
            QueueBase.ensure(!queue.isArmed(timer) && !isInUse(timer), "free number armed", timer, usedNumbers);
            QueueBase.ensure(payloads[timer] == null, "free number with a payload", timer, usedNumbers);
        }
        int known = freeCount + queue.size();
        QueueBase.ensure(known == usedNumbers, "numbers free and in use", known, usedNumbers);
    }
}
