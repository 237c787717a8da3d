package io.wheelhouse.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wheelhouse.timer.Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Costs of a machine in a file of their own. */
class CostFileTest {
    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void writeScenario() throws IOException {
        file = Files.writeString(folder.resolve("scenario.yaml"), """
                name: costs
                duration: 1s
                host: {costs: machine.yaml}
                connections: [{name: all, count: 1}]
                """);
    }

    private Scenario read() throws ScenarioException {
        return new ScenarioReader(Fixture.CATALOGS).read(file, List.of());
    }

    @Test
    void aFileBesideTheScenarioSaysWhatOperationsTake() throws IOException, ScenarioException {
        Files.writeString(folder.resolve("machine.yaml"), "# measured\narm: 31ns\nsegment-in: 1us\n");
        Scenario scenario = read();
        assertThat(scenario.host().cost(Cost.ARM)).isEqualTo(new DistributionSpec.Constant(31));
        assertThat(scenario.host().cost(Cost.SEGMENT_IN)).isEqualTo(new DistributionSpec.Constant(1_000));
        assertThat(scenario.host().cost(Cost.MOVE)).isEqualTo(new DistributionSpec.Constant(2_000));
    }

    @Test
    void whatIsWrittenNeedsNoOtherFile() throws IOException, ScenarioException {
        Files.writeString(folder.resolve("machine.yaml"), "arm: 31ns\n");
        String written = ScenarioWriter.write(read());
        assertThat(new ScenarioReader(Fixture.CATALOGS).read("written", written, List.of()))
                .isEqualTo(read());
    }

    @Test
    void problemsNameTheFileTheyAreIn() throws IOException {
        assertThatThrownBy(this::read)
                .isInstanceOf(ScenarioException.class)
                .hasMessage(folder.resolve("machine.yaml") + ": no such file");
        Files.writeString(folder.resolve("machine.yaml"), "armm: 31ns\n");
        assertThatThrownBy(this::read)
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith(folder.resolve("machine.yaml") + ":1:1: unknown key")
                .hasMessageContaining("arm");
    }
}
