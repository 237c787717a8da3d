package io.wheelhouse.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends a real process while it runs, as Ctrl-C and system managers do. */
class InterruptionTest {
    private static final int SIGTERM_EXIT_CODE = 128 + 15;

    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"run", "live"})
    void partialResultsAreSavedAndMarked(String command) throws IOException, InterruptedException {
        Path results = temp.resolve("results");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Dwheelhouse.terminals=err",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Wheelhouse.class.getName(),
                        command,
                        "first-principles",
                        "--set=duration=100000s",
                        command.equals("run") ? "--threads=1" : "--oversubscribe",
                        "--out=" + results)
                .redirectOutput(temp.resolve("out").toFile())
                .start();
        try {
            String shown = readUntilRunning(process.getErrorStream());
            assertThat(shown).contains("first-principles");
            process.toHandle().destroy();
            process.getErrorStream().readAllBytes();
            assertThat(process.waitFor()).isEqualTo(SIGTERM_EXIT_CODE);
        } finally {
            process.destroyForcibly();
        }
        assertThat(temp.resolve("out")).content().contains("Interrupted: these are the results up to");
        assertThat(Files.readString(results.resolve("summary.json"))).contains("\"interrupted\": true");
        try (var left = Files.list(temp)) {
            assertThat(left)
                    .extracting(Path::getFileName)
                    .extracting(Path::toString)
                    .hasSameElementsAs(List.of("out", "results"));
        }
    }

    @Test
    void anInterruptedSweepKeepsWhatIsDoneAndItsTables() throws IOException, InterruptedException {
        Path results = temp.resolve("sweep");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Wheelhouse.class.getName(),
                        "sweep",
                        "first-principles",
                        "--set=duration=1s",
                        "--set=warmup=0s",
                        "--vary=assigner.policy=static,lpt",
                        "--replications=100",
                        "--threads=1",
                        "--out=" + results)
                .redirectOutput(temp.resolve("out").toFile())
                .redirectError(temp.resolve("err").toFile())
                .start();
        try {
            while (process.isAlive() && cells(results) == 0) {
                assertThat(process.waitFor(50, TimeUnit.MILLISECONDS)).isFalse();
            }
            process.toHandle().destroy();
            assertThat(process.waitFor()).isEqualTo(SIGTERM_EXIT_CODE);
        } finally {
            process.destroyForcibly();
        }
        assertThat(temp.resolve("err")).content().contains("interrupted: ", "the same command does the rest");
        try (var lines = Files.lines(results.resolve("cells.csv"))) {
            assertThat(lines.count()).isEqualTo(1 + cells(results));
        }
    }

    private static long cells(Path results) throws IOException {
        Path folder = results.resolve("cells");
        if (!Files.exists(folder)) {
            return 0;
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")
                            && !file.getFileName().toString().startsWith("."))
                    .count();
        }
    }

    /** Reads the progress line until the run has simulated something, or the process has ended. */
    private static String readUntilRunning(InputStream err) throws IOException {
        StringBuilder shown = new StringBuilder();
        byte[] buffer = new byte[1_024];
        int count = err.read(buffer);
        while (count > 0) {
            shown.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
            if (shown.toString().matches("(?s).*\\s[1-9][0-9]*/[0-9]+ s .*")) {
                break;
            }
            count = err.read(buffer);
        }
        return shown.toString();
    }
}
