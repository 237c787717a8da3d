package io.wheelhouse.sim.live;

import io.wheelhouse.tcp.random.Draw;
import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.bucket.BucketWork;
import io.wheelhouse.timer.bucket.FifoDiscipline;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.bucket.WorkItems;
import io.wheelhouse.timer.queue.HierarchicalWheel;
import io.wheelhouse.timer.thread.Processor;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * What the operations on timers take: 256 buckets of 256 in hierarchical wheels, touched in an order that no cache
 * foresees, by the code that a run uses. Modeled time goes on as it would for retransmission timers: each pass over all of
 * them is an acknowledgment for each, {@value #ACK_EVERY_NS} ns after the one before.
 */
final class TimerCosts {
    static final int BUCKETS = 256;
    static final int TIMERS = 256;
    static final int ALL = BUCKETS * TIMERS;

    /** Passes of re-arming in a round. */
    static final int REARM_PASSES = 4;

    private static final long ACK_EVERY_NS = 10_000_000;
    private static final long RTO_MIN_NS = 200_000_000;
    private static final long RTO_SPREAD_NS = 800_000_000;
    // by how much an estimator moves a timeout from one acknowledgment to the next
    private static final long JITTER_PARTS = 64;
    // that become due together, in as many buckets
    private static final int BATCH = 32;
    // two granules, so that no two wake-ups are one
    private static final long EXPIRE_EVERY_NS = 2 * HierarchicalWheel.FINE_GRANULE_NS;
    // odd, so that steps of it visit each of a power of two
    private static final int STEP = 40_503;

    private final LongSupplier cpu;
    private final ClockedMeter meter;
    private final Processor processor = new Processor(0, TickGrid.NONE);
    private final TimerBucket[] buckets = newBuckets();
    private long virtualNs;
    private long pass;

    /**
     * What each took, in nanoseconds.
     *
     * @param armNs arming a timer that is not armed
     * @param rearmNs re-arming one to another deadline, mostly a later one
     * @param cancelNs cancelling an armed one
     * @param expireNs one more expiry, where some become due together
     * @param tickNs one more wake-up for any
     */
    record Round(long armNs, long rearmNs, long cancelNs, long expireNs, long tickNs) {}

    /**
     * @param clock what a live run looks at
     * @param cpu the processor time of the calling thread, which the rounds are measured with: they are long enough
     */
    TimerCosts(LongSupplier clock, LongSupplier cpu) {
        this.cpu = cpu;
        meter = new ClockedMeter(clock);
        for (TimerBucket bucket : buckets) {
            processor.adopt(bucket, 0, 0);
        }
    }

    /** Buckets whose timers do nothing when they expire. */
    static TimerBucket[] newBuckets() {
        TimerBucket[] buckets = new TimerBucket[BUCKETS];
        Arrays.setAll(buckets, b -> {
            WorkItems items = new WorkItems();
            return new TimerBucket(
                    b,
                    HierarchicalWheel.byDeadline(HierarchicalWheel.FINE_GRANULE_NS),
                    new FifoDiscipline(items),
                    items,
                    new NoWork());
        });
        return buckets;
    }

    /** Each operation on each timer, some more than once. No timer is armed before or after. */
    Round round() {
        long armNs = armAll();
        long rearmNs = 0;
        for (int i = 0; i < REARM_PASSES; i++) {
            rearmNs += armAll();
        }
        long cancelNs = cancelAll();
        // A wake-up for each timer against a wake-up for a batch of them: n expiries in w wake-ups take n e + w t.
        long aloneNs = expireAll(1);
        long togetherNs = expireAll(BATCH);
        long tickNs = (aloneNs - togetherNs) / (ALL - ALL / BATCH);
        long expireNs = (aloneNs - tickNs * ALL) / ALL;
        return new Round(armNs, rearmNs / REARM_PASSES, cancelNs, expireNs, tickNs);
    }

    private static int timerAt(int i) {
        return (i * STEP) & (ALL - 1);
    }

    /** The timeout of a timer at a pass: each timer has its own, which moves a little. */
    private static long timeoutNs(int timer, long atPass) {
        long ownNs = RTO_MIN_NS + Long.remainderUnsigned(Draw.mix(timer), RTO_SPREAD_NS);
        return ownNs + Long.remainderUnsigned(Draw.mix(timer + (atPass << 32)), ownNs / JITTER_PARTS);
    }

    /** Arms every timer, or re-arms it. */
    long armAll() {
        virtualNs += ACK_EVERY_NS;
        pass++;
        meter.setNowNs(virtualNs);
        long startNs = cpu.getAsLong();
        for (int i = 0; i < ALL; i++) {
            int timer = timerAt(i);
            buckets[timer / TIMERS].arm(timer % TIMERS, virtualNs + timeoutNs(timer, pass), meter);
        }
        return took(startNs);
    }

    long cancelAll() {
        long startNs = cpu.getAsLong();
        for (int i = 0; i < ALL; i++) {
            int timer = timerAt(i + STEP);
            buckets[timer / TIMERS].cancel(timer % TIMERS, meter);
        }
        return took(startNs);
    }

    private long took(long startNs) {
        return (cpu.getAsLong() - startNs) / ALL;
    }

    /**
     * Arms every timer, and lets so many at once expire until all have.
     *
     * @return what waking up and serving took in all
     */
    private long expireAll(int atOnce) {
        meter.setNowNs(virtualNs);
        for (int i = 0; i < ALL; i++) {
            int timer = timerAt(i);
            buckets[timer / TIMERS].arm(timer % TIMERS, virtualNs + (i / atOnce + 1) * EXPIRE_EVERY_NS, meter);
        }
        for (TimerBucket bucket : buckets) {
            processor.scheduleChanged(bucket);
        }
        long startNs = cpu.getAsLong();
        int served = 0;
        // A queue's next instant may be before its first deadline: a few wake-ups find nothing.
        int wakeUpsMax = 2 * ALL / atOnce;
        for (int wakeUps = 0; served < ALL && wakeUps < wakeUpsMax; wakeUps++) {
            meter.setNowNs(processor.nextInstantNs());
            processor.happen(meter, Long.MAX_VALUE);
            while (processor.step(meter, Long.MAX_VALUE)) {
                served++;
            }
        }
        long tookNs = cpu.getAsLong() - startNs;
        assert served == ALL : served + " of " + ALL + " timers were served";
        virtualNs += (ALL / atOnce + 1) * EXPIRE_EVERY_NS;
        return tookNs;
    }

    /** The buckets, for tests. */
    TimerBucket[] buckets() {
        return buckets;
    }

    /** Does nothing when a timer expires. */
    private static final class NoWork implements BucketWork {
        @Override
        public void onEvent(TimerBucket bucket, int connection, int event, long atNs) {}

        @Override
        public void onOutsideExpiry(TimerBucket bucket, int timer, long atNs) {}

        @Override
        public void onPacket(TimerBucket bucket, int connection, int packet, ServiceMeter meter) {}

        @Override
        public void onExpiry(TimerBucket bucket, int timer, Firing firing, ServiceMeter meter) {}

        @Override
        public int connectionOf(int timer) {
            return timer;
        }
    }
}
