package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.metrics.RunResult;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * In steady state an event allocates nothing, by the virtual machine's own counter: what is allocated between two barriers
 * is the same few objects, whether a hundred thousand events lie between them or none. Rows still grow now and then, when a
 * bucket is busier than ever before; so half of the intervals may.
 */
class AllocationTest {
    private static final int SECONDS = 60;
    private static final int SETTLED_S = 30;
    /** The objects that stand for the round itself, and not for anything in it. */
    private static final long ROUND_BYTES = 1_000;

    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<Long> bytes = new ArrayList<>();
    private final List<Long> events = new ArrayList<>();
    private long bytesAtBarrierEnd;
    private long eventsBefore;

    private static long allocatedBytes() {
        return THREAD.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Test
    void anEventAllocatesNothing() {
        RunListener listener = new RunListener() {
            @Override
            public void progress(long virtualNs, long durationNs, long eventsSoFar) {
                events.add(eventsSoFar - eventsBefore);
                eventsBefore = eventsSoFar;
                bytesAtBarrierEnd = allocatedBytes();
            }
        };
        Instrumentation atBarriers = new Instrumentation(
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                null,
                (atNs, buckets) -> bytes.add(allocatedBytes() - bytesAtBarrierEnd));
        RunResult result = VirtualEngine.run(
                Scenarios.gallery(
                        "peer-onoff",
                        "connections.peers.count=400",
                        "hash.buckets=16",
                        "duration=" + SECONDS + "s",
                        "assigner.interval=1s",
                        "expect=[]"),
                new EngineOptions(1, listener, () -> false),
                atBarriers);
        assertThat(result.laws().kept()).isTrue();
        List<Long> settled = bytes.subList(SETTLED_S, SECONDS);
        assertThat(events.subList(SETTLED_S, SECONDS)).allMatch(count -> count > 4_000);
        long median = settled.stream().sorted().toList().get(settled.size() / 2);
        assertThat(median)
                .as("bytes between barriers " + settled + ", events " + events.subList(SETTLED_S, SECONDS))
                .isLessThan(ROUND_BYTES);
    }
}
