package io.wheelhouse.bench.part;

import io.wheelhouse.timer.bucket.DrrDiscipline;
import io.wheelhouse.timer.bucket.FifoDiscipline;
import io.wheelhouse.timer.bucket.FlowLimitDiscipline;
import io.wheelhouse.timer.bucket.QueueDiscipline;
import io.wheelhouse.timer.bucket.SfqDiscipline;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.bucket.WorkItems;
import io.wheelhouse.timer.queue.HierarchicalWheel;
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
 * Serving a bucket: something comes, by turns of 64 connections, and what the queue discipline chooses is served; the
 * work itself does nothing. {@code packet}: a packet arrives and waits. {@code timer}: a timer is armed, expires and waits.
 * {@code waiting}: how much waits beside it; with nothing waiting, packets go past most disciplines.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ServeBenchmark {
    private static final int SERVICES = 1_000;
    private static final int CONNECTIONS = 64;
    // more than ever wait, so that none is armed anew while it does
    private static final int TIMERS = 2_048;
    private static final long QUANTUM_NS = 5_000;
    private static final int BACKLOG = 64;
    private static final long STEP_NS = 2_000;

    /** A bucket in which some packets wait. */
    @State(Scope.Thread)
    public static class Setting {
        @Param({"fifo", "drr", "sfq", "flow-limit"})
        String discipline = "";

        @Param({"0", "16", "1000"})
        int waiting;

        private final WorkItems items = new WorkItems();
        private final NoWork work = new NoWork(CONNECTIONS);
        private final FreeMeter meter = new FreeMeter();
        private TimerBucket bucket = bucket(new FifoDiscipline(items));
        private int next;

        @Setup(Level.Trial)
        public void create() {
            bucket = bucket(discipline());
            bucket.handTo(0, TickGrid.NONE, 0, 0);
            for (int packet = 0; packet < waiting; packet++) {
                bucket.packetArrived(nextConnection(), packet, 0);
            }
        }

        private TimerBucket bucket(QueueDiscipline over) {
            return new TimerBucket(
                    0, HierarchicalWheel.byDeadline(HierarchicalWheel.FINE_GRANULE_NS), over, items, work);
        }

        private QueueDiscipline discipline() {
            return switch (discipline) {
                case "fifo" -> new FifoDiscipline(items);
                case "drr" -> new DrrDiscipline(items, QUANTUM_NS);
                case "sfq" -> new SfqDiscipline(items);
                case "flow-limit" -> new FlowLimitDiscipline(items, BACKLOG);
                default -> throw new IllegalArgumentException("no discipline '" + discipline + "'");
            };
        }

        private int nextTimer() {
            next = (next + 1) % TIMERS;
            return next;
        }

        private int nextConnection() {
            return nextTimer() % CONNECTIONS;
        }

        TimerBucket bucket() {
            return bucket;
        }

        long served() {
            return work.served();
        }
    }

    @Benchmark
    @OperationsPerInvocation(SERVICES)
    public long packet(Setting setting) {
        TimerBucket bucket = setting.bucket;
        for (int i = 0; i < SERVICES; i++) {
            int connection = setting.nextConnection();
            if (bucket.admitsPacket(connection)) {
                bucket.packetArrived(connection, i, setting.meter.nowNs());
            }
            bucket.serve(setting.meter, 0);
        }
        return bucket.waiting();
    }

    @Benchmark
    @OperationsPerInvocation(SERVICES)
    public long timer(Setting setting) {
        TimerBucket bucket = setting.bucket;
        FreeMeter meter = setting.meter;
        for (int i = 0; i < SERVICES; i++) {
            long deadlineNs = meter.nowNs() + STEP_NS;
            bucket.arm(setting.nextTimer(), deadlineNs, meter);
            meter.idleUntil(deadlineNs);
            bucket.happen(deadlineNs, 0);
            bucket.serve(meter, 0);
        }
        return bucket.waiting();
    }
}
