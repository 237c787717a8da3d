package io.wheelhouse.bench.part;

import io.wheelhouse.timer.bucket.Agenda;
import io.wheelhouse.timer.bucket.FifoDiscipline;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.bucket.WorkItems;
import io.wheelhouse.timer.queue.HierarchicalWheel;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Pending events: the next one on a processor's agenda happens, and schedules another of its connection, so that as many
 * stay pending. Half of them come after 20 ms, as segments do, half after 100 ms, as writes do. {@code gathered}: those of
 * all 256 buckets lie in the slots of the agenda, as in virtual time; {@code kept}: each bucket keeps a heap of its own, as
 * in live time. The time is that of an event, its search and its scheduling.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AgendaBenchmark {
    private static final int EVENTS = 10_000;
    private static final int BUCKETS = 256;
    private static final int DELAYS = 1 << 12;
    private static final long MS = 1_000_000;
    private static final long SEED = 7;

    /** As many pending events as there are connections, in buckets of one processor. */
    @State(Scope.Thread)
    public static class Setting {
        @Param({"gathered", "kept"})
        String events = "";

        @Param({"1000", "10000", "1000000"})
        int pending;

        private Agenda agenda = new Agenda(true);
        private final long[] delaysNs = new long[DELAYS];
        private int nextDelay;
        private long nowNs;
        private long happened;

        @Setup(Level.Trial)
        public void create() {
            SplittableRandom random = new SplittableRandom(SEED);
            for (int i = 0; i < DELAYS; i++) {
                delaysNs[i] = (random.nextBoolean() ? 20 : 100) * MS + random.nextLong(MS);
            }
            agenda = new Agenda(events.equals("gathered"));
            Rescheduling work = new Rescheduling();
            TimerBucket[] buckets = new TimerBucket[BUCKETS];
            for (int id = 0; id < BUCKETS; id++) {
                WorkItems items = new WorkItems();
                buckets[id] = new TimerBucket(
                        id,
                        HierarchicalWheel.byDeadline(HierarchicalWheel.FINE_GRANULE_NS),
                        new FifoDiscipline(items),
                        items,
                        work);
                buckets[id].handTo(0, TickGrid.NONE, 0, 0);
                agenda.add(buckets[id]);
            }
            for (int event = 0; event < pending; event++) {
                TimerBucket bucket = buckets[event % BUCKETS];
                bucket.schedule(random.nextLong(100 * MS), event / BUCKETS, event);
                agenda.update(bucket);
            }
        }

        /** Each event is followed by another of its connection. */
        private final class Rescheduling extends NoWork {
            Rescheduling() {
                super(1);
            }

            @Override
            public void onEvent(TimerBucket bucket, int connection, int event, long atNs) {
                happened++;
                bucket.schedule(atNs + delaysNs[nextDelay++ & (DELAYS - 1)], connection, event);
            }
        }

        long happened() {
            return happened;
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long event(Setting setting) {
        Agenda agenda = setting.agenda;
        long nowNs = setting.nowNs;
        int happened = 0;
        while (happened < EVENTS) {
            long nextNs = agenda.nextNs(nowNs);
            if (nextNs <= nowNs) {
                agenda.letHappen(agenda.next(), nextNs, 0, Long.MIN_VALUE);
                happened++;
            } else {
                nowNs = nextNs;
            }
        }
        setting.nowNs = nowNs;
        return nowNs;
    }
}
