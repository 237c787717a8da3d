package io.wheelhouse.tcp;

import io.wheelhouse.tcp.path.Path;
import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.random.Distribution;
import io.wheelhouse.timer.bucket.FifoDiscipline;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.bucket.WorkItems;
import io.wheelhouse.timer.queue.HierarchicalWheel;
import io.wheelhouse.timer.queue.TimerQueue;
import io.wheelhouse.timer.thread.Processor;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One bucket of TCP connections on one processor, in virtual time, and the laws checked at its end. */
final class Bench {
    static final long SEED = 42;
    static final long MS = 1_000_000;
    static final long SECOND = 1_000_000_000;

    /** What a bench is made from; the defaults are two Linux ends 10 ms apart, on exact timers, at no cost. */
    static final class Setup {
        Profile local = Profile.named("linux");
        Profile remote = Profile.named("linux");
        Path path = Path.of(SEED, Distribution.constant(10 * MS));
        Application application = Application.IDLE;
        Side opener = Side.LOCAL;
        EntrySharing entries = EntrySharing.PER_TIMER;
        TimerQueue queue = HierarchicalWheel.byDeadline(HierarchicalWheel.FINE_GRANULE_NS);
        TickGrid grid = TickGrid.NONE;
        long operationNs;
        long seed = SEED;
        boolean readsAtOnce = true;
        BucketWorkTest.DisciplineFactory discipline = FifoDiscipline::new;

        Bench build() {
            return new Bench(this);
        }
    }

    final TimerLedger ledger = new TimerLedger();
    final TcpBucketWork work;
    final TimerBucket bucket;
    private final Processor processor;
    private final TestMeter meter;
    private long ranUntilNs;

    Bench(Setup setup) {
        TupleSpace tuples = new TupleSpace(HostPort.parse("10.0.0.1:443"), Prefix.parse("100.64.0.0/10"), setup.seed);
        TcpGroup group = new TcpGroup(
                "test",
                setup.local,
                setup.remote,
                setup.path,
                tuples,
                setup.application,
                setup.readsAtOnce,
                setup.opener);
        work = new TcpBucketWork(new TcpConfig(setup.seed, List.of(group), setup.entries));
        WorkItems items = new WorkItems();
        bucket = new TimerBucket(0, setup.queue, setup.discipline.over(items), items, work);
        work.attach(bucket);
        work.observer(ledger);
        processor = new Processor(0, setup.grid);
        meter = new TestMeter(setup.operationNs);
        processor.adopt(bucket, 0, 0);
    }

    int open(int index, long atNs) {
        int connection = work.open(0, index, atNs);
        processor.scheduleChanged(bucket);
        return connection;
    }

    /** Takes note of something scheduled from outside. */
    void touched() {
        processor.scheduleChanged(bucket);
    }

    /** Up to when it ran. */
    long nowNs() {
        return ranUntilNs;
    }

    /** Runs all that happens before an instant. */
    void runUntil(long untilNs) {
        while (meter.nowNs() < untilNs) {
            processor.happen(meter, untilNs);
            if (meter.nowNs() >= untilNs) {
                break;
            }
            if (!processor.step(meter, untilNs)) {
                long nextNs = processor.nextInstantNs();
                if (nextNs >= untilNs) {
                    break;
                }
                meter.idleUntil(nextNs);
            }
        }
        processor.happen(meter, untilNs);
        ranUntilNs = Math.max(ranUntilNs, untilNs);
    }

    /** Law 4, and the balances of law 7: segments, TCP timers, queue entries. */
    void checkLaws() {
        work.checkInvariants();
        assertZero("out of order", bucket.laws().packetsOutOfOrder());
        assertZero("early", bucket.laws().earlyFirings());
        assertZero("over-rounded", bucket.laws().overRoundedTimers());
        assertZero("wrong owner", bucket.laws().wrongOwnerTouches());
        Map<TcpTimer, Long> pending = pendingTimers();
        for (TcpTimer timer : TcpTimer.values()) {
            long begun = ledger.of(timer, TimerCount.ARMS) + ledger.of(timer, TimerCount.REARMS);
            long ended = ledger.of(timer, TimerCount.FIRED)
                    + ledger.of(timer, TimerCount.CANCELLED)
                    + ledger.of(timer, TimerCount.SUPERSEDED);
            assertZero(timer + " armings without an end", begun - ended - pending.getOrDefault(timer, 0L));
        }
        var counts = bucket.timers().counts();
        long begun = counts.arms() + counts.rearms();
        long ended = counts.expiries()
                + counts.cancels()
                + counts.superseded()
                + bucket.timers().size();
        assertZero("queue entries without an end", begun - ended);
        bucket.timers().checkInvariants();
    }

    Map<TcpTimer, Long> pendingTimers() {
        Map<TcpTimer, Long> pending = new EnumMap<>(TcpTimer.class);
        work.census(ranUntilNs, new CensusVisitor() {
            @Override
            public void connection(int group, TcpState local, TcpState remote) {}

            @Override
            public void pending(TcpTimer timer, int group) {
                pending.merge(timer, 1L, Long::sum);
            }

            @Override
            public void overdue(TcpTimer timer, int group, long ageNs) {}
        });
        return pending;
    }

    private static void assertZero(String what, long value) {
        if (value != 0) {
            throw new AssertionError(what + ": " + value);
        }
    }
}
