package io.wheelhouse.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.LawReport;
import io.wheelhouse.sim.metrics.LawReport.Law;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.metrics.TestRuns;
import org.junit.jupiter.api.Test;

/** How a run ends the program. */
class SingleRunTest {
    private static final long HALFWAY_NS = TestRuns.DURATION_NS / 2;

    private final RunResult whole = TestRuns.result(TestRuns.recorder(1, 100));

    private int exitCode(long endNs, LawReport laws) {
        return SingleRun.exitCode(TestRuns.ended(whole, endNs, laws));
    }

    @Test
    void aWholeRunIsFineAndAnInterruptedOneIsNot() {
        assertThat(exitCode(TestRuns.DURATION_NS, TestRuns.laws())).isEqualTo(ExitCode.OK);
        assertThat(exitCode(HALFWAY_NS, TestRuns.laws())).isEqualTo(ExitCode.INTERRUPTED);
    }

    @Test
    void aRunThatBrokeALawOrCouldNotBeCheckedFailed() {
        assertThat(exitCode(TestRuns.DURATION_NS, TestRuns.laws(Law.IN_ORDER))).isEqualTo(ExitCode.FAILED);
        assertThat(exitCode(HALFWAY_NS, LawReport.unchecked("a thread sticks"))).isEqualTo(ExitCode.FAILED);
    }
}
