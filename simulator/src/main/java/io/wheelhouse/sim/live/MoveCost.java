package io.wheelhouse.sim.live;

import io.wheelhouse.sim.engine.CostModel;
import io.wheelhouse.sim.engine.HostClock;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.thread.Handoff;
import io.wheelhouse.timer.thread.OtherWork;
import io.wheelhouse.timer.thread.Processor;
import io.wheelhouse.timer.thread.TimerThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.AgentTerminationException;

/**
 * What handing a bucket over takes of its two owners' time: two timer threads that are awake, on two threads of the host,
 * give each other buckets of 256 armed timers through the mailboxes of a live run. Each arms all timers of its buckets
 * anew before it gives them away, so that they come from another core's cache.
 *
 * <p>A turn of a thread in which a bucket came or went is a sample: reading its mail, letting go and sending on the one
 * side; reading its mail, taking over and looking into the inbox on the other. The cost of a move is that of either owner, so the
 * figure is the mean of both medians. Waking an owner that sleeps is not in it: that is {@code wake-up}.
 *
 * <p>The calling thread is the coordinator and the first owner. While an order is out, it waits or is the one that carries it
 * out; what one thread has noted the other reads when that has ended.
 */
final class MoveCost {
    private static final long LONG_AFTER_NS = 3_600_000_000_000L;
    private static final int SPINS_BEFORE_PARK = 5_000;
    private static final long END_WITHIN_MS = 10_000;

    private final HostClock clock = HostClock.start();
    private final Handoff handoff = new Handoff(TimerCosts.BUCKETS, 2);
    private final Owner first = new Owner(0);
    private final Owner second = new Owner(1);
    private final TimerBucket[] buckets;
    private volatile boolean armed;

    /**
     * What a turn took in which a bucket was given away, and one in which it was taken over; medians, in nanoseconds.
     */
    record Result(long giveNs, long takeNs) {}

    /** One timer thread, and what its turns took; its own thread's, or anybody's after that has ended. */
    private final class Owner {
        final List<Long> gaveNs = new ArrayList<>();
        final List<Long> tookNs = new ArrayList<>();
        final TimerThread thread;
        private final SpinningMeter meter;
        private long adopted;

        Owner(int id) {
            meter = new SpinningMeter(clock, new CostModel(SegmentCosts.SCENARIO.host(), 0), id, LONG_AFTER_NS);
            thread = new TimerThread(
                    new Processor(id, TickGrid.NONE),
                    meter,
                    handoff,
                    OtherWork.NONE,
                    TimerCosts.BUCKETS,
                    LONG_AFTER_NS,
                    bucket -> adopted++,
                    error -> {
                        throw new AssertionError("nobody sends commands here", error);
                    });
        }

        void turn() {
            long movesBefore = thread.moves();
            long adoptedBefore = adopted;
            long startNs = clock.wallNs();
            thread.doWork();
            long turnNs = clock.wallNs() - startNs;
            if (thread.moves() > movesBefore) {
                gaveNs.add(turnNs);
            } else if (adopted > adoptedBefore) {
                tookNs.add(turnNs);
            }
        }

        /** Turns until it is told to stop. */
        void run() {
            thread.onStart();
            int turns = 0;
            try {
                while (true) {
                    turn();
                    pause(turns++);
                }
            } catch (AgentTerminationException e) {
                // as it is told
            }
        }
    }

    private MoveCost() {
        buckets = TimerCosts.newBuckets();
        for (TimerBucket bucket : buckets) {
            first.thread.own(bucket);
        }
        armAll(first);
    }

    /**
     * Measures it.
     *
     * @param rounds moves of each bucket, there and back
     * @param warmUps how many of them do not count
     */
    static Result measure(int rounds, int warmUps) {
        return new MoveCost().run(rounds, warmUps);
    }

    private Result run(int rounds, int warmUps) {
        Thread other = new Thread(second::run, "wheelhouse-calibration");
        other.setDaemon(true);
        other.start();
        first.thread.onStart();
        for (int round = 0; round < rounds; round++) {
            moveAll(0, 1, other);
            armed = false;
            handoff.errand(1, () -> armAll(second));
            for (int spins = 0; !armed; spins++) {
                pause(spins);
                isThere(other);
            }
            moveAll(1, 0, other);
            armAll(first);
        }
        second.thread.stop();
        try {
            other.join(END_WITHIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (other.isAlive()) {
            throw new UnmeasuredException("a move: the thread of the other owner did not end");
        }
        int counted = (rounds - warmUps) * TimerCosts.BUCKETS;
        return new Result(
                (medianOfLast(first.gaveNs, counted) + medianOfLast(second.gaveNs, counted)) / 2,
                (medianOfLast(first.tookNs, counted) + medianOfLast(second.tookNs, counted)) / 2);
    }

    private static long medianOfLast(List<Long> samples, int counted) {
        return Calibration.median(samples.subList(samples.size() - counted, samples.size()));
    }

    /** One bucket after another: the mail of each is read in a turn of its own. */
    private void moveAll(int from, int to, Thread other) {
        for (TimerBucket bucket : buckets) {
            // Read between two owners: all that was done in the bucket is seen through the count of orders.
            boolean ordered = handoff.order(bucket.id(), from, to, bucket.epoch());
            assert ordered : "bucket " + bucket.id() + " is still on its way";
            for (int spins = 0; handoff.outstanding() > 0; spins++) {
                first.turn();
                pause(spins);
                isThere(other);
            }
        }
    }

    /** One that has failed answers no more. */
    private static void isThere(Thread other) {
        if (!other.isAlive()) {
            throw new UnmeasuredException("a move: the thread of the other owner has ended");
        }
    }

    /** An owner's own thread arms all timers of all buckets for a time that does not come. */
    private void armAll(Owner owner) {
        for (int timer = 0; timer < TimerCosts.ALL; timer++) {
            buckets[timer % TimerCosts.BUCKETS].arm(
                    timer / TimerCosts.BUCKETS, LONG_AFTER_NS + timer * 1_000_000L, owner.meter);
        }
        armed = true;
    }

    private static void pause(int spins) {
        if (spins % SPINS_BEFORE_PARK == SPINS_BEFORE_PARK - 1) {
            // On one core the other has to run.
            LockSupport.parkNanos(1);
        } else {
            Thread.onSpinWait();
        }
    }
}
