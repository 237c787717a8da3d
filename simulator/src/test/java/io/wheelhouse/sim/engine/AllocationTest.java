package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.report.ProgramInfo;
import io.wheelhouse.sim.report.ResultFolder;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.ScenarioWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * In steady state an event allocates nothing, by the virtual machine's own counter. What is allocated belongs to rounds,
 * barriers and rows of files, and to rows of state that grow now and then, where a bucket is busier than ever before.
 */
class AllocationTest {
    private static final int INTERVAL_S = 10;
    private static final int SETTLED = 10;

    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static long allocatedBytes() {
        return THREAD.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** What some events allocated. */
    private record Spent(long events, long bytes) {
        double bytesOfEvent() {
            return (double) bytes / events;
        }
    }

    private static Spent sum(List<Spent> all) {
        return new Spent(
                all.stream().mapToLong(Spent::events).sum(),
                all.stream().mapToLong(Spent::bytes).sum());
    }

    /** From each barrier to the next, without what is done at barriers. */
    private static final class BetweenBarriers implements RunListener {
        private final List<Spent> intervals = new ArrayList<>();
        private long bytesAtStart;
        private long bytesInInterval;
        private long eventsBefore;

        void atBarrier() {
            bytesInInterval = allocatedBytes() - bytesAtStart;
        }

        @Override
        public void progress(long virtualNs, long durationNs, long events) {
            intervals.add(new Spent(events - eventsBefore, bytesInInterval));
            eventsBefore = events;
            bytesAtStart = allocatedBytes();
        }
    }

    /**
     * An object at each retransmission timeout, of which there are some thirty in an interval, would be 500 bytes in the least
     * interval, and one for each retransmission 7,000.
     */
    @Test
    void anEventAllocatesNothing() {
        BetweenBarriers meter = new BetweenBarriers();
        Instrumentation atBarriers = new Instrumentation(
                UnaryOperator.identity(), UnaryOperator.identity(), null, (atNs, buckets) -> meter.atBarrier());
        RunResult result =
                VirtualEngine.run(scenario(1_000, 220), new EngineOptions(1, meter, () -> false), atBarriers);
        assertThat(result.laws().kept()).isTrue();
        int all = meter.intervals.size();
        List<Spent> settled = meter.intervals.subList(all - SETTLED, all);
        assertThat(settled).allMatch(spent -> spent.events > 100_000);
        assertThat(settled.stream().mapToLong(Spent::bytes).min().orElseThrow())
                .as("the least of %s", settled)
                .isLessThan(250);
        assertThat(sum(settled).bytesOfEvent())
                .as("bytes an event of %s", settled)
                .isLessThan(0.005);
    }

    /**
     * With all files written and buckets moving, whatever is allocated, also at barriers, is as much for three times the
     * events. An object for each retransmission would be 0.05 bytes an event more.
     */
    @Test
    void withAllOutputAndMovesManyEventsAllocateAsMuchAsFew(@TempDir Path folder) throws IOException {
        // where the compiler has not looked yet, an object that does not escape is one all the same
        spentWithOutput(500, folder.resolve("cold"));
        Spent few = spentWithOutput(500, folder.resolve("few"));
        Spent many = spentWithOutput(1_500, folder.resolve("many"));
        assertThat(few.events).isGreaterThan(300_000);
        assertThat(many.events).isGreaterThan(5 * few.events / 2);
        double slope = (double) (many.bytes - few.bytes) / (many.events - few.events);
        assertThat(slope).as("bytes an event between %s and %s", few, many).isBetween(-0.02, 0.02);
    }

    private static Spent spentWithOutput(int connections, Path folder) throws IOException {
        List<String> bursts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            bursts.add("{processor: " + i % 2 + ", load: 40%, from: " + 10 * i + "s, to: " + 10 * (i + 1) + "s}");
        }
        Scenario scenario = scenario(
                connections,
                100,
                "host.background=" + bursts,
                "host.costs.segment-in=20us",
                "assigner.interval=5s",
                "assigner.dead-band=0%",
                "hash.buckets=64");
        List<Spent> intervals = new ArrayList<>();
        try (ResultFolder results = ResultFolder.create(folder, scenario.host().processors())) {
            RunListener meter = results.listener().and(new RunListener() {
                private long bytesBefore = allocatedBytes();
                private long eventsBefore;

                @Override
                public void progress(long virtualNs, long durationNs, long events) {
                    long bytes = allocatedBytes();
                    intervals.add(new Spent(events - eventsBefore, bytes - bytesBefore));
                    eventsBefore = events;
                    bytesBefore = allocatedBytes();
                }
            });
            RunResult result = VirtualEngine.run(scenario, new EngineOptions(1, meter, () -> false));
            assertThat(result.laws().kept()).isTrue();
            assertThat(result.balance().moves()).isGreaterThan(100);
            results.finish(result, ScenarioWriter.write(scenario), ProgramInfo.current());
        }
        return sum(intervals.subList(intervals.size() - SETTLED, intervals.size()));
    }

    private static Scenario scenario(int connections, int seconds, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "connections.peers.count=" + connections,
                "hash.buckets=16",
                "duration=" + seconds + "s",
                "assigner.interval=" + INTERVAL_S + "s",
                "output.interval=" + INTERVAL_S + "s",
                "expect=[]"));
        settings.addAll(List.of(more));
        return Scenarios.gallery("peer-onoff", settings.toArray(new String[0]));
    }
}
