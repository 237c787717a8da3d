package io.wheelhouse.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is written reads back as the same, and is written the same again. */
class RoundTripTest {
    private static final int SCENARIOS = 300;

    @Test
    void randomScenarios() throws ScenarioException {
        for (long seed = 0; seed < SCENARIOS; seed++) {
            Scenario scenario = new RandomScenario(seed).scenario();
            String text = ScenarioWriter.write(scenario);
            assertThat(text).as("seed %d", seed).endsWith("\n").doesNotContain("\r", "\t");
            Scenario again = read(seed, text);
            assertThat(again).as("seed %d:%n%s", seed, text).isEqualTo(scenario);
            assertThat(ScenarioWriter.write(again)).as("seed %d", seed).isEqualTo(text);
        }
    }

    private static Scenario read(long seed, String text) throws ScenarioException {
        try {
            return Fixture.read(text);
        } catch (ScenarioException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n" + text, e);
        }
    }
}
