package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.wheelhouse.sim.metrics.BalanceResult;
import io.wheelhouse.sim.metrics.Interval;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.tcp.TcpCount;
import org.junit.jupiter.api.Test;

/**
 * The most loaded processor against the least loaded one, on traffic like that of two published traces: by hash alone and
 * with {@code bisect}. The published figures are 320 % against 49 %, and 53 % against 12 %; ours have the same direction and
 * order: docs/balancing.md has both.
 */
class CampusTest {
    private static final int MORE_SEEDS = 3;

    private record Campus(BalanceResult balance, double packetsPerSecond) {

        /** Runs the file as it is, and counts the packets that arrive after the warm-up. */
        static Campus run(String name, String... settings) {
            Scenario scenario = Scenarios.gallery(name, settings);
            ArrivalsAfter arrivals = new ArrivalsAfter(scenario.warmupNs());
            RunResult result = VirtualEngine.run(scenario, new EngineOptions(2, arrivals, () -> false));
            assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
            double seconds = 1e-9 * (result.endNs() - scenario.warmupNs());
            return new Campus(result.balance(), arrivals.count / seconds);
        }
    }

    private static final class ArrivalsAfter implements RunListener {
        private final long fromNs;
        private long count;

        ArrivalsAfter(long fromNs) {
            this.fromNs = fromNs;
        }

        @Override
        public void outputInterval(Interval interval) {
            if (interval.startNs() >= fromNs) {
                count += interval.count(TcpCount.SEGMENTS_PROCESSED);
            }
        }
    }

    /** What hash alone would have made of it is the spread before the moves: of the same work, so one run shows both. */
    @Test
    void bisectBringsTheMostAndTheLeastLoadedTogether() {
        Campus slower = Campus.run("campus-4g");
        Campus faster = Campus.run("campus-15g");
        assertThat(slower.balance.spreadBefore()).isGreaterThan(2 * slower.balance.spreadAfter());
        assertThat(faster.balance.spreadBefore()).isGreaterThan(2 * faster.balance.spreadAfter());
        assertThat(slower.balance.spreadBefore()).isGreaterThan(faster.balance.spreadBefore());
        assertThat(meanSpreadAfter("campus-4g", slower)).isGreaterThan(meanSpreadAfter("campus-15g", faster));

        assertThat(slower.packetsPerSecond).isCloseTo(509_000, withinPercentage(3));
        assertThat(faster.packetsPerSecond).isCloseTo(1_870_000, withinPercentage(3));
    }

    /** What is left after the moves is a matter of the seed, 15 % +- 4 % and 10 % +- 3 %: so of the file's own and three more. */
    private static double meanSpreadAfter(String name, Campus own) {
        double sum = own.balance.spreadAfter();
        for (int seed = 1; seed <= MORE_SEEDS; seed++) {
            sum += Campus.run(name, "seed=" + seed).balance.spreadAfter();
        }
        return sum / (1 + MORE_SEEDS);
    }
}
