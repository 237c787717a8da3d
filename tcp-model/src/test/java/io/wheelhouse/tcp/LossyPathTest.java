package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.path.Path;
import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.random.Distribution;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What theory says of lossy paths. */
class LossyPathTest {
    private static final long RTT_NS = 50 * Bench.MS;

    private static Bench bench(Map<String, String> settings, double loss, Application application) {
        Bench.Setup setup = new Bench.Setup();
        Map<String, String> all =
                new HashMap<>(Map.of("receive-window", "4MiB", "window-scale", "7", "tcp_congestion_control", "reno"));
        all.putAll(settings);
        setup.local = Profile.named("linux").with(all);
        setup.remote = setup.local;
        setup.path = Path.of(Bench.SEED, Distribution.constant(RTT_NS / 2)).withLoss(loss, 0);
        setup.application = application;
        return setup.build();
    }

    /**
     * Mathis et al., "The macroscopic behavior of the TCP congestion avoidance algorithm", 1997: MSS/RTT * sqrt(3/2p). Linux's
     * Reno counts segments acknowledged and not acknowledgments, so delayed acknowledgments do not slow it (b = 1).
     */
    @ParameterizedTest
    @CsvSource({"0.001, 400", "0.003, 300", "0.01, 300"})
    void renosGoodputIsThatOfTheSquareRootLaw(double loss, int seconds) {
        Bench bench = bench(Map.of(), loss, new Burst(1L << 40, 0));
        bench.open(0, 0);
        bench.runUntil(20 * Bench.SECOND);
        long before = bench.ledger.of(TcpCount.BYTES_ACKNOWLEDGED);
        bench.runUntil((20L + seconds) * Bench.SECOND);
        double goodput = (bench.ledger.of(TcpCount.BYTES_ACKNOWLEDGED) - before) / (double) seconds;
        double law = 1448 / (RTT_NS / 1e9) * Math.sqrt(1.5 / loss);
        bench.checkLaws();
        assertThat(goodput).as("seed %d, bytes a second", Bench.SEED).isCloseTo(law, Percentage.withPercentage(20));
    }

    @Test
    void probesAndRackLeaveFewerLossesToTheTimer() {
        double without = timeoutShare(Map.of("tcp_early_retrans", "0", "loss-detection", "rfc6675"));
        double with = timeoutShare(Map.of());
        assertThat(with)
                .as("share of timeouts, seed %d; %s without", Bench.SEED, without)
                .isLessThan(0.6 * without);
    }

    /** Of all retransmitted segments, those that a retransmission timeout brought. */
    private static double timeoutShare(Map<String, String> settings) {
        Bench bench = bench(settings, 0.05, new Burst(8_000, Bench.SECOND));
        for (int index = 0; index < 50; index++) {
            bench.open(index, 0);
        }
        bench.runUntil(60 * Bench.SECOND);
        bench.checkLaws();
        return (double) bench.ledger.of(TcpTimer.RTO, TimerCount.FIRED) / bench.ledger.of(TcpCount.RETRANSMISSIONS);
    }

    /** Writes so much, again and again after a time, or once. */
    private record Burst(long bytes, long everyNs) implements Application {
        @Override
        public void onEstablished(Connection connection, Side side, long nowNs) {
            if (side == Side.LOCAL) {
                onWake(connection, side, nowNs);
            }
        }

        @Override
        public void onDelivered(Connection connection, Side side, long delivered, long nowNs) {}

        @Override
        public void onWake(Connection connection, Side side, long nowNs) {
            connection.write(side, bytes);
            if (everyNs > 0) {
                connection.wakeAt(side, nowNs + everyNs);
            }
        }

        @Override
        public void onPeerClosed(Connection connection, Side side, long nowNs) {}

        @Override
        public void onClosed(Connection connection, Side side, CloseReason reason, long nowNs) {}
    }
}
