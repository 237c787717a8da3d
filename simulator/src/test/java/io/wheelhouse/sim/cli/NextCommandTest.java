package io.wheelhouse.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NextCommandTest {
    @Test
    void newSettingsTakeThePlaceOfOldOnesForTheSameKey() {
        NextCommand command = new NextCommand(
                "./wheelhouse", "rto-storm", List.of("assigner.policy=static", "duration=5s"), 9L, "results/b");
        assertThat(command.with(List.of("assigner.policy=proportional")))
                .isEqualTo("./wheelhouse run rto-storm --set duration=5s --set assigner.policy=proportional --seed 9"
                        + " --out results/b");
    }

    @Test
    void whatAShellWouldChangeIsQuoted() {
        NextCommand command = new NextCommand(
                "wheelhouse", "it's here.yaml", List.of("connections.0.traffic={kind: idle}"), null, "b");
        assertThat(command.with(List.of()))
                .isEqualTo("wheelhouse run 'it'\\''s here.yaml' --set 'connections.0.traffic={kind: idle}' --out b");
    }
}
