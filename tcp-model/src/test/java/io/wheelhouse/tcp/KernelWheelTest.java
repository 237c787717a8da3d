package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.path.Path;
import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.random.Distribution;
import io.wheelhouse.tcp.random.Draw;
import io.wheelhouse.tcp.random.Stream;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.queue.CoalescingWheel;
import io.wheelhouse.timer.queue.WheelShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The linux profile on the kernel-shaped wheel at HZ=250 against what a real kernel's peer saw: the rule of TCP composed
 * with the rounding of the wheel. Only the phase is free: when, in quarters of a jiffy, the recording began.
 */
class KernelWheelTest {
    private static final long JIFFY_NS = 4 * Bench.MS;
    private static final long EPOCH_NS = 20 * Bench.SECOND;
    private static final int PEER_ISS = 100;

    /** What is going on when the recording begins. */
    enum Scene {
        /** A SYN is sent. */
        CONNECT,
        /** A SYN arrives. */
        ACCEPT,
        /** Data is written on a connection whose round trips took {@code rtt} so far. */
        WRITE,
        /** The last of the peer's data has arrived, and keepalive probes are answered for 12.02 s more. */
        IDLE
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            syn_blackhole_no_linear | CONNECT | tcp_syn_linear_timeouts=0 tcp_syn_retries=5 | 0 | 0 1.0057 3.0257 7.0857 15.2777 31.4097 64.9413
            syn_blackhole_syncnt_2 | CONNECT | tcp_syn_retries=2 | 0 | 0 1.0095 2.0335 3.0575 4.0855 5.1055 7.1255
            synack_retransmit_default | ACCEPT | tcp_synack_retries=5 | 0 | 0 1.0195 3.0355 7.2915 15.4835 31.6115
            rto_recovered_after_4_timeouts | WRITE | tcp_retries2=15 | 0.0503 | 0 0.2672 0.7792 1.8032 4.0112
            data_blackhole_retries2_8_tlp_off | WRITE | tcp_retries2=8 | 0.0001 | 0 0.2119 0.6279 1.4599 3.1279 6.5519 13.2079 26.5159 54.1679 107.412
            keepalive_3_2_4 | IDLE | keepalive=on tcp_keepalive_time=3s tcp_keepalive_intvl=2s tcp_keepalive_probes=4 | 0 | 3.0268 6.0388 9.0428 12.0508 14.0708 16.0828 18.0988 20.1149 20.1149
            """)
    void reproducesTheRecording(String recording, Scene scene, String settings, double rtt, String seen) {
        Map<String, String> set = new HashMap<>(Map.of("timestamps", "off", "tcp_early_retrans", "0"));
        for (String setting : settings.strip().split(" ", -1)) {
            String[] parts = setting.split("=", 2);
            set.put(parts[0], parts[1]);
        }
        double[] times = Arrays.stream(seen.strip().split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        double best = Double.MAX_VALUE;
        // 8^3 jiffies: the phase of the fourth level and of those below it
        for (int quarter = 0; quarter < 4 * 512 && best > 0.004; quarter++) {
            best = Math.min(best, worst(run(scene, set, rtt, EPOCH_NS + quarter * JIFFY_NS / 4 + 1), times));
        }
        assertThat(best).as("seconds by which the best phase misses").isLessThanOrEqualTo(0.004);
    }

    private static double worst(List<Double> times, double[] seen) {
        double worst = times.size() < seen.length ? Double.MAX_VALUE : 0;
        for (int i = 0; i < Math.min(times.size(), seen.length); i++) {
            worst = Math.max(worst, Math.abs(times.get(i) - seen[i]));
        }
        return worst;
    }

    /** When the processor's side sent, and then when it was closed, in seconds after the recording's beginning. */
    private static List<Double> run(Scene scene, Map<String, String> set, double rtt, long startNs) {
        List<Double> times = new ArrayList<>();
        Bench.Setup setup = new Bench.Setup();
        setup.local = Profile.named("linux").with(set);
        setup.path = Path.of(Bench.SEED, Distribution.constant(1)).withLoss(1, 0);
        setup.queue = new CoalescingWheel(WheelShape.linux(250));
        setup.grid = new TickGrid(JIFFY_NS, 0);
        setup.entries = EntrySharing.AS_STACK;
        setup.opener = scene == Scene.CONNECT ? Side.LOCAL : Side.REMOTE;
        setup.application = new WritesWhenWoken(times, startNs);
        Bench bench = setup.build();
        bench.work.segmentListener((index, from, atNs, seq, ack, flags, length, dropped) -> {
            if (atNs >= startNs && (scene != Scene.WRITE || length > 0) && !(scene == Scene.IDLE && flags == 18)) {
                times.add((atNs - startNs) / 1e9);
                if (scene == Scene.IDLE && atNs - startNs < 12_023 * Bench.MS) {
                    forge(bench, PEER_ISS + 1, Segments.ACK, atNs + 50_000);
                }
            }
        });
        begin(scene, bench, rtt, startNs);
        bench.runUntil(startNs + 120 * Bench.SECOND);
        bench.checkLaws();
        return times;
    }

    private static void begin(Scene scene, Bench bench, double rtt, long startNs) {
        if (scene == Scene.CONNECT) {
            bench.open(0, startNs);
            return;
        }
        bench.open(0, Long.MAX_VALUE / 2);
        long rttNs = (long) (rtt * 1e9);
        long synNs = scene == Scene.WRITE ? startNs - rttNs - Bench.SECOND : startNs;
        forge(bench, PEER_ISS, Segments.SYN, synNs);
        if (scene != Scene.ACCEPT) {
            forge(bench, PEER_ISS + 1, Segments.ACK, synNs + rttNs);
        }
        if (scene == Scene.WRITE) {
            bench.work.scheduleWake(0, Side.LOCAL, startNs);
            bench.touched();
        }
    }

    private static void forge(Bench bench, int seq, int flags, long atNs) {
        int iss = (int) Draw.bits(Bench.SEED, 0, Stream.ISS_LOCAL, 0);
        bench.work.wire().forge(0, Side.LOCAL, seq, iss + 1, flags, 0, 65_535, atNs);
        bench.touched();
    }

    /** Writes once, and notes when its end is closed. */
    private record WritesWhenWoken(List<Double> times, long startNs) implements Application {
        @Override
        public void onEstablished(Connection connection, Side side, long nowNs) {}

        @Override
        public void onDelivered(Connection connection, Side side, long bytes, long nowNs) {}

        @Override
        public void onWake(Connection connection, Side side, long nowNs) {
            connection.write(side, 100);
        }

        @Override
        public void onPeerClosed(Connection connection, Side side, long nowNs) {}

        @Override
        public void onClosed(Connection connection, Side side, CloseReason reason, long nowNs) {
            times.add((nowNs - startNs) / 1e9);
        }
    }
}
