package io.wheelhouse.timer.thread;

import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.jspecify.annotations.Nullable;

/**
 * A timer thread in live time: what an {@link org.agrona.concurrent.AgentRunner} calls over and over. Each turn reads the
 * mail, lets happen what is due, and serves one packet, callback or piece of other work.
 *
 * <p>The buckets it owns are its own: everything here is used by its thread alone, but for {@link #stop}, {@link
 * #inStepSinceNs} and what is read after it has ended. A bucket comes and goes only between two callbacks. A callback
 * that throws is told to the error handler, by the runner; the thread goes on.
 */
public final class TimerThread implements Agent {
    /** Returned while no step is under way. */
    public static final long NOT_IN_STEP = Long.MAX_VALUE;

    // What becomes due while what was due happens is looked at in this turn so often; the rest, in the next.
    private static final int CATCH_UPS_MAX = 4;

    private final Processor processor;
    private final LiveMeter meter;
    private final Handoff handoff;
    private final OtherWork other;
    private final Consumer<TimerBucket> adopted;
    private final @Nullable TimerBucket[] owned;
    private final Consumer<Mail> mailReader = this::read;
    private final Consumer<Throwable> failed;
    private final AtomicLong stepStartNs = new AtomicLong(NOT_IN_STEP);

    // nothing happens or is served at or after it
    private volatile long endNs;
    private volatile boolean stopped;
    private boolean slept;

    private long longestStepNs;
    private long longestStepAtNs;
    private long moves;
    private long staleOrders;

    /**
     * @param buckets how many there are in all
     * @param endNs until when buckets are served
     * @param adopted is told of each bucket that becomes this thread's, on this thread
     * @param errors is told what commands from other threads threw, and what was thrown in {@link #finish}
     */
    public TimerThread(
            Processor processor,
            LiveMeter meter,
            Handoff handoff,
            OtherWork other,
            int buckets,
            long endNs,
            Consumer<TimerBucket> adopted,
            ErrorHandler errors) {
        this.processor = processor;
        this.meter = meter;
        this.handoff = handoff;
        this.other = other;
        this.endNs = endNs;
        this.adopted = adopted;
        owned = new TimerBucket[buckets];
        failed = errors::onError;
    }

    /** Takes its first buckets, before it starts. */
    public void own(TimerBucket bucket) {
        processor.adopt(bucket, 0, 0);
        owned[bucket.id()] = bucket;
        adopted.accept(bucket);
        handoff.settled(bucket.id(), processor.id());
    }

    @Override
    public void onStart() {
        handoff.attach(processor.id(), Thread.currentThread());
    }

    @Override
    public int doWork() {
        long nowNs = meter.begin();
        if (slept) {
            slept = false;
            processor.woke(nowNs);
        }
        int mail = handoff.read(processor.id(), mailReader);
        if (stopped) {
            throw new AgentTerminationException();
        }
        if (mail > 0) {
            nowNs = meter.begin();
        }
        if (nowNs >= endNs || other.isAway(nowNs)) {
            slept = true;
            return mail;
        }
        nowNs = happen(nowNs);
        if (other.runIfDue(nowNs, meter)) {
            return 1;
        }
        if (processor.hasWork()) {
            step(nowNs);
            return 1;
        }
        slept = processor.nextInstantNs() > nowNs;
        return slept ? mail : 1;
    }

    /** Lets happen what is due, and returns the time by which it has. */
    private long happen(long fromNs) {
        long nowNs = fromNs;
        for (int i = 0; i < CATCH_UPS_MAX; i++) {
            boolean isDue = processor.nextInstantNs() <= nowNs;
            meter.hold();
            try {
                // Where nothing is due, it still queues again what was served last.
                processor.happen(meter, Math.min(nowNs + 1, endNs));
            } finally {
                processor.addBusyNs(meter.release());
            }
            if (!isDue) {
                break;
            }
            meter.end();
            nowNs = meter.begin();
        }
        return nowNs;
    }

    private void step(long nowNs) {
        stepStartNs.lazySet(nowNs);
        try {
            processor.step(meter, Math.min(nowNs + 1, endNs));
        } finally {
            stepStartNs.lazySet(NOT_IN_STEP);
            meter.end();
            long tookNs = meter.nowNs() - nowNs;
            if (tookNs > longestStepNs) {
                longestStepNs = tookNs;
                longestStepAtNs = nowNs;
            }
        }
    }

    // ---- mail -----------------------------------------------------------------------------------------------------

    private void read(Mail mail) {
        if (mail instanceof Mail.Order order) {
            handOver(order);
        } else if (mail instanceof Mail.Arrival arrival) {
            adopt(arrival.bucket(), arrival.fromNs());
        } else if (mail instanceof Mail.Hint hint) {
            TimerBucket bucket = owned[hint.bucket()];
            if (bucket == null) {
                handoff.passOn(hint.bucket(), processor.id());
            } else {
                readInbox(bucket);
            }
        } else if (mail instanceof Mail.Errand errand) {
            errand.task().run();
        }
    }

    private void handOver(Mail.Order order) {
        TimerBucket bucket = owned[order.bucket()];
        if (bucket == null || bucket.epoch() != order.expectedEpoch()) {
            staleOrders++;
            handoff.done(order.bucket());
            return;
        }
        long fromNs = meter.begin();
        processor.release(bucket);
        owned[order.bucket()] = null;
        payForMove(fromNs);
        moves++;
        handoff.send(bucket, order.to(), fromNs);
    }

    private void adopt(TimerBucket bucket, long fromNs) {
        long takenNs = meter.begin();
        payForMove(takenNs);
        // Later than anything that was done in it, so that what waits in it is looked at.
        processor.adopt(bucket, fromNs, Math.max(meter.nowNs(), fromNs + 1));
        owned[bucket.id()] = bucket;
        adopted.accept(bucket);
        readInbox(bucket);
        handoff.done(bucket.id());
    }

    private void payForMove(long startNs) {
        meter.charge(Cost.MOVE);
        processor.addBusyNs(meter.nowNs() - startNs);
        meter.end();
    }

    private void readInbox(TimerBucket bucket) {
        meter.begin();
        if (handoff.runCommands(bucket, meter, failed) > 0) {
            processor.scheduleChanged(bucket);
        }
        meter.end();
    }

    // ---- for its idle strategy ------------------------------------------------------------------------------------

    /** When it has something to do next by itself; now, if it has. Asked by its own thread. */
    public long nextInstantNs() {
        if (processor.hasWork()) {
            return meter.nowNs();
        }
        return Math.min(endNs, Math.min(processor.nextInstantNs(), other.nextNs()));
    }

    /** The number of its processor. */
    public int number() {
        return processor.id();
    }

    // ---- for the coordinator --------------------------------------------------------------------------------------

    /** From now on nothing at or after an instant happens or is served; the mail still is. Any thread. */
    public void endAt(long newEndNs) {
        endNs = newEndNs;
        handoff.wake(processor.id());
    }

    /** Ends the thread after it has read its mail. Any thread. */
    public void stop() {
        stopped = true;
        handoff.wake(processor.id());
    }

    /** When the callback or packet that is being served began; {@link #NOT_IN_STEP} for none. Any thread. */
    public long inStepSinceNs() {
        return stepStartNs.get();
    }

    /** Reads the mail that came after the thread had ended. Called by whoever has seen all threads end. */
    public void readLastMail() {
        handoff.read(processor.id(), mailReader);
    }

    /**
     * Lets happen what should have before an instant, after all mail has been read. Called by whoever has seen all threads
     * end. What throws is told to the error handler, and the rest happens all the same: an event is taken out before it
     * happens, so no more throw than there are.
     */
    public void finish(long untilNs) {
        boolean done = false;
        while (!done) {
            done = happensUntil(untilNs);
        }
    }

    /** Whether all of it has happened, and nothing threw. */
    private boolean happensUntil(long untilNs) {
        meter.begin();
        meter.hold();
        try {
            processor.happen(meter, untilNs);
            return true;
        } catch (RuntimeException e) {
            failed.accept(e);
            return false;
        } finally {
            meter.release();
        }
    }

    /** The bucket, if this thread owns it. Its own thread's to ask. */
    public @Nullable TimerBucket ownedBucket(int bucket) {
        return owned[bucket];
    }

    /** How long the longest step took. Read between its steps. */
    public long longestStepNs() {
        return longestStepNs;
    }

    /** When that step began. */
    public long longestStepAtNs() {
        return longestStepAtNs;
    }

    /** Buckets handed over. Read between its steps. */
    public long moves() {
        return moves;
    }

    /** Orders dropped because the bucket or its epoch was not the expected one. */
    public long staleOrders() {
        return staleOrders;
    }

    @Override
    public String roleName() {
        return "timer-" + processor.id();
    }
}
