package io.wheelhouse.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveCommandTest {
    private static final String SMALL = """
            name: small
            duration: 200ms
            host: {processors: 1}
            hash: {buckets: 4}
            connections:
              - {name: timers, count: 10, traffic: {kind: synthetic, arrivals: {poisson: 50/s}, delay: 5ms, service: 10us}}
            """;

    @TempDir
    private Path temp = Path.of("");

    private final TestConsole console = new TestConsole(TestConsole.NO_ENGINE);
    private Path file = Path.of("");

    @BeforeEach
    void writeScenario() throws IOException {
        file = Files.writeString(temp.resolve("small.yaml"), SMALL);
    }

    private int live(String... options) {
        List<String> arguments = new ArrayList<>(List.of("live", file.toString(), "--out"));
        arguments.add(temp.resolve("result").toString());
        arguments.addAll(List.of(options));
        return console.run(arguments.toArray(String[]::new));
    }

    @Test
    void runsLiveAndSavesWhatCameOfIt() throws IOException {
        assertThat(live("--idle", "yield")).as("%s", console.err()).isEqualTo(ExitCode.OK);
        assertThat(console.out())
                .contains("0.2 s live")
                .contains("LIVE")
                .contains("LAWS      ok")
                .doesNotContain("fingerprint");
        assertThat(temp.resolve("result/host.json")).content().contains("\"live\"", "\"idle\": \"yield\"");
        assertThat(temp.resolve("result/summary.json")).exists();
    }

    /** Forced moves balance nothing, and the summary does not say so; what comes next is a live run that leaves them to the policy. */
    @Test
    void saysThatMovesWereForced() {
        assertThat(live("--move-every", "20", "--oversubscribe", "--set", "host.processors=2"))
                .as("%s", console.err())
                .isEqualTo(ExitCode.OK);
        assertThat(console.out())
                .containsPattern("moves? (was|were) forced, whatever the load")
                .doesNotContain("took the highest load")
                .containsPattern("NEXT +./wheelhouse live ")
                .contains("--oversubscribe")
                .doesNotContain("--move-every");
        assertThat(console.out().lines().filter(line -> !line.contains(temp.toString())))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(temp.resolve("result/host.json")).content().contains("\"movesForced\": true");
    }

    @Test
    void refusesMoreProcessorsThanCores() {
        assertThat(live("--set", "host.processors=1024")).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("--oversubscribe");
        assertThat(temp.resolve("result")).doesNotExist();
    }

    @Test
    void refusesOptionsThatSayNothing() {
        assertThat(live("--idle", "doze")).isEqualTo(ExitCode.USAGE);
        assertThat(console.err())
                .contains("park, busy-spin, yield, backoff, sleep")
                .contains("doze");
        assertThat(live("--move-every", "0")).isEqualTo(ExitCode.USAGE);
    }
}
