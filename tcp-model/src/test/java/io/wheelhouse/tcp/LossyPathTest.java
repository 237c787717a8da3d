package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.path.Path;
import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.random.Distribution;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What theory says of lossy paths. */
class LossyPathTest {
    private static final long RTT_NS = 50 * Bench.MS;
    private static final int SEEDS = 3;
    private static final int TIMEOUTS_MAX = 3;

    private static Bench bench(long seed, Map<String, String> settings, double loss, Application application) {
        Bench.Setup setup = new Bench.Setup();
        Map<String, String> all =
                new HashMap<>(Map.of("receive-window", "4MiB", "window-scale", "7", "tcp_congestion_control", "reno"));
        all.putAll(settings);
        String profile = all.getOrDefault("profile", "linux");
        all.remove("profile");
        setup.local = Profile.named(profile).with(all);
        setup.remote = setup.local;
        setup.seed = seed;
        setup.path = Path.of(seed, Distribution.constant(RTT_NS / 2)).withLoss(loss, 0);
        setup.application = application;
        return setup.build();
    }

    /**
     * Mathis et al., "The macroscopic behavior of the TCP congestion avoidance algorithm", 1997: MSS/RTT * sqrt(3/2p). Linux's
     * Reno counts segments acknowledged and not acknowledgments, so delayed acknowledgments do not slow it (b = 1).
     */
    @ParameterizedTest
    @CsvSource({"0.001, 400", "0.002, 300", "0.003, 300", "0.005, 200", "0.01, 200"})
    void renosGoodputIsThatOfTheSquareRootLaw(double loss, int seconds) {
        for (long seed = Bench.SEED; seed < Bench.SEED + SEEDS; seed++) {
            Bench bench = bench(seed, Map.of(), loss, new Burst(1L << 40, 0));
            bench.open(0, 0);
            bench.runUntil(20 * Bench.SECOND);
            long before = bench.ledger.of(TcpCount.BYTES_ACKNOWLEDGED);
            long timeouts = bench.ledger.of(TcpTimer.RTO, TimerCount.FIRED);
            bench.runUntil((20L + seconds) * Bench.SECOND);
            double goodput = (bench.ledger.of(TcpCount.BYTES_ACKNOWLEDGED) - before) / (double) seconds;
            double law = 1448 / (RTT_NS / 1e9) * Math.sqrt(1.5 / loss);
            bench.checkLaws();
            assertThat(goodput).as("seed %d, bytes a second", seed).isCloseTo(law, Percentage.withPercentage(20));
            assertThat(bench.ledger.of(TcpTimer.RTO, TimerCount.FIRED) - timeouts)
                    .as("seed %d, timeouts: what the law does not reckon with", seed)
                    .isLessThanOrEqualTo(TIMEOUTS_MAX);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.02, linux", "0.05, linux", "0.02, rfc-racktlp", "0.05, rfc-racktlp"})
    void probesAndRackLeaveFewerLossesToTheTimer(double loss, String profile) {
        double rackAlone = 0;
        double withBoth = 0;
        for (long seed = Bench.SEED; seed < Bench.SEED + SEEDS; seed++) {
            double neither = timeoutShare(seed, profile, loss, "off", "rfc6675");
            double rack = timeoutShare(seed, profile, loss, "off", "rack");
            double both = timeoutShare(seed, profile, loss, "on", "rack");
            assertThat(both)
                    .as("seed %d: share of timeouts; %.3f with neither, %.3f with RACK alone", seed, neither, rack)
                    .isLessThan(0.6 * neither);
            rackAlone += rack;
            withBoth += both;
        }
        assertThat(withBoth).as("with probes beside RACK, all seeds").isLessThanOrEqualTo(rackAlone);
    }

    /** Of all retransmitted segments, those that a retransmission timeout brought. */
    private static double timeoutShare(long seed, String profile, double loss, String probes, String detection) {
        Bench bench = bench(
                seed,
                Map.of("profile", profile, "tail-loss-probe", probes, "loss-detection", detection),
                loss,
                new Burst(8_000, Bench.SECOND));
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
