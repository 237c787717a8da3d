package io.wheelhouse.tcp.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.SackBlock;
import io.wheelhouse.tcp.TcpSegment;
import io.wheelhouse.tcp.recorded.RecordedApplication.Action;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The reader sets up what a recording's parameters and sysctls say, each of them: a case recorded by the {@link Laboratory}
 * plays to its end, and with the parameter left out it does not.
 */
class ParametersTest {
    private static final long SECOND = Laboratory.SECOND;
    /** Parameters that the packets show too. */
    private static final Set<String> NEEDLESS = Set.of("dead", "size", "unsent_bytes_before_close");

    /**
     * A kind of case and how it is varied.
     *
     * @param constants how A is set up, in the profile's words
     * @param sysctl the same, in the recording's
     * @param params the same, where it is a socket option or another parameter
     */
    record Variant(
            String name,
            int hz,
            Map<String, String> constants,
            Map<String, String> sysctl,
            Map<String, String> params,
            Consumer<Laboratory> script,
            long untilNs) {
        @Override
        public String toString() {
            return name + " " + (hz == 250 ? "" : "HZ=" + hz) + sysctl + params;
        }

        private long startNs() {
            return (1L << 18) * 1_000_000_000L / hz + Math.floorMod(toString().hashCode(), 4_096) * 1_000_003L;
        }

        String truth() {
            Laboratory laboratory = new Laboratory(hz, startNs(), constants);
            script.accept(laboratory);
            laboratory.run(untilNs);
            return laboratory.truth(name, with(sysctl, "tcp_congestion_control", "reno"), params, hz);
        }
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        Map<String, String> all = new HashMap<>(map);
        all.putIfAbsent(key, value);
        all.putIfAbsent("tcp_rmem", "4096\\t131072\\t33554432");
        return all;
    }

    static Stream<Variant> variants() {
        return Stream.of(openings(), data(), probes(), closings(), acks()).flatMap(of -> of);
    }

    private static Variant bySysctl(
            String name, String sysctl, String value, Consumer<Laboratory> script, int seconds) {
        return new Variant(name, 250, Map.of(sysctl, value), Map.of(sysctl, value), Map.of(), script, seconds * SECOND);
    }

    private static Variant byParam(
            String name,
            String constant,
            String value,
            Map<String, String> params,
            Consumer<Laboratory> script,
            int s) {
        return new Variant(name, 250, Map.of(constant, value), Map.of(), params, script, s * SECOND);
    }

    private static Stream<Variant> openings() {
        Consumer<Laboratory> connect = laboratory -> laboratory.a.connect();
        Consumer<Laboratory> listen = laboratory -> {
            laboratory.a.listen();
            laboratory.arrive(TcpSegment.of(TcpSegment.SYN, 0, 0, 0, Laboratory.WINDOW)
                    .with(TcpSegment.Options.ofSyn(1_460, -1, false)));
            laboratory.at(75 * SECOND, () -> laboratory.event("probe: late ACK", ""));
        };
        return Stream.of(
                bySysctl("syn_blackhole", "tcp_syn_retries", "2", connect, 400),
                bySysctl("syn_blackhole", "tcp_syn_linear_timeouts", "1", connect, 400),
                bySysctl("syn_blackhole", "tcp_rto_max_ms", "5000", connect, 400),
                byParam("syn_blackhole", "syn-retries", "1", Map.of("TCP_SYNCNT", "1"), connect, 400),
                byParam("syn_blackhole", "user-timeout", "3500ms", Map.of("TCP_USER_TIMEOUT_ms", "3500"), connect, 400),
                byParam("syn_blackhole", "rto-max", "4s", Map.of("TCP_RTO_MAX_MS", "4000"), connect, 400),
                new Variant("syn_blackhole", 1_000, Map.of(), Map.of(), Map.of(), connect, 400 * SECOND),
                new Variant("syn_blackhole", 100, Map.of(), Map.of(), Map.of(), connect, 400 * SECOND),
                bySysctl("syn_blackhole", "tcp_timestamps", "0", connect, 2),
                bySysctl("syn_blackhole", "tcp_sack", "0", connect, 2),
                bySysctl("synack_retransmit", "tcp_synack_retries", "2", listen, 90));
    }

    private static Stream<Variant> data() {
        Consumer<Laboratory> blackHole = blackHole(1, 100);
        return Stream.of(
                bySysctl("data_blackhole", "tcp_retries2", "3", blackHole, 1_200),
                bySysctl("data_blackhole", "tcp_early_retrans", "0", blackHole, 20),
                bySysctl("data_blackhole", "tcp_early_retrans", "0", blackHole(3, 100), 20),
                bySysctl("data_blackhole", "tcp_rto_max_ms", "1000", blackHole, 20),
                bySysctl("data_blackhole", "tcp_rto_min_us", "20000", blackHole, 20),
                bySysctl("data_blackhole", "tcp_thin_linear_timeouts", "1", blackHole, 20),
                bySysctl("data_blackhole", "tcp_recovery", "5", ParametersTest::sacked, 20),
                bySysctl("data_blackhole", "tcp_slow_start_after_idle", "0", ParametersTest::afterIdle, 20),
                bySysctl("data_blackhole", "tcp_frto", "0", ParametersTest::spurious, 20),
                byParam(
                        "data_blackhole",
                        "user-timeout",
                        "4321ms",
                        Map.of("TCP_USER_TIMEOUT_ms", "4321"),
                        blackHole,
                        1_200),
                byParam("data_blackhole", "rto-min", "50ms", Map.of("TCP_RTO_MIN_US", "50000"), blackHole, 20),
                byParam(
                        "data_blackhole",
                        "thin-linear-timeouts",
                        "on",
                        Map.of("TCP_THIN_LINEAR_TIMEOUTS", "1"),
                        blackHole,
                        20));
    }

    /** The peer falls silent, and A writes. */
    private static Consumer<Laboratory> blackHole(int writes, int bytes) {
        return laboratory -> {
            laboratory.established(4);
            laboratory.at(SECOND, () -> {
                laboratory.peer(segment -> null);
                laboratory.event("black hole + write", ", \"nbytes\": %d, \"nwrites\": %d".formatted(bytes, writes));
                for (int write = 0; write < writes; write++) {
                    laboratory.a.write(bytes);
                }
            });
        };
    }

    /** The window is opened, nothing is sent for a while, and then more than a window of it. */
    private static void afterIdle(Laboratory laboratory) {
        laboratory.at(SECOND / 5, () -> {
            laboratory.event("data", ", \"nbytes\": 58400");
            laboratory.a.write(40 * 1_460);
        });
        blackHole(40, 1_460).accept(laboratory);
    }

    /** Of eight segments the peer has three but not the first, and says so: that may only be late, or is lost. */
    private static void sacked(Laboratory laboratory) {
        blackHole(8, 1_460).accept(laboratory);
        int first = 4 * 100 + 1;
        laboratory.at(
                SECOND + SECOND / 50,
                () -> laboratory.arrive(Laboratory.ack(first, Laboratory.WINDOW)
                        .with(TcpSegment.Options.NONE.withSackBlocks(
                                List.of(new SackBlock(first + 1_460, first + 4 * 1_460))))));
    }

    /** After the first timeout the peer acknowledges one segment after another. */
    private static void spurious(Laboratory laboratory) {
        blackHole(20, 1_460).accept(laboratory);
        int first = 4 * 100 + 1;
        for (int n = 1; n <= 3; n++) {
            int ack = first + n * 1_460;
            laboratory.at(
                    SECOND + (56 + 4 * n) * SECOND / 100,
                    () -> laboratory.arrive(Laboratory.ack(ack, Laboratory.WINDOW)));
        }
    }

    private static Stream<Variant> probes() {
        Consumer<Laboratory> idle = laboratory -> {
            laboratory.established(1);
            laboratory.at(SECOND / 10, () -> {
                laboratory.event("SO_KEEPALIVE on", "");
                laboratory.a.set("keepalive", "on");
                laboratory.peer(segment -> null);
            });
        };
        Consumer<Laboratory> closed = closedWindow(false);
        Map<String, String> keepalive = Map.of("idle", "3", "intvl", "1", "cnt", "2");
        return Stream.of(
                new Variant(
                        "keepalive",
                        250,
                        Map.of("keepalive-time", "3s", "keepalive-interval", "1s", "keepalive-probes", "2"),
                        Map.of(),
                        keepalive,
                        idle,
                        9_000 * SECOND),
                bySysctl("keepalive", "tcp_keepalive_time", "7", idle, 9_000),
                bySysctl("keepalive", "tcp_keepalive_intvl", "7", idle, 9_000),
                bySysctl("keepalive", "tcp_keepalive_probes", "2", idle, 9_000),
                byParam("keepalive", "user-timeout", "7300s", Map.of("TCP_USER_TIMEOUT_ms", "7300000"), idle, 9_000),
                bySysctl("zero_window", "tcp_retries2", "3", closed, 3_000),
                bySysctl("zero_window", "tcp_rto_max_ms", "1500", closedWindow(true), 40),
                byParam(
                        "zero_window",
                        "user-timeout",
                        "9s",
                        Map.of("TCP_USER_TIMEOUT_ms", "9000", "dead", "true"),
                        closed,
                        3_000));
    }

    /** The peer's window closes; it answers the probes, or not. */
    private static Consumer<Laboratory> closedWindow(boolean answers) {
        return laboratory -> {
            laboratory.established(4);
            laboratory.at(SECOND / 5, () -> {
                laboratory.peer(segment -> {
                    if (segment.length() > 0) {
                        return Laboratory.ack(segment.end(), 0);
                    }
                    return answers ? Laboratory.ack(segment.seq() + 1, 0) : null;
                });
                laboratory.event("data", ", \"nbytes\": 2000");
                laboratory.a.write(2_000);
            });
            laboratory.at(SECOND / 4, () -> {
                laboratory.event("data", ", \"nbytes\": 500");
                laboratory.a.write(500);
            });
        };
    }

    private static Stream<Variant> closings() {
        Consumer<Laboratory> half = laboratory -> {
            laboratory.established(1);
            laboratory.at(SECOND / 10, laboratory::close);
        };
        Consumer<Laboratory> orphan = laboratory -> {
            laboratory.established(4);
            laboratory.at(SECOND / 5, () -> {
                laboratory.peer(segment -> null);
                laboratory.close();
            });
        };
        Consumer<Laboratory> both = laboratory -> {
            half.accept(laboratory);
            laboratory.at(
                    SECOND,
                    () -> laboratory.arrive(
                            TcpSegment.of(TcpSegment.FIN | TcpSegment.ACK, 1, 102, 0, Laboratory.WINDOW)));
            laboratory.at(
                    4 * SECOND,
                    () -> laboratory.arrive(
                            TcpSegment.of(TcpSegment.FIN | TcpSegment.ACK, 1, 102, 0, Laboratory.WINDOW)));
        };
        return Stream.of(
                bySysctl("finwait2", "tcp_fin_timeout", "7", half, 300),
                bySysctl("finwait2", "tcp_fin_timeout", "75", half, 300),
                byParam("finwait2", "fin-wait-2-timeout", "5s", Map.of("TCP_LINGER2", "5"), half, 300),
                byParam("finwait2", "fin-wait-2-timeout", "120s", Map.of("TCP_LINGER2", "500"), half, 300),
                byParam("finwait2", "fin-wait-2", "off", Map.of("TCP_LINGER2", "-1"), half, 10),
                new Variant("timewait_fin_again", 250, Map.of(), Map.of(), Map.of(), both, 300 * SECOND),
                bySysctl("fin_to_dead_peer", "tcp_orphan_retries", "2", orphan, 900),
                new Variant("fin_to_dead_peer", 250, Map.of(), Map.of(), Map.of(), orphan, 900 * SECOND),
                unsent(250),
                unsent(40_000));
    }

    /** The peer is gone, A writes and closes: within a window, and beyond it. */
    private static Variant unsent(int bytes) {
        Consumer<Laboratory> script = laboratory -> {
            laboratory.established(4);
            laboratory.at(SECOND / 5, () -> {
                laboratory.peer(segment -> null);
                laboratory.a.write(bytes);
                laboratory.close();
            });
        };
        return new Variant(
                "fin_to_dead_peer",
                250,
                Map.of(),
                Map.of(),
                Map.of("unsent_bytes_before_close", Integer.toString(bytes)),
                script,
                900 * SECOND);
    }

    private static Stream<Variant> acks() {
        Consumer<Laboratory> small = smallSegments(SECOND / 50);
        Consumer<Laboratory> unread = laboratory -> {
            laboratory.a.autoRead(false);
            small.accept(laboratory);
        };
        return Stream.of(
                bySysctl("delack", "tcp_pingpong_thresh", "3", small, 3),
                byParam(
                        "delack",
                        "delayed-ack-max",
                        "20ms",
                        Map.of("TCP_DELACK_MAX_US", "20000"),
                        smallSegments(SECOND / 10),
                        7),
                new Variant(
                        "delack",
                        250,
                        Map.of(),
                        Map.of(),
                        Map.of("reader", "\"never reads\"", "size", "100"),
                        unread,
                        3 * SECOND));
    }

    /** The peer sends small segments; A replies to the first three. */
    private static Consumer<Laboratory> smallSegments(long gapNs) {
        return laboratory -> {
            laboratory.a.listen();
            laboratory.arrive(TcpSegment.of(TcpSegment.SYN, 0, 0, 0, Laboratory.WINDOW)
                    .with(TcpSegment.Options.ofSyn(1_460, -1, false)));
            laboratory.at(SECOND / 1_000, () -> laboratory.arrive(Laboratory.ack(1, Laboratory.WINDOW)));
            for (int n = 0; n < 60; n++) {
                int seq = 1 + n * 100;
                laboratory.at(
                        SECOND / 100 + n * gapNs,
                        () -> laboratory.arrive(
                                TcpSegment.of(TcpSegment.ACK | TcpSegment.PSH, seq, 1, 100, Laboratory.WINDOW)));
                if (n < 3) {
                    laboratory.at(SECOND / 100 + n * gapNs + 100_000, () -> laboratory.a.write(100));
                }
            }
        };
    }

    private static @Nullable String played(Variant variant, String truth) throws IOException {
        Recording recording = Recording.of(Json.parse(truth), List.of());
        assertThat(recording.unknownWords()).isEmpty();
        WheelPlayback wheel = new WheelPlayback(recording, variant.startNs());
        List<Action> actions = RecordedApplication.of(recording);
        wheel.run(actions);
        if (wheel.mismatch() != null) {
            return wheel.mismatch();
        }
        long intoNs = variant.startNs() % recording.jiffyNs();
        return NominalPlayback.played(recording, actions, intoNs).mismatch();
    }

    /** What nobody sees fire has a part in when the connection is gone. */
    @ParameterizedTest
    @ValueSource(ints = {75, 90, 120})
    void theTwoTimersOfALongFinWait2AreFound(int seconds) throws IOException {
        Variant variant = closings()
                .filter(of -> of.name().equals("finwait2"))
                .map(of -> new Variant(
                        of.name(),
                        of.hz(),
                        Map.of("fin-wait-2-timeout", seconds + "s"),
                        Map.of(),
                        Map.of("TCP_LINGER2", "" + seconds),
                        of.script(),
                        of.untilNs()))
                .findFirst()
                .orElseThrow();
        Recording recording = Recording.of(Json.parse(variant.truth()), List.of());
        PhaseSearch search = new PhaseSearch(recording, RecordedApplication.of(recording));
        assertThat(search.nominal().mismatch()).isNull();
        assertThat(search.onWheel().mismatch())
                .as("its phase is that of %d ns", variant.startNs())
                .isNull();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void whatIsVariedIsSetUp(Variant variant) throws IOException {
        String truth = variant.truth();
        assertThat(played(variant, truth)).as(truth).isNull();
        for (String param : variant.params().keySet()) {
            if (!NEEDLESS.contains(param)) {
                String without = truth.replaceFirst("\"" + param + "\": [^,}]*", "\"" + param + "\": null");
                assertThat(played(variant, without)).as("without " + param).isNotNull();
            }
        }
        for (String sysctl : variant.sysctl().keySet()) {
            if (sysctl.equals("tcp_sack")) {
                continue; // what a SYN offers is not listed: without the sysctl nothing says so
            }
            String without = truth.replaceFirst("\"" + sysctl + "\": \"[^\"]*\"", "\"tcp_tw_reuse\": \"2\"");
            assertThat(played(variant, without)).as("without " + sysctl).isNotNull();
        }
        if (variant.hz() != 250) {
            assertThat(played(variant, truth.replace("\"HZ\": " + variant.hz(), "\"HZ\": 250")))
                    .isNotNull();
        }
    }
}
