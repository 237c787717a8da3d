package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.CapturedSegment;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.tcp.FourTuple;
import io.wheelhouse.tcp.TcpSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A scenario with the {@code linux} profile on the wheel of the kernel's shape at HZ=250 does what the recorded kernel did:
 * of connections that begin at all phases of the wheel, one sends each segment of the recorded series within a jiffy.
 *
 * <p>The last case has timeouts on the edge of a level, 63 << 3L jiffies, so it shows that the wheel's clock is a tick ahead
 * when it hands timers out. Recordings in which the kernel came a jiffy late to such a timer are not here.
 */
class RecordedSeriesTest {
    private static final Path RECORDINGS = Path.of("..", "tcp-model", "src", "test", "resources", "linux", "captures");
    /** A jiffy, and the half millisecond from the tick to the capture point. */
    private static final double NEAR_S = 0.0045;

    private static final Pattern SENT_BY_A = Pattern.compile("\\{[^{}]*\"src\": \"A\"[^{}]*}");
    private static final Pattern LENGTH = Pattern.compile("\"len\": (\\d+)");
    private static final Pattern TIME = Pattern.compile("\"t\": ([0-9.e-]+)");

    /**
     * @param series which segments: all from the SYN on, or data
     * @param fromS of those, from this time of the recording on
     * @param toS and up to this
     */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            syn_blackhole_no_linear | all | 0 | 99 | tcp_syn_retries: 5, tcp_syn_linear_timeouts: 0 | kind: idle | 50us | 0s
            syn_blackhole_syncnt_2 | all | 0 | 99 | tcp_syn_retries: 2 | kind: idle | 50us | 0s
            keepalive_3_2_4 | all | 1 | 99 | keepalive: on, tcp_keepalive_time: 3s, tcp_keepalive_intvl: 2s, tcp_keepalive_probes: 4 | kind: idle | 50us | 11500ms
            data_blackhole_retries2_8_tlp_off | data | 1 | 99 | tcp_retries2: 8, tcp_early_retrans: 0 | kind: push, at: [5s], spread: 2048ms, size: 100B | 50us | 4900ms
            data_blackhole_retries2_5 | data | 1 | 99 | tcp_retries2: 5 | kind: push, at: [5s], spread: 2048ms, size: 100B | 50us | 4900ms
            tlp_1seg_rtt50 | data | 2.17 | 99 | mss: 1000B | kind: push, at: [5s], spread: 2048ms, size: 900B | 25ms | 4900ms
            """)
    void aScenarioReproducesTheRecording(
            String name,
            String series,
            double fromS,
            double toS,
            String settings,
            String traffic,
            String delay,
            String outage)
            throws IOException {
        boolean data = series.equals("data");
        List<Double> recorded = recorded(name, data, fromS, toS);
        assertThat(recorded).hasSizeGreaterThanOrEqualTo(5);
        double lastS = recorded.get(recorded.size() - 1);
        // connections begin within the granule of the level that the longest wait lies in: that is all phases there are
        String spread = data || lastS > 30 ? "2048ms" : "256ms";
        Scenario scenario = Scenarios.of("""
                name: recorded
                seed: 11
                duration: %ds
                host: {processors: 2, tick: 4ms}
                hash: {function: mix, buckets: 2048}
                timers: {structure: coalescing, shape: {slots: 64, shift: 3, levels: 9, granule: 4ms}, entries: as-stack}
                tcp: {profile: linux, set: {%s}}
                connections:
                  - name: all
                    count: 2000
                    opened-by: local
                    arrivals: {uniform: %s}
                    remote-tcp: {profile: linux}
                    traffic: {%s}
                    path: {delay: %s, outage: {share: 100%%, from: %s, to: 500s, direction: both}}
                output: {interval: 1s, segments: {every: 1}}
                """.formatted((int) lastS + 10, settings, spread, traffic, delay, outage));
        List<Double> best = modeled(scenario, data, fromS).stream()
                .min(Comparator.comparingDouble(modeled -> worst(modeled, recorded)))
                .orElseThrow();
        assertThat(worst(best, recorded))
                .as("seconds by which the best phase misses; %s, recorded %s", best, recorded)
                .isLessThanOrEqualTo(NEAR_S);
    }

    /** Seconds since the first segment of the series; of keepalives, since the connection was opened. */
    private static List<Double> recorded(String name, boolean data, double fromS, double toS) throws IOException {
        String truth = Files.readString(RECORDINGS.resolve(name).resolve("truth.json"));
        List<Double> times = new ArrayList<>();
        Matcher packets = SENT_BY_A.matcher(truth);
        while (packets.find()) {
            double atS = Double.parseDouble(first(TIME, packets.group()));
            if (atS >= fromS
                    && atS <= toS
                    && (!data || !first(LENGTH, packets.group()).equals("0"))) {
                times.add(atS);
            }
        }
        double beginS = data ? times.get(0) : 0;
        return times.stream().map(atS -> atS - beginS).toList();
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    /** The same of each connection of a run. */
    private static List<List<Double>> modeled(Scenario scenario, boolean data, double fromS) {
        Map<FourTuple, Long> beganNs = new LinkedHashMap<>();
        Map<FourTuple, List<Double>> times = new LinkedHashMap<>();
        RunListener listener = new RunListener() {
            @Override
            public void segment(CapturedSegment captured) {
                TcpSegment segment = captured.segment();
                if (!captured.outbound() || (data && segment.length() == 0)) {
                    return;
                }
                long began = beganNs.computeIfAbsent(captured.tuple(), tuple -> captured.atNs());
                double atS = (captured.atNs() - began) / 1e9;
                if (data || atS >= fromS) {
                    times.computeIfAbsent(captured.tuple(), tuple -> new ArrayList<>())
                            .add(atS);
                }
            }
        };
        RunResult result = VirtualEngine.run(scenario, new EngineOptions(1, listener, () -> false));
        assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
        return List.copyOf(times.values());
    }

    private static double worst(List<Double> modeled, List<Double> recorded) {
        if (modeled.size() < recorded.size()) {
            return Double.MAX_VALUE;
        }
        double worst = 0;
        for (int i = 0; i < recorded.size(); i++) {
            worst = Math.max(worst, Math.abs(modeled.get(i) - recorded.get(i)));
        }
        return worst;
    }
}
