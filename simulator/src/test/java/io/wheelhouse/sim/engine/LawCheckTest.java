package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.LawReport.Law;
import io.wheelhouse.sim.metrics.LawReport.Verdict;
import io.wheelhouse.sim.metrics.Recorder;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.tcp.TcpCount;
import io.wheelhouse.tcp.TcpTimer;
import io.wheelhouse.tcp.TimerCount;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts that do not add up, one at a time, on a machine on which nothing has run. */
class LawCheckTest {
    private final Scenario scenario = Scenarios.of(Scenarios.BUSY);
    private final Recorder total = new Recorder(1, 0);
    private final Census census = new Census(1);
    private Machine<VirtualProcessor> machine = machine();

    private Machine<VirtualProcessor> machine() {
        Workload workload = Workloads.of(scenario, new Population(scenario));
        return new Machine<>(scenario, workload, total, VirtualProcessor.allOf(scenario));
    }

    @BeforeEach
    void giveEveryBucketAnOwner() {
        for (int b = 0; b < machine.buckets.length; b++) {
            machine.processors[b % machine.processors.length].processor().adopt(machine.buckets[b], 0, 0);
        }
    }

    private List<Law> broken() {
        return LawCheck.of(machine, total, census, 1).verdicts().stream()
                .filter(verdict -> !verdict.kept())
                .map(Verdict::law)
                .toList();
    }

    @Test
    void nothingDoneBreaksNoLaw() {
        assertThat(broken()).isEmpty();
    }

    @Test
    void aSegmentThatVanished() {
        total.counts().count(TcpCount.SEGMENTS_SENT, 0, 1);
        assertThat(broken()).containsExactly(Law.COUNTS_BALANCE);
    }

    @Test
    void aSegmentOnThePathIsAccountedFor() {
        total.counts().count(TcpCount.SEGMENTS_SENT, 0, 3);
        total.counts().count(TcpCount.DROPPED_LOSS, 0, 1);
        census.addSegments(1, 1);
        assertThat(broken()).isEmpty();
    }

    @Test
    void anArmingThatVanished() {
        total.counts().count(TcpTimer.RTO, TimerCount.ARMS, 0);
        assertThat(broken()).containsExactly(Law.COUNTS_BALANCE);
    }

    @Test
    void anArmedTimerInNoQueue() {
        census.addTimersWithoutEntry(1);
        assertThat(broken()).containsExactly(Law.FIRED_ONCE);
    }

    @Test
    void aBucketThatNobodyHolds() {
        machine.processors[0].processor().release(machine.buckets[0]);
        assertThat(broken()).containsExactly(Law.ONE_OWNER);
    }

    @Test
    void aBucketThatStayedBehind() {
        machine.processors[0].processor().release(machine.buckets[0]);
        machine.processors[1].processor().adopt(machine.buckets[0], 0, 0);
        assertThat(broken()).isEmpty();
        machine = machine();
        giveEveryBucketAnOwner();
        machine.buckets[0].handTo(1, Structures.grid(scenario), 0, 0);
        assertThat(broken()).containsExactly(Law.ONE_OWNER);
    }
}
