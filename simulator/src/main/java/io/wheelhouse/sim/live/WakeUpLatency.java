package io.wheelhouse.sim.live;

import io.wheelhouse.sim.engine.CostModel;
import io.wheelhouse.sim.engine.HostClock;
import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.bucket.BucketWork;
import io.wheelhouse.timer.bucket.FifoDiscipline;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.bucket.WorkItems;
import io.wheelhouse.timer.queue.HierarchicalWheel;
import io.wheelhouse.timer.thread.Handoff;
import io.wheelhouse.timer.thread.OtherWork;
import io.wheelhouse.timer.thread.Processor;
import io.wheelhouse.timer.thread.TimerThread;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How late a timer thread wakes up that has nothing to do: a live one, with an idle strategy of live runs and one timer of
 * {@value #PERIOD_NS} ns, armed again by its own callback. The latency is W−E, as in the lateness of a live run.
 */
final class WakeUpLatency implements BucketWork {
    private static final long PERIOD_NS = 1_000_000;
    private static final int WARM_UPS = 50;
    private static final long LONG_AFTER_NS = 3_600_000_000_000L;
    private static final long LONGEST_NS = 500_000_000;
    private static final long END_WITHIN_NS = 1_000_000_000;

    private final long[] lateNs;
    private final CountDownLatch measured = new CountDownLatch(1);
    private int firings = -WARM_UPS;

    private WakeUpLatency(int samples) {
        lateNs = new long[samples];
    }

    /** So many latencies, in ascending order. */
    static List<Long> measure(Idle idle, int samples) {
        WakeUpLatency work = new WakeUpLatency(samples);
        work.run(idle);
        return Arrays.stream(work.lateNs).sorted().boxed().toList();
    }

    private void run(Idle idle) {
        HostClock clock = HostClock.start();
        SpinningMeter meter =
                new SpinningMeter(clock, new CostModel(SegmentCosts.SCENARIO.host(), 0), 0, LONG_AFTER_NS);
        Troubles troubles = new Troubles();
        TimerThread timerThread = new TimerThread(
                new Processor(0, TickGrid.NONE),
                meter,
                new Handoff(1, 1),
                OtherWork.NONE,
                1,
                LONG_AFTER_NS,
                bucket -> {},
                troubles);
        WorkItems items = new WorkItems();
        TimerBucket bucket = new TimerBucket(
                0,
                HierarchicalWheel.byDeadline(HierarchicalWheel.FINE_GRANULE_NS),
                new FifoDiscipline(items),
                items,
                this);
        bucket.arm(0, meter.nowNs() + PERIOD_NS, meter);
        timerThread.own(bucket);
        LiveThread thread = new LiveThread(timerThread, meter, idle, clock, troubles);
        thread.start();
        boolean done = awaits((WARM_UPS + lateNs.length) * LONGEST_NS);
        timerThread.stop();
        if (!thread.endsWithin(END_WITHIN_NS) || !done) {
            throw new UnmeasuredException("the wake-up latency");
        }
    }

    private boolean awaits(long atMostNs) {
        try {
            return measured.await(atMostNs, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void onExpiry(TimerBucket bucket, int timer, Firing firing, ServiceMeter meter) {
        if (firings >= 0) {
            lateNs[firings] = firing.tickNs();
        }
        firings++;
        if (firings < lateNs.length) {
            bucket.arm(timer, meter.nowNs() + PERIOD_NS, meter);
        } else {
            measured.countDown();
        }
    }

    @Override
    public void onEvent(TimerBucket bucket, int connection, int event, long atNs) {
        throw new AssertionError("event " + event + " of connection " + connection);
    }

    @Override
    public void onOutsideExpiry(TimerBucket bucket, int timer, long atNs) {
        throw new AssertionError("timer " + timer + " of a far end");
    }

    @Override
    public void onPacket(TimerBucket bucket, int connection, int packet, ServiceMeter meter) {
        throw new AssertionError("packet " + packet + " of connection " + connection);
    }

    @Override
    public int connectionOf(int timer) {
        return timer;
    }
}
