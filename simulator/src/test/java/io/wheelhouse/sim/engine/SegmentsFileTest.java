package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.report.ProgramInfo;
import io.wheelhouse.sim.report.ResultFolder;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.ScenarioWriter;
import io.wheelhouse.tcp.TcpCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code segments.pcapng}: deterministic, off unless asked for, and what others' tools say of it. */
class SegmentsFileTest {
    private static final String NAME = "segments.pcapng";
    private static final int PORT = 443;

    /** Requests and answers over lossy paths, IPv4 and IPv6; then silence, with keepalives of the modeled host alone. */
    private static final String SCENARIO = """
            name: seen
            seed: 7
            duration: 40s
            host: {processors: 3, tick: none}
            hash: {function: mix, buckets: 16}
            timers: {structure: hierarchical, shape: {granule: 1us}}
            tcp: {profile: linux, set: {keepalive: on, tcp_keepalive_time: 2s, tcp_keepalive_intvl: 1s}}
            connections:
              - name: web
                count: 30
                arrivals: {uniform: 1s}
                opened-by: remote
                remote-tcp: {profile: linux}
                traffic: {kind: request-response, think: {exponential: {mean: 300ms}}, request: 200B, response: 6KiB}
                path: {delay: 20ms, loss: 2%}
              - name: v6
                count: 6
                local: "[2001:db8::1]:443"
                remote: 2001:db8:1::/64
                arrivals: {uniform: 1s}
                remote-tcp: {profile: linux}
                traffic: {kind: request-response, think: {exponential: {mean: 300ms}}, request: 200B, response: 20KiB}
                path: {delay: 30ms, loss: 1%}
              - name: quiet
                count: 10
                opened-by: remote
                local: 10.0.0.2:443
                remote-tcp: {profile: linux}
                traffic: {kind: push, at: [1s], size: 6KiB}
                path: {delay: 20ms, loss: 1%}
            output: {interval: 1s, segments: {every: 1}}
            """;

    /** Transfers to applications that read nothing for a while, then everything; and keepalives afterwards. */
    private static final String UNREAD = """
            name: unread
            seed: 11
            duration: 60s
            host: {processors: 2, tick: none}
            hash: {function: mix, buckets: 16}
            timers: {structure: hierarchical, shape: {granule: 1us}}
            tcp: {profile: %s, set: {keepalive: on, keepalive-time: 5s, keepalive-interval: 2s}}
            connections:
              - name: slow-readers
                count: 20
                opened-by: local
                local: 10.0.0.1:443
                arrivals: {uniform: 1s}
                remote-tcp: {profile: linux}
                traffic: {kind: bulk, size: 200KiB, read-after: 20s}
                path: {delay: 20ms, loss: 1%%}
            output: {interval: 1s, segments: {every: 1}}
            """;

    @TempDir
    Path temp;

    private RunResult run(String text, int threads, Path out) throws IOException {
        Scenario scenario = Scenarios.of(text);
        try (ResultFolder results = ResultFolder.create(out, scenario.host().processors())) {
            RunResult result = VirtualEngine.run(scenario, new EngineOptions(threads, results.listener(), () -> false));
            results.finish(result, ScenarioWriter.write(scenario), ProgramInfo.current());
            return result;
        }
    }

    @Test
    @DisplayName("what tshark counts is what the run has counted")
    void agreesWithTshark() throws IOException, InterruptedException {
        RunResult run = run(SCENARIO, 2, temp.resolve("run"));
        Tshark seen = Tshark.of(temp.resolve("run").resolve(NAME), PORT);
        assertAgree(run, seen);
        assertThat(run.total(TcpCount.WINDOW_PROBES)).isZero();
        assertThat(seen.zeroWindowProbes).isZero();
        assertThat(seen.keepAlives)
                .isEqualTo((int) run.total(TcpCount.KEEPALIVE_PROBES))
                .isPositive();
    }

    /** What tshark and a run hold alike, whatever happens in it. */
    private static void assertAgree(RunResult run, Tshark seen) {
        assertThat(seen.badChecksums).isZero();
        assertThat(seen.sent).isEqualTo((int) run.total(TcpCount.SEGMENTS_SENT));
        assertThat(seen.received).isEqualTo((int) run.total(TcpCount.SEGMENTS_PROCESSED));
        assertThat(seen.retransmissions)
                .isEqualTo((int) run.total(TcpCount.RETRANSMISSIONS))
                .isPositive();
        // docs/tcp-timers.md: tshark also counts those that repeat an acknowledgment while nothing is in flight
        assertThat((int) run.total(TcpCount.DUPLICATE_ACKS))
                .isBetween(seen.duplicateAcksInFlight, seen.duplicateAcks)
                .isPositive();
    }

    @ParameterizedTest
    @DisplayName(
            "probes of closed windows: tshark knows those of one byte, and takes Linux's empty ones for keepalives")
    @ValueSource(strings = {"linux", "freebsd", "rfc"})
    void probesOfClosedWindows(String profile) throws IOException, InterruptedException {
        RunResult run = run(UNREAD.formatted(profile), 1, temp.resolve(profile));
        Tshark seen = Tshark.of(temp.resolve(profile).resolve(NAME), PORT);
        int windowProbes = (int) run.total(TcpCount.WINDOW_PROBES);
        int keepAlives = (int) run.total(TcpCount.KEEPALIVE_PROBES);
        boolean empty = profile.equals("linux");
        assertAgree(run, seen);
        assertThat(windowProbes).isPositive();
        assertThat(keepAlives).isPositive();
        assertThat(seen.zeroWindowProbes).isEqualTo(empty ? 0 : windowProbes);
        assertThat(seen.keepAlives).isEqualTo(empty ? windowProbes + keepAlives : keepAlives);
    }

    @Test
    @DisplayName("who does not read closes the window until they do, and then gets all")
    void readAfter() throws IOException {
        RunResult late = run(UNREAD.formatted("rfc"), 1, temp.resolve("late"));
        RunResult atOnce = run(UNREAD.formatted("rfc").replace(", read-after: 20s", ""), 1, temp.resolve("at-once"));
        assertThat(atOnce.total(TcpCount.WINDOW_PROBES)).isZero();
        assertThat(late.total(TcpCount.WINDOW_PROBES)).isPositive();
        assertThat(late.total(TcpCount.BYTES_DELIVERED_OUTSIDE))
                .isEqualTo(atOnce.total(TcpCount.BYTES_DELIVERED_OUTSIDE))
                .isEqualTo(20 * 200 * 1024);
    }

    @Test
    @DisplayName("the same bytes on any number of host threads")
    void deterministic() throws IOException {
        String shorter = SCENARIO.replace("duration: 40s", "duration: 4s");
        run(shorter, 1, temp.resolve("one"));
        run(shorter, 3, temp.resolve("three"));
        assertThat(temp.resolve("three").resolve(NAME))
                .hasSameBinaryContentAs(temp.resolve("one").resolve(NAME));
    }

    @Test
    @DisplayName("asking for it changes nothing else; without asking there is no such file")
    void off() throws IOException {
        String shorter = SCENARIO.replace("duration: 40s", "duration: 4s");
        RunResult with = run(shorter, 1, temp.resolve("with"));
        RunResult without = run(shorter.replace("{every: 1}", "{first: 0}"), 1, temp.resolve("without"));
        assertThat(without.fingerprint()).isEqualTo(with.fingerprint());
        assertThat(Files.exists(temp.resolve("without").resolve(NAME))).isFalse();
    }

    @Test
    @DisplayName("a choice of connections: the first of each group, one in so many")
    void chosen() throws IOException {
        String shorter = SCENARIO.replace("duration: 40s", "duration: 2s");
        run(shorter, 1, temp.resolve("all"));
        run(shorter.replace("{every: 1}", "{first: 2, every: 10}"), 1, temp.resolve("some"));
        assertThat(Files.size(temp.resolve("some").resolve(NAME)))
                .isPositive()
                .isLessThan(Files.size(temp.resolve("all").resolve(NAME)) / 2);
    }
}
