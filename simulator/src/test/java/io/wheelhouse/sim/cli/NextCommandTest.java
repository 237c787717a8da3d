package io.wheelhouse.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class NextCommandTest {
    private static final NextCommand.Like RUN = new NextCommand.Like("run", List.of());

    private static Overrides overrides(String... arguments) {
        return CommandLine.populateCommand(new Overrides(), arguments);
    }

    @Test
    void newSettingsTakeThePlaceOfOldOnesForTheSameKey() {
        Overrides given = overrides("--set=assigner.policy=static", "--set=duration=5s", "--seed=9");
        assertThat(new NextCommand("./wheelhouse", RUN, "rto-storm", given, "results/b")
                        .with(List.of("assigner.policy=proportional")))
                .containsExactly(
                        "./wheelhouse run rto-storm",
                        "--set duration=5s",
                        "--set assigner.policy=proportional",
                        "--seed 9",
                        "--out results/b");
    }

    @Test
    void whatAShellWouldChangeIsQuoted() {
        Overrides given = overrides("--set=connections.0.traffic={kind: idle}");
        assertThat(new NextCommand("wheelhouse", RUN, "it's here.yaml", given, "b").with(List.of()))
                .containsExactly(
                        "wheelhouse run 'it'\\''s here.yaml'", "--set 'connections.0.traffic={kind: idle}'", "--out b");
    }

    @Test
    void aCommandSuggestsItsLikeWithItsOwnOptions() {
        NextCommand.Like live = new NextCommand.Like("live", List.of("--idle yield", "--oversubscribe"));
        assertThat(new NextCommand("wheelhouse", live, "small", overrides(), "b").with(List.of("host.tick=1ms")))
                .containsExactly(
                        "wheelhouse live small", "--set host.tick=1ms", "--idle yield", "--oversubscribe", "--out b");
    }
}
