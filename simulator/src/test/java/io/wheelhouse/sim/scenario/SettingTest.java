package io.wheelhouse.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.scenario.DistributionSpec.Constant;
import io.wheelhouse.sim.scenario.DistributionSpec.Exponential;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values from the command line in place of the file's. */
class SettingTest {
    private static final String REFERENCE = Fixture.resource("reference.yaml");

    @Test
    void replacesAValue() throws ScenarioException {
        Scenario scenario = Fixture.read(REFERENCE, "assigner.policy=static", "seed=-7", "host.tick=none");
        assertThat(scenario.assigner().policy()).isEqualTo("static");
        assertThat(scenario.seed()).isEqualTo(-7);
        assertThat(scenario.host().tickNs()).isEqualTo(Host.NO_TICK);
    }

    @Test
    void addsAKeyThatTheFileDoesNotHave() throws ScenarioException {
        Scenario scenario = Fixture.read(Fixture.SMALL, "timers.shape.granule=2ms", "tcp.set={rto_min: 3}");
        assertThat(scenario.timers().shape().granuleNs()).isEqualTo(2_000_000);
        assertThat(scenario.tcp().set()).containsExactlyEntriesOf(java.util.Map.of("rto_min", "3"));
    }

    @Test
    void findsItemsByIndexAndByName() throws ScenarioException {
        assertThat(Fixture.read(REFERENCE, "connections.phones.count=10").connectionCount())
                .isEqualTo(10);
        assertThat(Fixture.read(REFERENCE, "connections.0.count=11").connectionCount())
                .isEqualTo(11);
    }

    @Test
    void takesAnyYaml() throws ScenarioException {
        Scenario scenario = Fixture.read(
                REFERENCE,
                "connections.phones.path.delay={exponential: {mean: 3ms}}",
                "connections.phones.traffic={kind: idle}",
                "expect=[]",
                "description=a = b");
        assertThat(scenario.connections().get(0).path().delay()).isEqualTo(new Exponential(3_000_000));
        assertThat(scenario.connections().get(0).traffic()).isEqualTo(new Traffic.Idle());
        assertThat(scenario.expect()).isEmpty();
        assertThat(scenario.description()).isEqualTo("a = b");
    }

    @Test
    void theLastOneWins() throws ScenarioException {
        assertThat(Fixture.read(REFERENCE, "seed=1", "seed=2").seed()).isEqualTo(2);
    }

    @Test
    void goesIntoAKeyWithoutAValue() throws ScenarioException {
        Scenario scenario = Fixture.read(Fixture.SMALL + "host:\n", "host.costs.arm=1us");
        assertThat(scenario.host().cost(io.wheelhouse.timer.Cost.ARM)).isEqualTo(new Constant(1_000));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", textBlock = """
                    assigner.polcy=static -> unknown key "polcy" in assigner; did you mean "policy"?
                    asigner.policy=static -> unknown key "asigner" in the scenario; did you mean "assigner"?
                    assigner.policy=statik -> "statik" is not an assigner policy; did you mean "static"?
                    duration=200mss -> "200mss" is not a duration such as 200ms (ns, us, ms, s, min, h, d): there is no unit "mss"; did you mean "200ms"?
                    duration= -> expected a duration such as 200ms (ns, us, ms, s, min, h, d); found nothing
                    connections.phnes.count=1 -> connections has no item of the name "phnes"; did you mean "phones"?
                    connections.1.count=1 -> connections has no item 1; it has 1, numbered from 0
                    connections.99999999999.count=1 -> connections has no item of the name "99999999999"
                    seed.x=1 -> seed is the value "42" and has no keys
                    seed -> expected key=value, the key such as assigner.policy or connections.phones.count
                    =5 -> expected key=value, the key such as assigner.policy or connections.phones.count
                    a..b=5 -> expected key=value, the key such as assigner.policy or connections.phones.count
                    seed={ -> not valid YAML: expected the node content, but found '<stream end>', while parsing a flow node from line 1
                    seed=*x -> aliases are refused; write the value out
                    """)
    void whatDoesNotFitIsReportedWithTheSetting(String setting, String message) {
        assertThat(Fixture.problems(REFERENCE, setting)).containsExactly("--set " + setting + ": " + message);
    }

    @Test
    void comeAfterTheProblemsOfTheFile() {
        List<String> problems = Fixture.problems(REFERENCE.replace("seed: 42", "seed: x"), "assigner.polcy=static");
        assertThat(problems)
                .containsExactly(
                        "file.yaml:4:7: \"x\" is not a whole number of 64 bits",
                        "--set assigner.polcy=static: unknown key \"polcy\" in assigner; did you mean \"policy\"?");
    }
}
