package io.wheelhouse.sim.scenario;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wheelhouse.sim.scenario.TimerSpec.Structure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the tests of this package share: catalogs, files, short ways to read. */
final class Fixture {
    static final String SOURCE = "file.yaml";

    /** The least that is a scenario: other tests add lines to it. */
    static final String SMALL = """
            name: small
            duration: 10s
            connections:
              - name: all
                count: 10
            """;

    static final Catalogs CATALOGS =
            new Catalogs(new TestMetrics(), new TestTcp(), List.of(Structure.HIERARCHICAL, Structure.COALESCING));

    private Fixture() {}

    private static final class TestMetrics implements MetricNames {
        @Override
        public List<String> names() {
            return List.of(
                    "lateness.rto.p99",
                    "lateness.rto.p99.9",
                    "lateness.tlp.p99",
                    "lateness.synthetic.queueing.mean",
                    "retransmissions",
                    "moves",
                    "utilization");
        }

        @Override
        public Quantity quantity(String name) {
            return switch (name) {
                case "retransmissions", "moves" -> Quantity.COUNT;
                case "utilization" -> Quantity.FRACTION;
                default -> Quantity.DURATION;
            };
        }

        @Override
        public List<String> labels(String name) {
            return switch (name) {
                case "moves" -> List.of();
                case "utilization" -> List.of("processor");
                default -> List.of("group");
            };
        }
    }

    private static final class TestTcp implements TcpCatalog {
        @Override
        public List<String> profiles() {
            return List.of("rfc", "linux");
        }

        @Override
        public List<String> constants(String profile) {
            return profile.equals("linux") ? List.of("tcp_retries2", "tcp_syn_retries") : List.of("rto_min");
        }

        @Override
        public @Nullable String problemWith(String profile, String constant, String value) {
            return value.matches("[0-9]{1,3}") ? null : "a number from 0 to 999 is wanted";
        }
    }

    static String resource(String name) {
        try (InputStream in = Fixture.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }

    static Scenario read(String text, String... settings) throws ScenarioException {
        List<Setting> all =
                Arrays.stream(settings).map(each -> new Setting("--set", each)).toList();
        return new ScenarioReader(CATALOGS).read(SOURCE, text, all);
    }

    /** The problems of a text that has some, one a line. */
    static List<String> problems(String text, String... settings) {
        ScenarioException e = catchThrowableOfType(ScenarioException.class, () -> read(text, settings));
        if (e == null) {
            throw new AssertionError("no problem in: " + text);
        }
        return e.problems().stream().map(Problem::toString).toList();
    }
}
