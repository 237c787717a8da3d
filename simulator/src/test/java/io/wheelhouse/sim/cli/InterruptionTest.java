package io.wheelhouse.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends a real process while it runs, as Ctrl-C and system managers do. */
class InterruptionTest {
    private static final int SIGTERM_EXIT_CODE = 128 + 15;

    @TempDir
    Path temp;

    @Test
    void partialResultsAreSavedAndMarked() throws IOException, InterruptedException {
        Path results = temp.resolve("results");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Dwheelhouse.terminals=err",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Wheelhouse.class.getName(),
                        "run",
                        "first-principles",
                        "--set=duration=100000s",
                        "--threads=1",
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
