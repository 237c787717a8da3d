package io.wheelhouse.stress;

import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.bucket.BucketWork;
import io.wheelhouse.timer.bucket.FifoDiscipline;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.bucket.WorkItems;
import io.wheelhouse.timer.queue.HierarchicalWheel;
import io.wheelhouse.timer.thread.Handoff;
import io.wheelhouse.timer.thread.LiveMeter;
import io.wheelhouse.timer.thread.OtherWork;
import io.wheelhouse.timer.thread.Processor;
import io.wheelhouse.timer.thread.TimerThread;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * One bucket of thread 0, two timer threads, a coordinator and another thread. A race makes each of them an actor; when
 * all are done, the arbiter gives both threads turns until nothing is left to do, and counts.
 */
class HandoffRace implements BucketWork {
    static final int TIMER = 0;
    private static final int TURNS = 4;
    private static final int LAST_TURNS = 50;

    private final Handoff handoff = new Handoff(1, 2);
    private final TimerBucket bucket = newBucket();
    private final TimerThread[] threads = {newThread(0), newThread(1)};
    private int fired;

    /** @param armed whether the timer is armed, and due, when the race begins */
    HandoffRace(boolean armed) {
        if (armed) {
            bucket.arm(TIMER, 0, new Clock());
        }
        threads[0].own(bucket);
    }

    private TimerBucket newBucket() {
        WorkItems items = new WorkItems();
        return new TimerBucket(
                0,
                HierarchicalWheel.byDeadline(HierarchicalWheel.FINE_GRANULE_NS),
                new FifoDiscipline(items),
                items,
                this);
    }

    private TimerThread newThread(int id) {
        return new TimerThread(
                new Processor(id, TickGrid.NONE),
                new Clock(),
                handoff,
                OtherWork.NONE,
                1,
                Long.MAX_VALUE,
                adopted -> {},
                thrown -> {
                    throw new IllegalStateException(thrown);
                });
    }

    /** A few turns of a timer thread. */
    final void turns(int thread) {
        for (int i = 0; i < TURNS; i++) {
            threads[thread].doWork();
        }
    }

    /** A few turns of both timer threads, one each by turns, where the race is with somebody else. */
    final void bothTurns() {
        for (int i = 0; i < TURNS; i++) {
            threads[0].doWork();
            threads[1].doWork();
        }
    }

    /** Before the race begins: the bucket has been handed over, and lies in the mailbox of thread 1. */
    final void handOver() {
        order(0, 1, 1);
        threads[0].doWork();
    }

    /** An order of the coordinator, whose view of the epoch is as good as it can be from outside. */
    final boolean order(int from, int to, long expectedEpoch) {
        return handoff.order(0, from, to, expectedEpoch);
    }

    /** Another thread arms the timer, to be due at once. */
    final void arm() {
        handoff.tell(0, (b, meter) -> b.arm(TIMER, meter.nowNs(), meter));
    }

    /** Another thread cancels the timer. */
    final CompletableFuture<Boolean> cancel() {
        return handoff.submit(0, (b, meter) -> b.cancel(TIMER, meter));
    }

    /**
     * Lets all come to an end.
     *
     * @param result takes: firings; armings that have not ended in exactly one way; owners; what is against the laws,
     *     orders that are not done included
     */
    final void settle(IIII_Result result) {
        for (int i = 0; i < LAST_TURNS; i++) {
            threads[0].doWork();
            threads[1].doWork();
        }
        long began = bucket.timers().counts().arms() + bucket.timers().counts().rearms();
        long withdrawn = bucket.timers().counts().cancels() + bucket.cancelledWhileDue();
        long superseded = bucket.timers().counts().superseded() + bucket.supersededWhileDue();
        result.r1 = fired;
        result.r2 = (int) (began - fired - withdrawn - superseded);
        result.r3 = (threads[0].ownedBucket(0) == null ? 0 : 1) + (threads[1].ownedBucket(0) == null ? 0 : 1);
        result.r4 = (int) (bucket.laws().wrongOwnerTouches() + bucket.laws().earlyFirings()) + handoff.outstanding();
    }

    /** As {@link #settle(IIII_Result)}, and what a cancel has said of itself has to be what happened. */
    final void settle(IIII_Result result, @Nullable CompletableFuture<Boolean> cancelled) {
        settle(result);
        boolean told = cancelled != null && cancelled.isDone() && cancelled.join() == (result.r1 == 0);
        result.r4 += told ? 0 : 1;
    }

    @Override
    public void onExpiry(TimerBucket expired, int timer, Firing firing, ServiceMeter meter) {
        fired++;
    }

    @Override
    public void onEvent(TimerBucket of, int connection, int event, long atNs) {}

    @Override
    public void onOutsideExpiry(TimerBucket of, int timer, long atNs) {}

    @Override
    public void onPacket(TimerBucket of, int connection, int packet, ServiceMeter meter) {}

    @Override
    public int connectionOf(int timer) {
        return timer;
    }

    /** The machine's clock; nothing takes modeled time. */
    private static final class Clock implements LiveMeter {
        private long beganNs;
        private boolean holds;

        @Override
        public long nowNs() {
            return holds ? beganNs : System.nanoTime();
        }

        @Override
        public long begin() {
            beganNs = System.nanoTime();
            return beganNs;
        }

        @Override
        public void hold() {
            holds = true;
        }

        @Override
        public long release() {
            holds = false;
            return 0;
        }

        @Override
        public void end() {}

        @Override
        public void charge(Cost cost, long count) {}

        @Override
        public void chargeNs(long serviceNs) {}
    }
}
