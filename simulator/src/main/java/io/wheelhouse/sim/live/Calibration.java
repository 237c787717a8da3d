package io.wheelhouse.sim.live;

import io.wheelhouse.sim.engine.EngineCatalogs;
import io.wheelhouse.sim.engine.EngineOptions;
import io.wheelhouse.sim.engine.HostClock;
import io.wheelhouse.sim.engine.VirtualEngine;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.ScenarioException;
import io.wheelhouse.sim.scenario.ScenarioReader;
import io.wheelhouse.tcp.TcpCount;
import io.wheelhouse.timer.Cost;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what the operations of the timer subsystem take on this machine, with the code that a run uses: 256 buckets of
 * 256 timers in hierarchical wheels, touched in an order that no cache foresees.
 *
 * <p>Each figure is the median of {@value #ROUNDS} rounds after {@value #WARM_UPS}. What the structure does by itself
 * (slots looked at, entries filed again) is in the cost of expiring. What receiving a segment takes cannot be told from
 * what the segments sent in answer take; both together are measured, and split as the usual costs are, 4 to 3.
 */
public final class Calibration {
    private static final int BUCKETS = 256;
    private static final int TIMERS = 256;
    private static final int ROUNDS = 9;
    private static final int WARM_UPS = 4;
    private static final long ROUND_NS = 1_000_000_000;
    // odd, so that steps of it visit each of a power of two
    private static final int STEP = 40_503;
    private static final int SLEEPS = 400;
    private static final long SLEEP_NS = 1_000_000;
    private static final int SEGMENT_WARM_UPS = 3;
    private static final int SEGMENT_IN_PARTS = 4;
    private static final int SEGMENT_PARTS = 7;

    private static final String SEGMENTS = """
            name: calibration
            duration: 500ms
            host:
              processors: 1
              costs:
                {segment-in: 0ns, segment-out: 0ns, expire: 0ns, arm: 0ns, cancel: 0ns, slot-visit: 0ns, refile: 0ns,
                 tick: 0ns, move: 0ns}
            hash: {buckets: 256}
            connections:
              - name: web
                count: 2000
                arrivals: {uniform: 100ms}
                traffic:
                  kind: request-response
                  think: {exponential: {mean: 50ms}}
                  request: 200B
                  response: {lognormal: {median: 4KiB, sigma: 1.0}}
                path: {delay: 5ms, loss: 1%}
            """;

    private final HostClock clock = HostClock.start();
    private final RealMeter meter = new RealMeter(clock);
    private final Processor processor = new Processor(0, TickGrid.NONE);
    private final Processor second = new Processor(1, TickGrid.NONE);
    private final TimerBucket[] buckets = new TimerBucket[BUCKETS];
    private long virtualNs;

    /**
     * What was measured.
     *
     * @param costsNs by operation
     * @param wakeUpsNs how much later than asked a sleeping thread woke up, in ascending order
     */
    public record Result(Map<Cost, Long> costsNs, List<Long> wakeUpsNs) {
        public Result {
            costsNs = Map.copyOf(costsNs);
            wakeUpsNs = List.copyOf(wakeUpsNs);
        }

        /** The wake-up latency that a fraction of all is no longer than. */
        public long wakeUpNs(double fraction) {
            int place = (int) Math.ceil(fraction * wakeUpsNs.size()) - 1;
            return wakeUpsNs.get(Math.max(0, place));
        }
    }

    private Calibration() {
        for (int b = 0; b < BUCKETS; b++) {
            WorkItems items = new WorkItems();
            buckets[b] = new TimerBucket(
                    b,
                    HierarchicalWheel.byDeadline(HierarchicalWheel.FINE_GRANULE_NS),
                    new FifoDiscipline(items),
                    items,
                    new NoWork());
            processor.adopt(buckets[b], 0, 0);
        }
    }

    /** Measures for some ten seconds, on the calling thread. */
    public static Result measure() {
        Calibration calibration = new Calibration();
        Map<Cost, Long> costs = new EnumMap<>(Cost.class);
        calibration.measureTimers(costs);
        costs.put(Cost.MOVE, calibration.moveNs());
        long segmentNs = segmentNs();
        costs.put(Cost.SEGMENT_IN, segmentNs * SEGMENT_IN_PARTS / SEGMENT_PARTS);
        costs.put(Cost.SEGMENT_OUT, segmentNs - segmentNs * SEGMENT_IN_PARTS / SEGMENT_PARTS);
        return new Result(costs, calibration.wakeUps());
    }

    private void measureTimers(Map<Cost, Long> costs) {
        long[] arm = new long[ROUNDS];
        long[] cancel = new long[ROUNDS];
        long[] expire = new long[ROUNDS];
        long[] tick = new long[ROUNDS];
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            armAll();
            long armNs = armAll();
            long cancelNs = cancelAll();
            armAll();
            long expireNs = expireAll();
            long tickNs = Math.max(0, expireOneByOne() - expireNs);
            if (round >= 0) {
                arm[round] = armNs;
                cancel[round] = cancelNs;
                expire[round] = expireNs;
                tick[round] = tickNs;
            }
        }
        costs.put(Cost.ARM, median(arm));
        costs.put(Cost.CANCEL, median(cancel));
        costs.put(Cost.EXPIRE, median(expire));
        costs.put(Cost.TICK, median(tick));
        costs.put(Cost.SLOT_VISIT, 0L);
        costs.put(Cost.REFILE, 0L);
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static int timerAt(int i) {
        return (i * STEP) & (BUCKETS * TIMERS - 1);
    }

    /** Arms or re-arms every timer for some time in the round after this one. */
    private long armAll() {
        meter.setNowNs(virtualNs);
        long startNs = clock.wallNs();
        for (int i = 0; i < BUCKETS * TIMERS; i++) {
            int timer = timerAt(i);
            long delayNs = ROUND_NS / 2 + (long) timer * (ROUND_NS / 2) / (BUCKETS * TIMERS);
            buckets[timer / TIMERS].arm(timer % TIMERS, virtualNs + delayNs, meter);
        }
        long tookNs = clock.wallNs() - startNs;
        for (TimerBucket bucket : buckets) {
            processor.scheduleChanged(bucket);
        }
        return tookNs / (BUCKETS * TIMERS);
    }

    private long cancelAll() {
        long startNs = clock.wallNs();
        for (int i = 0; i < BUCKETS * TIMERS; i++) {
            int timer = timerAt(i + STEP);
            buckets[timer / TIMERS].cancel(timer % TIMERS, meter);
        }
        return (clock.wallNs() - startNs) / (BUCKETS * TIMERS);
    }

    /** Lets all timers expire at once, and serves them in turn. */
    private long expireAll() {
        virtualNs += ROUND_NS;
        meter.setNowNs(virtualNs);
        long startNs = clock.wallNs();
        long served = 0;
        processor.happen(meter, Long.MAX_VALUE);
        while (processor.step(meter, Long.MAX_VALUE)) {
            served++;
        }
        assert served == BUCKETS * TIMERS : served + " of " + BUCKETS * TIMERS + " timers were served";
        return (clock.wallNs() - startNs) / (BUCKETS * TIMERS);
    }

    /** The same with a wake-up for each, in a tenth of the buckets. */
    private long expireOneByOne() {
        int some = BUCKETS / 10;
        for (int i = 0; i < some * TIMERS; i++) {
            buckets[i % some].arm(i / some, virtualNs + 1 + (long) i * 1_000, meter);
        }
        for (TimerBucket bucket : buckets) {
            processor.scheduleChanged(bucket);
        }
        long startNs = clock.wallNs();
        for (int i = 0; i < some * TIMERS; i++) {
            meter.setNowNs(processor.nextInstantNs());
            processor.happen(meter, Long.MAX_VALUE);
            processor.step(meter, Long.MAX_VALUE);
        }
        long tookNs = clock.wallNs() - startNs;
        virtualNs += (some * TIMERS + 1) * 1_000L;
        return tookNs / ((long) some * TIMERS);
    }

    /** What giving up a bucket and taking it over take, on average of the two. */
    private long moveNs() {
        armAll();
        long[] moves = new long[ROUNDS];
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            long startNs = clock.wallNs();
            for (TimerBucket bucket : buckets) {
                processor.release(bucket);
                second.adopt(bucket, virtualNs, virtualNs + 1);
            }
            for (TimerBucket bucket : buckets) {
                second.release(bucket);
                processor.adopt(bucket, virtualNs + 1, virtualNs + 2);
            }
            long tookNs = clock.wallNs() - startNs;
            virtualNs += 2;
            if (round >= 0) {
                moves[round] = tookNs / (4 * BUCKETS);
            }
        }
        return median(moves);
    }

    /** What processing a segment takes, with what it makes the end send and the timers left out of it. */
    private static long segmentNs() {
        Scenario scenario;
        try {
            scenario = new ScenarioReader(EngineCatalogs.all()).read("calibration", SEGMENTS, List.of());
        } catch (ScenarioException e) {
            throw new AssertionError("the scenario of the calibration is invalid: " + e.getMessage(), e);
        }
        long[] segments = new long[3];
        for (int round = -SEGMENT_WARM_UPS; round < segments.length; round++) {
            RunResult result = VirtualEngine.run(scenario, EngineOptions.quiet(1));
            long processed =
                    result.total(TcpCount.SEGMENTS_PROCESSED) + result.total(TcpCount.SEGMENTS_PROCESSED_OUTSIDE);
            if (round >= 0) {
                segments[round] = result.host().cpuNs() / Math.max(1, processed);
            }
        }
        return median(segments);
    }

    private List<Long> wakeUps() {
        Long[] late = new Long[SLEEPS];
        for (int i = 0; i < SLEEPS; i++) {
            long untilNs = clock.wallNs() + SLEEP_NS;
            long nowNs = untilNs - SLEEP_NS;
            while (nowNs < untilNs) {
                LockSupport.parkNanos(this, untilNs - nowNs);
                nowNs = clock.wallNs();
            }
            late[i] = nowNs - untilNs;
        }
        Arrays.sort(late);
        return List.of(late);
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

    /** Modeled time for the timers, and a look at the real clock where a live run takes one. */
    private static final class RealMeter implements ServiceMeter {
        private final HostClock clock;
        private long nowNs;
        private long lastLookNs;

        RealMeter(HostClock clock) {
            this.clock = clock;
        }

        void setNowNs(long newNowNs) {
            nowNs = newNowNs;
        }

        @Override
        public long nowNs() {
            lastLookNs = clock.wallNs();
            return nowNs;
        }

        @Override
        public void charge(Cost cost, long count) {
            lastLookNs = clock.wallNs();
        }

        @Override
        public void chargeNs(long serviceNs) {
            assert serviceNs >= 0 : serviceNs + " ns after " + lastLookNs;
        }
    }
}
