package io.wheelhouse.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.scenario.ConnectionGroup.Closing;
import io.wheelhouse.sim.scenario.DistributionSpec.Constant;
import io.wheelhouse.sim.scenario.DistributionSpec.Lognormal;
import io.wheelhouse.sim.scenario.Expectation.Operator;
import io.wheelhouse.sim.scenario.PathSpec.Direction;
import io.wheelhouse.sim.scenario.PathSpec.Outage;
import io.wheelhouse.sim.scenario.QueueingSpec.Discipline;
import io.wheelhouse.sim.scenario.TimerSpec.Entries;
import io.wheelhouse.sim.scenario.TimerSpec.Shape;
import io.wheelhouse.sim.scenario.TimerSpec.Structure;
import io.wheelhouse.tcp.HostPort;
import io.wheelhouse.tcp.Prefix;
import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.balance.PolicyParameters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The reference scenario of the design, value by value, and what it is written back as. */
class ReferenceTest {
    private static final long US = 1_000;
    private static final long MS = 1_000_000;
    private static final long S = 1_000_000_000;

    private static Scenario reference() throws ScenarioException {
        return Fixture.read(Fixture.resource("reference.yaml"));
    }

    @Test
    void headAndMachineReadAsTheyAre() throws ScenarioException {
        Scenario scenario = reference();
        assertThat(scenario.name()).isEqualTo("rto-storm");
        assertThat(scenario.description())
                .isEqualTo("A push to 200,000 clients meets a 3 s outage of 40 % of the paths");
        assertThat(scenario.seed()).isEqualTo(42);
        assertThat(scenario.durationNs()).isEqualTo(20 * S);
        assertThat(scenario.warmupNs()).isEqualTo(5 * S);
        assertThat(scenario.host().processors()).isEqualTo(8);
        assertThat(scenario.host().tickNs()).isEqualTo(4 * MS);
        assertThat(scenario.host().background()).containsExactly(new Background(0, 0.3, 8 * S, 16 * S));
        assertThat(scenario.host().costs().operations())
                .isEqualTo(Map.of(
                        Cost.SEGMENT_IN, new Constant(1_200),
                        Cost.SEGMENT_OUT, new Constant(900),
                        Cost.EXPIRE, new Constant(600),
                        Cost.ARM, new Constant(25),
                        Cost.CANCEL, new Constant(15),
                        Cost.SLOT_VISIT, new Constant(5),
                        Cost.REFILE, new Constant(20),
                        Cost.TICK, new Constant(300),
                        Cost.MOVE, new Constant(2_000)));
        assertThat(scenario.host().costs().wakeUp()).isEqualTo(new Constant(30_000));
    }

    @Test
    void subsystemReadsAsItIs() throws ScenarioException {
        Scenario scenario = reference();
        assertThat(scenario.hash()).isEqualTo(new HashSpec(HashSpec.Function.TOEPLITZ, 1_024));
        assertThat(scenario.timers())
                .isEqualTo(new TimerSpec(Structure.COALESCING, new Shape(64, 3, 9, 4 * MS, 0), Entries.AS_STACK));
        assertThat(scenario.queueing())
                .isEqualTo(new QueueingSpec(
                        Discipline.DRR, 5 * US, 64, new QueueingSpec.BetweenBuckets(Discipline.FIFO, 5 * US)));
        assertThat(scenario.assigner()).isEqualTo(new AssignerSpec("proportional", 100 * MS, PolicyParameters.usual()));
        assertThat(scenario.tcp()).isEqualTo(new TcpSpec("linux", Map.of("tcp_retries2", "15")));
        assertThat(scenario.output()).isEqualTo(new OutputSpec(100 * MS, OutputSpec.Segments.NONE));
    }

    @Test
    void connectionsReadAsTheyAre() throws ScenarioException {
        Scenario scenario = reference();
        ConnectionGroup phones = new ConnectionGroup(
                "phones",
                200_000,
                HostPort.parse("10.0.0.1:443"),
                new RemoteSpace(Prefix.parse("100.64.0.0/10"), 32_768, 60_999),
                End.REMOTE,
                new Arrivals.Uniform(2 * S),
                scenario.tcp(),
                new PathSpec(
                        new Lognormal(20 * MS, 0.5),
                        0.001,
                        PathSpec.Link.NONE,
                        List.of(new Outage(0.4, 10 * S, 13 * S, Direction.BOTH))),
                new Traffic.Push(List.of(10 * S), 50 * MS, new Constant(600), End.LOCAL),
                Closing.NEVER);
        assertThat(scenario.connections()).containsExactly(phones);
        assertThat(scenario.connectionCount()).isEqualTo(200_000);
    }

    @Test
    void expectationsReadAsTheyAre() throws ScenarioException {
        Position nowhere = Position.whole("");
        assertThat(reference().expect())
                .containsExactly(
                        new Expectation(
                                "lateness.rto.p99 < 60ms",
                                "lateness.rto.p99",
                                Map.of(),
                                Operator.LESS,
                                60e6,
                                0,
                                nowhere),
                        new Expectation(
                                "retransmissions{group=phones} > 300k",
                                "retransmissions",
                                Map.of("group", "phones"),
                                Operator.GREATER,
                                300e3,
                                0,
                                nowhere));
        assertThat(reference().expect().get(1).position()).isEqualTo(new Position(Fixture.SOURCE, 44, 5));
    }

    @Test
    void writtenBackItIsCanonicalAndEqual() throws ScenarioException {
        String written = ScenarioWriter.write(reference());
        assertThat(written).isEqualTo(Fixture.resource("reference-effective.yaml"));
        assertThat(Fixture.read(written)).isEqualTo(reference());
        assertThat(ScenarioWriter.write(Fixture.read(written))).isEqualTo(written);
    }

    @Test
    void whatIsNotSaidHasADefault() throws ScenarioException {
        Scenario small = Fixture.read(Fixture.SMALL);
        String written = ScenarioWriter.write(small);
        assertThat(written).isEqualTo(Fixture.resource("small-effective.yaml"));
        assertThat(Fixture.read(written)).isEqualTo(small);
    }
}
