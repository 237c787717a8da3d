package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.profile.Profile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the linux profile does about losses, with SACK, step by step. Segments have 1000 bytes; the path takes 100 ms. */
class LossRecoveryTest {
    private static final String ESTABLISHED_AFTER_100_MS = """
            0.000 < S 0:0(0) win 65535
            0.000 > S. 0:0(0) ack 1
            0.100 < . 1:1(0) ack 1
            """;

    private static Profile linux(String... settings) {
        Profile profile = Profile.named("linux")
                .with(Map.of("timestamps", "off", "mss", "1000", "tcp_congestion_control", "reno"));
        for (int i = 0; i < settings.length; i += 2) {
            profile = profile.with(Map.of(settings[i], settings[i + 1]));
        }
        return profile;
    }

    private static Bench run(Profile profile, String script) {
        return Drill.of(profile).run(ESTABLISHED_AFTER_100_MS + script);
    }

    /** A probe after 2 SRTT and 2 ms, then a full RTO without backoff. */
    @Test
    void aLostTailIsProbedOnceAndThenTimedOut() {
        Bench bench = run(linux(), """
                0.200 write 3000
                0.200 > . 1:1001(1000) ack 1
                0.200 > . 1001:2001(1000) ack 1
                0.200 > P. 2001:3001(1000) ack 1
                0.404 > P. 2001:3001(1000) ack 1     // 202 ms are 51 jiffies
                0.704 > . 1:1001(1000) ack 1         // RTO 300 ms
                1.304 > . 1:1001(1000) ack 1
                """);
        assertThat(bench.ledger.of(TcpCount.LOSS_PROBES)).isOne();
        assertThat(bench.ledger.of(TcpCount.PROBE_RETRANSMISSIONS)).isOne();
    }

    @Test
    void aSingleSegmentIsProbedLaterButNotAfterItsTimeout() {
        run(linux(), """
                0.200 write 1000
                0.200 > P. 1:1001(1000) ack 1
                0.500 > P. 1:1001(1000) ack 1        // 2 SRTT + 200 ms would be 600 ms
                0.800 > P. 1:1001(1000) ack 1
                1.400 > P. 1:1001(1000) ack 1
                """);
    }

    /** __tcp_retransmit_skb(): what a window that shrank leaves out is not probed with; the head probes the window. */
    @Test
    void aTailBeyondTheWindowIsNotProbed() {
        run(linux(), """
                0.200 write 3000
                0.200 > . 1:1001(1000) ack 1
                0.200 > . 1001:2001(1000) ack 1
                0.200 > P. 2001:3001(1000) ack 1
                0.300 < . 1:1(0) ack 1001 win 0
                0.508 > . 1001:2001(1000) ack 1      // the probe's time and a jiffy, as the timeout's is over
                1.108 > . 1001:2001(1000) ack 1
                """);
    }

    /** tcp_cwnd_test(): the FIN is a segment as any other, and may be the probe. */
    @Test
    void aFinBeyondTheCongestionWindowIsTheProbe() {
        Bench bench = run(linux(), """
                0.200 write 10000
                0.200 > . 1:1001(1000) ack 1
                0.200 > . 1001:2001(1000) ack 1
                0.200 > . 2001:3001(1000) ack 1
                0.200 > . 3001:4001(1000) ack 1
                0.200 > . 4001:5001(1000) ack 1
                0.200 > . 5001:6001(1000) ack 1
                0.200 > . 6001:7001(1000) ack 1
                0.200 > . 7001:8001(1000) ack 1
                0.200 > . 8001:9001(1000) ack 1
                0.200 > P. 9001:10001(1000) ack 1
                0.210 close
                0.404 > F. 10001:10001(0) ack 1
                0.704 > . 1:1001(1000) ack 1
                """);
        assertThat(bench.ledger.of(TcpCount.LOSS_PROBES)).isOne();
        assertThat(bench.ledger.of(TcpCount.PROBE_RETRANSMISSIONS)).isZero();
    }

    /** The rest of the timeout counts from when the head was sent, not from the probe that was not needed. */
    @Test
    void aProbeThatIsAcknowledgedEndsTheEpisode() {
        run(linux(), """
                0.200 write 2000
                0.200 > . 1:1001(1000) ack 1
                0.200 > P. 1001:2001(1000) ack 1
                0.404 > P. 1001:2001(1000) ack 1
                0.504 < . 1:1(0) ack 2001
                0.600 write 1000
                0.600 > P. 2001:3001(1000) ack 1
                0.700 < . 1:1(0) ack 3001
                """);
    }

    /** The recording rack_reo_timer_sack_seg2: the wait for a reordered head is rtt/4 and 2 ms, in whole jiffies. */
    @Test
    void aHoleWaitsForReorderingThenIsResent() {
        Bench bench = run(linux(), """
                0.200 write 4000
                0.200 > . 1:1001(1000) ack 1
                0.200 > . 1001:2001(1000) ack 1
                0.200 > . 2001:3001(1000) ack 1
                0.200 > P. 3001:4001(1000) ack 1
                0.300 < . 1:1(0) ack 1 sack 1001:2001
                0.328 > . 1:1001(1000) ack 1         // 27 ms are 7 jiffies
                """);
        assertThat(bench.ledger.of(TcpTimer.RACK, TimerCount.FIRED)).isOne();
        assertThat(bench.ledger.of(TcpCount.FAST_RETRANSMISSIONS)).isOne();
    }

    @Test
    void threeSackedAboveResendTheHoleAtOnce() {
        Bench bench = run(linux(), """
                0.200 write 5000
                0.200 > . 1:1001(1000) ack 1
                0.200 > . 1001:2001(1000) ack 1
                0.200 > . 2001:3001(1000) ack 1
                0.200 > . 3001:4001(1000) ack 1
                0.200 > P. 4001:5001(1000) ack 1
                0.300 < . 1:1(0) ack 1 sack 1001:4001
                0.300 > . 1:1001(1000) ack 1
                0.400 < . 1:1(0) ack 5001
                """);
        assertThat(bench.ledger.of(TcpCount.FAST_RETRANSMISSIONS)).isOne();
        assertThat(bench.ledger.of(TcpCount.TIMEOUT_RETRANSMISSIONS)).isZero();
    }

    /** Proportional rate reduction: as packetdrill's prr-ss-10pkt-lost-1 has it for this case. */
    @Test
    void aReducedWindowSendsInProportionToWhatIsDelivered() {
        run(linux(), """
                0.200 write 20000
                0.200 > . 1:1001(1000) ack 1
                0.200 > . 1001:2001(1000) ack 1
                0.200 > . 2001:3001(1000) ack 1
                0.200 > . 3001:4001(1000) ack 1
                0.200 > . 4001:5001(1000) ack 1
                0.200 > . 5001:6001(1000) ack 1
                0.200 > . 6001:7001(1000) ack 1
                0.200 > . 7001:8001(1000) ack 1
                0.200 > . 8001:9001(1000) ack 1
                0.200 > . 9001:10001(1000) ack 1
                0.300 < . 1:1(0) ack 1 sack 1001:2001
                0.300 > . 10001:11001(1000) ack 1
                0.301 < . 1:1(0) ack 1 sack 1001:3001
                0.301 > . 11001:12001(1000) ack 1
                0.302 < . 1:1(0) ack 1 sack 1001:4001
                0.302 > . 1:1001(1000) ack 1
                0.303 < . 1:1(0) ack 1 sack 1001:5001
                0.304 < . 1:1(0) ack 1 sack 1001:6001
                0.304 > . 12001:13001(1000) ack 1
                0.305 < . 1:1(0) ack 1 sack 1001:7001
                0.306 < . 1:1(0) ack 1 sack 1001:8001
                0.306 > . 13001:14001(1000) ack 1
                """);
    }

    /** RFC 5682, section 3.1: the first acknowledgment after the timeout lets new data go, the second one undoes it. */
    @Test
    void aTimeoutInVainIsUndone() {
        Bench bench = run(linux("tcp_early_retrans", "0"), """
                0.200 write 20000
                0.200 > . 1:1001(1000) ack 1
                0.200 > . 1001:2001(1000) ack 1
                0.200 > . 2001:3001(1000) ack 1
                0.200 > . 3001:4001(1000) ack 1
                0.200 > . 4001:5001(1000) ack 1
                0.200 > . 5001:6001(1000) ack 1
                0.200 > . 6001:7001(1000) ack 1
                0.200 > . 7001:8001(1000) ack 1
                0.200 > . 8001:9001(1000) ack 1
                0.200 > . 9001:10001(1000) ack 1
                0.500 > . 1:1001(1000) ack 1
                0.520 < . 1:1(0) ack 1001
                0.520 > . 10001:11001(1000) ack 1
                0.520 > . 11001:12001(1000) ack 1
                0.521 < . 1:1(0) ack 2001
                0.521 > . 12001:13001(1000) ack 1
                """);
        assertThat(bench.ledger.of(TcpCount.UNDONE_REDUCTIONS)).isOne();
        assertThat(bench.ledger.of(TcpCount.RETRANSMISSIONS)).isOne();
    }

    /** RFC 3708: the retransmission arrived twice, so nothing was lost. */
    @Test
    void aReportedDuplicateUndoesTheReduction() {
        Bench bench = run(linux(), """
                0.200 write 5000
                0.200 > . 1:1001(1000) ack 1
                0.200 > . 1001:2001(1000) ack 1
                0.200 > . 2001:3001(1000) ack 1
                0.200 > . 3001:4001(1000) ack 1
                0.200 > P. 4001:5001(1000) ack 1
                0.300 < . 1:1(0) ack 1 sack 1001:4001
                0.300 > . 1:1001(1000) ack 1
                0.310 < . 1:1(0) ack 5001
                0.400 < . 1:1(0) ack 5001 sack 1:1001
                """);
        assertThat(bench.ledger.of(TcpCount.UNDONE_REDUCTIONS)).isOne();
    }

    /** RFC 3522: the echo is of the original. */
    @Test
    void anEchoFromBeforeTheRetransmissionUndoesTheTimeout() {
        Bench bench = Drill.of(linux("timestamps", "on", "tcp_early_retrans", "0", "mss", "1012"))
                .run("""
                        0.000 < S 0:0(0) win 65535
                        0.000 > S. 0:0(0) ack 1
                        0.100 < . 1:1(0) ack 1 ecr 0.0
                        0.200 write 2000
                        0.200 > . 1:1001(1000) ack 1
                        0.200 > P. 1001:2001(1000) ack 1
                        0.500 > . 1:1001(1000) ack 1
                        0.510 < . 1:1(0) ack 1001 ecr 0.2
                        0.520 < . 1:1(0) ack 2001 ecr 0.2
                        """);
        assertThat(bench.ledger.of(TcpCount.UNDONE_REDUCTIONS)).isOne();
        assertThat(bench.ledger.of(TcpCount.RETRANSMISSIONS)).isOne();
    }

    @Test
    void nagleHoldsASecondSmallSegmentAndTcpNodelayDoesNot() {
        run(linux(), """
                0.200 write 100
                0.200 > P. 1:101(100) ack 1
                0.210 write 100
                0.220 write 100
                0.300 < . 1:1(0) ack 101
                0.300 > P. 101:301(200) ack 1
                0.400 < . 1:1(0) ack 301
                """);
        run(linux("nagle", "off"), """
                0.200 write 100
                0.200 > P. 1:101(100) ack 1
                0.210 write 100
                0.210 > P. 101:201(100) ack 1
                0.300 < . 1:1(0) ack 201
                """);
    }
}
