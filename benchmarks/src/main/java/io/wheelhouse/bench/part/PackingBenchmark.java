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
 * Packing and unpacking the state of connections: each has exchanged data once, wakes up once a pass and does nothing.
 * {@code packed}: after each pass the state of all is packed, so each wake-up unpacks one; {@code spread}: it stays as it
 * is. The difference is what packing and unpacking a connection take, with the trimming that belongs to it. The time of
 * one connection is in the row {@code pass:operations}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PackingBenchmark {
    private static final long PERIOD_NS = 1000 * TcpWorld.MS;
    private static final int SETTLING_PASSES = 3;

    /** Connections that are established and wake up. */
    @State(Scope.Thread)
    public static class Setting {
        @Param({"packed", "spread"})
        String rows = "";

        @Param({"1000", "100000"})
        int connections;

        private TcpWorld world = new TcpWorld(new Repeating(PERIOD_NS, false), 1, PERIOD_NS);

        @Setup(Level.Trial)
        public void create() {
            world = new TcpWorld(new Repeating(PERIOD_NS, false), connections, PERIOD_NS);
            world.runUntil(SETTLING_PASSES * PERIOD_NS);
            settle();
        }

        private void settle() {
            if (rows.equals("packed")) {
                // the first call tells which are left alone until the second
                world.settle();
                world.settle();
            }
        }

        TcpWorld world() {
            return world;
        }
    }

    @Benchmark
    public long pass(Setting setting, Counters counters) {
        TcpWorld world = setting.world;
        world.runUntil(world.nowNs() + PERIOD_NS);
        setting.settle();
        counters.operations += world.connections();
        return world.packedConnections();
    }
}
