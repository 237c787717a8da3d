package io.wheelhouse.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.engine.EngineCatalogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path file = Path.of("");

    @BeforeEach
    void writeScenario() throws IOException {
        file = Files.writeString(temp.resolve("busy.yaml"), BUSY);
    }

    private int run(String... arguments) {
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                Map.of(),
                "./wheelhouse");
        Engine none = (scenario, threads, listener, cancelled) -> {
            throw new IllegalStateException("nothing is to be run");
        };
        return new App(console, EngineCatalogs.all(), none).run(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysWhatARunWouldDoAndTake() {
        assertThat(run("explain", file.toString())).isEqualTo(ExitCode.OK);
        // 1000 connections, half of 100 s on, 10 writes a second, each a segment, its acknowledgment, and the timer of
        // that
        assertThat(out())
                .contains("GROUP        writers: 1,000 connections, about 1,500,000 events")
                .contains("GROUP        sleepers: 10 connections, about 30 events")
                .contains("2 processors; 64 buckets")
                .contains("MEMORY       about ")
                .contains("TIME         about ");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void settingsCount() {
        assertThat(run("explain", file.toString(), "--set", "connections.writers.count=2000"))
                .isEqualTo(ExitCode.OK);
        assertThat(out()).contains("writers: 2,000 connections, about 3,000,000 events");
    }

    @Test
    void aRunThatCannotFitIsRefusedBeforeItBegins() {
        Path results = temp.resolve("results");
        assertThat(run("run", file.toString(), "--out", results.toString(), "--set", "connections.writers.count=99M"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("wheelhouse: busy needs about ")
                .contains("WHEELHOUSE_JAVA_OPTS=-Xmx")
                .contains("--set connections.0.count=");
        assertThat(results).doesNotExist();
        assertThat(run("explain", file.toString(), "--set", "connections.writers.count=99M"))
                .isEqualTo(ExitCode.OK);
        assertThat(out()).contains("REFUSED      busy needs about ");
    }
}
