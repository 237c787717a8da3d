package io.wheelhouse.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                .contains("2 processors; 64 buckets")
                .contains("MEMORY       about ")
                .contains("TIME         about ");
        assertThat(console.err()).isEmpty();
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
                .contains("WHEELHOUSE_JAVA_OPTS=-Xmx")
                .contains("--set connections.0.count=");
        assertThat(results).doesNotExist();
        assertThat(console.run("explain", file.toString(), "--set", "connections.writers.count=99M"))
                .isEqualTo(ExitCode.OK);
        assertThat(console.out()).contains("REFUSED      busy needs about ");
        assertThat(console.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }
}
