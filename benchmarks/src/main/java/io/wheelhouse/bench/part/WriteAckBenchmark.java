package io.wheelhouse.bench.part;

import io.wheelhouse.bench.Counters;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A write and all that follows from it: the application wakes up and writes 200 bytes, the segment goes over the path, the
 * far end processes it and delays its acknowledgment, which comes back and is processed; the timers that are armed,
 * re-armed and cancelled meanwhile, with no loss, are in it. Each connection does that ten times a second. A pass is a
 * tenth of a second; the time of one write is in the row {@code pass:operations}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WriteAckBenchmark {
    private static final long PERIOD_NS = 100 * TcpWorld.MS;
    private static final int SETTLING_PASSES = 20;

    /** Connections that are established and write. */
    @State(Scope.Thread)
    public static class Setting {
        @Param({"1", "1000", "10000", "100000"})
        int connections;

        private TcpWorld world = new TcpWorld(new Repeating(PERIOD_NS, true), 1, PERIOD_NS);

        @Setup(Level.Trial)
        public void create() {
            world = new TcpWorld(new Repeating(PERIOD_NS, true), connections, PERIOD_NS);
            world.runUntil(SETTLING_PASSES * PERIOD_NS);
        }

        TcpWorld world() {
            return world;
        }
    }

    @Benchmark
    public long pass(Setting setting, Counters counters) {
        TcpWorld world = setting.world;
        world.runUntil(world.nowNs() + PERIOD_NS);
        counters.operations += world.connections();
        return world.nowNs();
    }
}
