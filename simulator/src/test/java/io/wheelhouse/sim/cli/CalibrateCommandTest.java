package io.wheelhouse.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.engine.EngineCatalogs;
import io.wheelhouse.sim.live.Calibration;
import io.wheelhouse.sim.live.Idle;
import io.wheelhouse.sim.scenario.DistributionSpec;
import io.wheelhouse.sim.scenario.Host;
import io.wheelhouse.sim.scenario.ScenarioException;
import io.wheelhouse.sim.scenario.ScenarioReader;
import io.wheelhouse.timer.Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured is what a scenario gets that names the file. */
class CalibrateCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private static Calibration.Result measured() {
        Map<Cost, Long> costs = new EnumMap<>(Cost.class);
        for (Cost cost : Cost.values()) {
            costs.put(cost, 1_001L * cost.ordinal());
        }
        // 1 to 1,000 us: the value at each fraction is the fraction itself.
        List<Long> wakeUps =
                LongStream.rangeClosed(1, 1_000).mapToObj(us -> us * 1_000).toList();
        return new Calibration.Result(
                costs, new Calibration.Details(31, 12, 0.875, 800, 1_200), Idle.BUSY_SPIN, wakeUps);
    }

    private Host host(String profile) throws IOException, ScenarioException {
        Files.writeString(folder.resolve("machine.yaml"), profile);
        Path scenario = Files.writeString(folder.resolve("scenario.yaml"), """
                name: costs
                duration: 1s
                host: {costs: machine.yaml}
                connections: [{name: all, count: 1}]
                """);
        return new ScenarioReader(EngineCatalogs.all())
                .read(scenario, List.of())
                .host();
    }

    @Test
    void aScenarioThatNamesTheFileHasTheCosts() throws IOException, ScenarioException {
        Host host = host(CalibrateCommand.text(measured()));
        for (Cost cost : Cost.values()) {
            assertThat(host.cost(cost)).isEqualTo(new DistributionSpec.Constant(1_001L * cost.ordinal()));
        }
    }

    @Test
    void andTheDistributionOfWakeUps() throws IOException, ScenarioException {
        DistributionSpec.Empirical wakeUp = (DistributionSpec.Empirical)
                host(CalibrateCommand.text(measured())).costs().wakeUp();
        assertThat(wakeUp.points())
                .startsWith(new DistributionSpec.Point(1_000, 0), new DistributionSpec.Point(100_000, 0.1))
                .contains(
                        new DistributionSpec.Point(500_000, 0.5),
                        new DistributionSpec.Point(990_000, 0.99),
                        new DistributionSpec.Point(999_000, 0.999))
                .endsWith(new DistributionSpec.Point(1_000_000, 1));
    }

    @Test
    void commentsSayWhatIsInTheFigures() {
        assertThat(CalibrateCommand.text(measured()))
                .contains("# arm: 87.5 % of re-arming at 12 ns, the rest first armings at 31 ns.")
                .contains("# move: giving a bucket away takes 800 ns, taking it over 1200 ns.")
                .contains(
                        "(live --idle busy-spin) woke up late by p50 500.0 us, p90 900.0 us, p99 990.0 us, max 1000.0 us,"
                                + " of 1000 times.");
    }
}
