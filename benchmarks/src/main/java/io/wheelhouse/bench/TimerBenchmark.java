package io.wheelhouse.bench;

import io.wheelhouse.bench.structure.Contender;
import io.wheelhouse.bench.work.Size;
import io.wheelhouse.bench.work.Work;
import io.wheelhouse.bench.work.Workload;
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
 * The workloads as JMH benchmarks, for profilers and for one structure at a time. The time reported for {@code pass} is
 * that of a pass, of as many operations as it happens to have; that of one operation is in the row {@code pass:operations}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TimerBenchmark {

    /** One workload on one structure. */
    @State(Scope.Thread)
    public static class Setting {
        @Param({"rearm-redrawn", "rearm-fixed", "tcp-mix", "insert", "cancel", "expire-10s", "empty-tick", "clock-jump"
        })
        String workload = "";

        @Param({"hierarchical", "coalescing"})
        String structure = "";

        @Param({"10k", "1M"})
        String size = "";

        private Work work = () -> 0;

        @Setup(Level.Trial)
        public void create() {
            work = Workload.ofKey(workload).create(Contender.ofKey(structure), Size.parse(size));
        }

        @Setup(Level.Invocation)
        public void prepare() {
            work.prepare();
        }
    }

    @Benchmark
    public long pass(Setting setting, Counters counters) {
        long operations = setting.work.pass();
        counters.operations += operations;
        return operations;
    }
}
