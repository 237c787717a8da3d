package io.wheelhouse.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.engine.EngineCatalogs;
import io.wheelhouse.sim.engine.Forecast;
import io.wheelhouse.sim.report.JsonTree;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.ScenarioException;
import io.wheelhouse.sim.scenario.ScenarioReader;
import io.wheelhouse.sim.scenario.Setting;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run would take, told without a run; and a run that cannot fit, refused before it begins. */
class ExplainCommandTest {
    private static final String BUSY = """
            name: busy
            description: Two groups, one of them busy
            duration: 100s
            host: {processors: 2}
            hash: {buckets: 64}
            connections:
              - name: writers
                count: 1000
                traffic: {kind: on-off, on: 1s, off: 1s, rate: 16kbit/s, size: 200B}
              - {name: sleepers, count: 10, local: 10.0.0.2:443}
            """;

    @TempDir
    Path temp;

    private final TestConsole console = new TestConsole(TestConsole.NO_ENGINE);
    private Path file = Path.of("");

    @BeforeEach
    void writeScenario() throws IOException {
        file = Files.writeString(temp.resolve("busy.yaml"), BUSY);
    }

    @Test
    void saysWhatARunWouldDoAndTake() {
        assertThat(console.run("explain", file.toString())).isEqualTo(ExitCode.OK);
        // 1000 connections, half of 100 s on, 10 writes a second, each a segment, its acknowledgment, and the timer of
        // that
        assertThat(console.out())
                .contains("GROUP        writers: 1,000 connections, about 1,500,000 events")
                .contains("GROUP        sleepers: 10 connections, about 30 events")
                .contains("2 processors; 64 buckets, up to 16 connections each on average")
                .contains("MEMORY       about ")
                .contains("TIME         about ");
        assertThat(console.err()).isEmpty();
    }

    @Test
    void tellsProgramsTheSame() throws IOException {
        Map<String, @Nullable Object> told = json();
        assertThat(told)
                .containsEntry("scenario", "busy")
                .containsEntry("connections", BigDecimal.valueOf(1_010))
                .containsEntry("refused", List.of());
        assertThat(told.get("groups"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(2);
        assertThat(told.keySet()).contains("seed", "durationNs", "processors", "buckets", "heapBytes", "cpuNs");
    }

    /** Where connections open faster than processors can serve, segments are repeated while others wait. */
    @Test
    void openingsThatAreTooMuchForTheProcessorsMakeMoreEvents() throws IOException {
        long served = events();
        // 1000 handshakes of 15 ms on two processors: 3.75 s on average, so that SYNs are sent again at 1 s and at 3 s
        assertThat(events("host.costs.segment-in=5ms", "host.costs.segment-out=5ms"))
                .isBetween(served + 5_000, served + 7_000);
    }

    private long events(String... settings) throws IOException {
        return ((BigDecimal) Objects.requireNonNull(json(settings).get("events"))).longValueExact();
    }

    private Map<String, @Nullable Object> json(String... settings) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("explain", file.toString(), "--json"));
        List.of(settings).forEach(setting -> arguments.addAll(List.of("--set", setting)));
        assertThat(console.run(arguments.toArray(String[]::new))).isEqualTo(ExitCode.OK);
        return JsonTree.read(Files.writeString(temp.resolve("told.json"), console.out()));
    }

    @Test
    void settingsCount() {
        assertThat(console.run("explain", file.toString(), "--set", "connections.writers.count=2000"))
                .isEqualTo(ExitCode.OK);
        assertThat(console.out()).contains("writers: 2,000 connections, about 3,000,000 events");
    }

    /** What is held against the heap is what was told: the same figure in both lines. */
    @Test
    void theMemoryThatIsToldIsTheMemoryThatIsRefused() {
        assertThat(console.run("explain", file.toString(), "--set", "connections.writers.count=99M"))
                .isEqualTo(ExitCode.OK);
        String told = between(console.out(), "MEMORY       about ", " with room");
        assertThat(between(console.out(), "REFUSED      busy needs about ", " of memory"))
                .isEqualTo(told);
    }

    private static String between(String text, String before, String after) {
        int begin = text.indexOf(before) + before.length();
        return text.substring(begin, text.indexOf(after, begin));
    }

    @Test
    void aRunThatCannotFitIsRefusedBeforeItBegins() {
        Path results = temp.resolve("results");
        assertThat(console.run(
                        "run", file.toString(), "--out", results.toString(), "--set", "connections.writers.count=99M"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(console.err())
                .startsWith("wheelhouse: busy needs about ")
                .contains("take fewer connections, as in --set connections.writers.count=");
        assertThat(results).doesNotExist();
        assertThat(console.run("explain", file.toString(), "--set", "connections.writers.count=99M"))
                .isEqualTo(ExitCode.OK);
        assertThat(console.out()).contains("REFUSED      busy needs about ");
        assertThat(console.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    private List<String> refusal(String count, long heapBytes, long machineBytes) throws ScenarioException {
        Scenario scenario = new ScenarioReader(EngineCatalogs.all())
                .read("busy.yaml", BUSY, List.of(new Setting("--set", "connections.writers.count=" + count)));
        return ExplainCommand.refusal(scenario, Forecast.of(scenario), heapBytes, machineBytes);
    }

    /** More memory is advice only where there is more; a count is advice only if it then fits. */
    @Test
    void theAdviceOfARefusalCanBeFollowed() throws ScenarioException {
        long heapBytes = 1_000_000_000;
        assertThat(refusal("1M", heapBytes, 2 * heapBytes)).isEmpty();
        String roomy = refusal("3M", heapBytes, 64 * heapBytes).get(0);
        assertThat(roomy).contains("the heap may grow to 1 GB only").containsPattern("-Xmx[2-4]g, or take fewer");
        String small = refusal("3M", heapBytes, heapBytes).get(0);
        assertThat(small).contains("this machine has 1 GB").doesNotContain("-Xmx");
        String count = roomy.substring(roomy.indexOf("writers.count=") + "writers.count=".length());
        assertThat(count).matches("[1-9][0-9]*[kM]");
        assertThat(refusal(count, heapBytes, heapBytes)).isEmpty();
    }
}
