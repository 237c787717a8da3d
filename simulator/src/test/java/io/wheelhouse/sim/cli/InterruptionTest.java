package io.wheelhouse.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ends a real process while it runs, as Ctrl-C and system managers do. The time limit only ends a process that would hang. */
@Timeout(120)
class InterruptionTest {
    private static final int SIGTERM_EXIT_CODE = 128 + 15;
    private static final int MANY = 1_000_000;
    private static final Pattern OPEN = Pattern.compile("\"open\": ([0-9]+)");

    /** What ends a process, and with which code. */
    enum Ending {
        CTRL_C("-INT", ExitCode.INTERRUPTED),
        SERVICE_MANAGER("-TERM", SIGTERM_EXIT_CODE);

        private final String signal;
        private final int exitCode;

        Ending(String signal, int exitCode) {
            this.signal = signal;
            this.exitCode = exitCode;
        }

        void send(Process process) throws IOException, InterruptedException {
            String pid = Long.toString(process.pid());
            assertThat(new ProcessBuilder("kill", signal, pid).start().waitFor())
                    .isZero();
        }
    }

    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource({"run, CTRL_C", "run, SERVICE_MANAGER", "live, CTRL_C", "live, SERVICE_MANAGER"})
    void partialResultsAreSavedAndMarked(String command, Ending ending) throws IOException, InterruptedException {
        Path results = temp.resolve("results");
        Process process = java(
                        "-Dwheelhouse.terminals=err",
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
            ending.send(process);
            process.getErrorStream().readAllBytes();
            assertThat(process.waitFor()).isEqualTo(ending.exitCode);
        } finally {
            process.destroyForcibly();
        }
        assertSavedAndMarked(results);
    }

    /** The signal comes while the first of many connections are being opened, all of them before the run begins. */
    @Test
    void aLiveRunIsInterruptedWhileItOpensConnections() throws IOException, InterruptedException {
        Path results = temp.resolve("results");
        Path loaded = temp.resolve("loaded");
        Process process = java(
                        "-Xlog:class+load:file=" + loaded,
                        Wheelhouse.class.getName(),
                        "live",
                        "first-principles",
                        "--set=connections.poisson.count=" + MANY,
                        "--set=connections.poisson.arrivals={uniform: 400ms}",
                        "--set=connections.poisson.traffic.arrivals={poisson: 0.01/s}",
                        "--oversubscribe",
                        "--out=" + results)
                .redirectOutput(temp.resolve("out").toFile())
                .redirectError(temp.resolve("err").toFile())
                .start();
        try {
            while (!Files.exists(loaded) || !Files.readString(loaded).contains("io.wheelhouse.sim.live.Openings ")) {
                assertThat(process.waitFor(10, TimeUnit.MILLISECONDS))
                        .as("%s", temp.resolve("err"))
                        .isFalse();
            }
            Ending.CTRL_C.send(process);
            assertThat(process.waitFor()).isEqualTo(ExitCode.INTERRUPTED);
        } finally {
            process.destroyForcibly();
        }
        Matcher open = OPEN.matcher(Files.readString(results.resolve("summary.json")));
        assertThat(open.find()).isTrue();
        assertThat(Integer.parseInt(open.group(1))).isLessThan(MANY);
        Files.delete(loaded);
        Files.delete(temp.resolve("err"));
        assertSavedAndMarked(results);
    }

    /** A virtual machine that heeds Ctrl-C, also where this one was started to ignore it, as jobs in the background are. */
    private static ProcessBuilder java(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        List<String> heeding = List.of("env", "--default-signal=INT");
        if (canRun(heeding)) {
            command.addAll(heeding);
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(List.of(arguments));
        return ChildEnvironment.withoutOptions(new ProcessBuilder(command));
    }

    private static boolean canRun(List<String> prefix) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    private void assertSavedAndMarked(Path results) throws IOException {
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
        Process process = java(
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
            Ending.SERVICE_MANAGER.send(process);
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
