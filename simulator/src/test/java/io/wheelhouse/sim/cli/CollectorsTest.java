package io.wheelhouse.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.engine.EngineOptions;
import io.wheelhouse.sim.engine.VirtualEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The garbage collector does not show: a run with moves in processes of their own, small enough that each collector has
 * something to do, against the same in this one. {@code benchmarks/matrix} does that for all JDKs and numbers of threads.
 */
class CollectorsTest {
    private static final List<String> RUN = List.of(
            "run",
            "skewed-load",
            "--set=duration=1s",
            "--set=warmup=200ms",
            "--set=host.background=[]",
            "--set=expect=[]");
    private static final Pattern MOVES = Pattern.compile("\"moves\": ([0-9]+)");
    private static final Pattern FINGERPRINT = Pattern.compile("\"fingerprint\": \"([0-9a-f]{16})\"");
    private static final long PATIENCE_S = 120;

    @TempDir
    Path temp;

    @Test
    void theResultIsTheSameWithAny() throws IOException, InterruptedException {
        Map<String, Process> processes = new LinkedHashMap<>();
        try {
            processes.put("Serial", start("Serial", "--threads=1"));
            processes.put("G1", start("G1", "--threads=2"));
            String here = here();
            assertThat(Integer.parseInt(first(MOVES, here))).isGreaterThan(10);
            for (Map.Entry<String, Process> started : processes.entrySet()) {
                compare(started.getKey(), started.getValue(), here);
            }
        } finally {
            processes.values().forEach(Process::destroyForcibly);
        }
    }

    private void compare(String collector, Process process, String here) throws IOException, InterruptedException {
        assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(temp.resolve(collector + ".err")).content().isEmpty();
        assertThat(process.exitValue()).isZero();
        assertThat(temp.resolve(collector + ".gc")).content().contains("Using " + collector, "Pause ");
        String there = summary(collector);
        assertThat(first(FINGERPRINT, there)).as(collector).isEqualTo(first(FINGERPRINT, here));
        assertThat(there).as(collector).isEqualTo(here);
    }

    private Process start(String collector, String threads) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+Use" + collector + "GC",
                "-Xlog:gc:file=" + temp.resolve(collector + ".gc"),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Wheelhouse.class.getName());
        builder.command().addAll(RUN);
        builder.command().addAll(List.of(threads, "--quiet", "--out=" + temp.resolve(collector)));
        return ChildEnvironment.withoutOptions(builder)
                .redirectOutput(temp.resolve(collector + ".out").toFile())
                .redirectError(temp.resolve(collector + ".err").toFile())
                .start();
    }

    private String here() throws IOException {
        TestConsole console = new TestConsole((scenario, threads, listener, cancelled) ->
                VirtualEngine.run(scenario, new EngineOptions(threads, listener, cancelled)));
        List<String> arguments = new ArrayList<>(RUN);
        arguments.addAll(List.of("--threads=1", "--quiet", "--out=" + temp.resolve("here")));
        assertThat(console.run(arguments.toArray(new String[0])))
                .as(console.err())
                .isZero();
        return summary("here");
    }

    private String summary(String folder) throws IOException {
        // byte for byte: Latin-1 has a character for each
        return Files.readString(temp.resolve(folder).resolve("summary.json"), StandardCharsets.ISO_8859_1);
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }
}
