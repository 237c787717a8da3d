package io.wheelhouse.timer.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FlowLimitDisciplineTest {
    private static final int BACKLOG = 10;

    private final DisciplineBench bench = new DisciplineBench(1_000, items -> new FlowLimitDiscipline(items, BACKLOG));

    private boolean offered(int connection) {
        boolean admitted = bench.discipline.admits(connection);
        if (admitted) {
            bench.offer(connection, 1);
        }
        return admitted;
    }

    private int admittedOf(int packets, int connection) {
        int admitted = 0;
        for (int packet = 0; packet < packets; packet++) {
            admitted += offered(connection) ? 1 : 0;
        }
        return admitted;
    }

    /** Ten up to the backlog, and then those that are no more than half of the 128 that are remembered. */
    @Test
    void aFloodIsCutOffAtHalfOfTheHistory() {
        assertThat(admittedOf(1_000, 7)).isEqualTo(BACKLOG + FlowLimitDiscipline.HISTORY / 2);
    }

    @Test
    void theOthersAreAdmittedBesideAFlood() {
        admittedOf(1_000, 7);
        for (int connection = 100; connection < 160; connection++) {
            assertThat(offered(connection)).as("connection %d", connection).isTrue();
            assertThat(offered(7)).as("connection 7 after %d", connection).isFalse();
        }
    }

    @Test
    void aConnectionThatBecomesModestIsAdmittedAgain() {
        admittedOf(1_000, 7);
        for (int connection = 100; connection < 100 + FlowLimitDiscipline.HISTORY / 2 - 1; connection++) {
            offered(connection);
        }
        assertThat(offered(7)).isFalse();
        offered(300);
        offered(301);
        assertThat(offered(7)).isTrue();
    }

    @Test
    void whenTheBacklogIsGoneEverybodyIsAdmitted() {
        admittedOf(1_000, 7);
        while (bench.discipline.size() >= BACKLOG) {
            bench.serve();
        }
        assertThat(offered(7)).isTrue();
        assertThat(offered(7)).isFalse();
    }

    @Test
    void callbacksAreNeverRefused() {
        for (int item = 0; item < 1_000; item++) {
            bench.offer(7, 1);
        }
        assertThat(bench.discipline.size()).isEqualTo(1_000);
    }

    @Test
    void aBacklogIsNotNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FlowLimitDiscipline(new WorkItems(), -1))
                .withMessageContaining("-1");
    }
}
