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

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path file = Path.of("");

    @BeforeEach
    void writeScenario() throws IOException {
        file = Files.writeString(temp.resolve("small.yaml"), SMALL);
    }

    private int live(String... options) {
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                Map.of(),
                "./wheelhouse");
        App app = new App(console, EngineCatalogs.all(), (scenario, threads, listener, cancelled) -> {
            throw new AssertionError("the virtual engine was asked");
        });
        String[] arguments = new String[options.length + 4];
        arguments[0] = "live";
        arguments[1] = file.toString();
        arguments[2] = "--out";
        arguments[3] = temp.resolve("result").toString();
        System.arraycopy(options, 0, arguments, 4, options.length);
        return app.run(arguments);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void runsLiveAndSavesWhatCameOfIt() throws IOException {
        assertThat(live("--idle", "yield")).as("%s", err()).isEqualTo(ExitCode.OK);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("0.2 s live")
                .contains("LIVE")
                .contains("LAWS      ok")
                .doesNotContain("fingerprint");
        assertThat(temp.resolve("result/host.json")).content().contains("\"live\"", "\"idle\": \"yield\"");
        assertThat(temp.resolve("result/summary.json")).exists();
    }

    @Test
    void refusesMoreProcessorsThanCores() {
        assertThat(live("--set", "host.processors=1024")).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("--oversubscribe");
        assertThat(temp.resolve("result")).doesNotExist();
    }

    @Test
    void refusesOptionsThatSayNothing() {
        assertThat(live("--idle", "doze")).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("park, busy-spin, yield, backoff, sleep").contains("doze");
        assertThat(live("--move-every", "0")).isEqualTo(ExitCode.USAGE);
    }
}
