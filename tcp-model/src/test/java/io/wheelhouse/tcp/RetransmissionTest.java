package io.wheelhouse.tcp;

import static io.wheelhouse.tcp.HandshakeTest.linuxWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The retransmission timer, its backoff and its end; fast retransmit. */
class RetransmissionTest {
    private static final String ESTABLISHED_AFTER_100_MS = """
            0.000 < S 0:0(0)
            0.000 > S. 0:0(0) ack 1
            0.100 < . 1:1(0) ack 1
            """;

    /** The packetdrill script rto-backoff-and-karn on exact timers: 300 ms is 100 ms + the 200 ms floor. */
    @ParameterizedTest
    @EnumSource(EntrySharing.class)
    void linuxBacksOffAndKeepsItUntilAValidSample(EntrySharing entries) {
        Drill.linux().entries(entries).run(ESTABLISHED_AFTER_100_MS + """
                0.100 write 1000
                0.100 > P. 1:1001(1000) ack 1
                0.400 > P. 1:1001(1000) ack 1
                1.000 > P. 1:1001(1000) ack 1
                2.200 > P. 1:1001(1000) ack 1
                4.600 > P. 1:1001(1000) ack 1
                4.700 < . 1:1(0) ack 1001
                4.700 write 1000
                4.700 > P. 1001:2001(1000) ack 1
                4.800 < . 1:1(0) ack 2001
                4.800 write 1000
                4.800 > P. 2001:3001(1000) ack 1
                5.100 > P. 2001:3001(1000) ack 1
                """);
    }

    /** The recording rto_recovered_after_4_timeouts: the backed-off RTO survives for the next data. */
    @Test
    void backoffSurvivesAnAcknowledgmentOfARetransmission() {
        Drill.linux().run(ESTABLISHED_AFTER_100_MS + """
                0.100 write 1000
                0.100 > P. 1:1001(1000) ack 1
                0.400 > P. 1:1001(1000) ack 1
                0.500 < . 1:1(0) ack 1001
                0.500 write 1000
                0.500 > P. 1001:2001(1000) ack 1
                1.100 > P. 1001:2001(1000) ack 1
                """);
    }

    @Test
    void withTimestampsARetransmissionGivesASample() {
        // Both ends are real here: the echo of the retransmission ends the backoff.
        Bench.Setup setup = new Bench.Setup();
        setup.application = new TwoMessages();
        setup.path = setup.path.withOutages(
                java.util.List.of(io.wheelhouse.tcp.path.Outage.both(1, 100 * Bench.MS, 900 * Bench.MS)));
        StringBuilder times = new StringBuilder();
        Bench bench = setup.build();
        bench.work.segmentListener((index, from, atNs, seq, ack, flags, length, dropped) -> {
            if (from == Side.LOCAL && length > 0) {
                times.append(String.format(Locale.ROOT, "%d ", atNs / Bench.MS));
            }
        });
        bench.open(0, 0);
        bench.runUntil(5 * Bench.SECOND);
        bench.checkLaws();
        // RTO 20 + 200 ms: lost at 200, the probe at 420, 640, through at 1080 (440 later)
        assertThat(times.toString().strip()).isEqualTo("200 420 640 1080 2000");
        assertThat(bench.ledger.of(TcpCount.TIMEOUT_RETRANSMISSIONS)).isEqualTo(2);
        assertThat(bench.ledger.of(TcpCount.PROBE_RETRANSMISSIONS)).isOne();
    }

    /** Writes at 200 ms and at 2 s. */
    private static final class TwoMessages implements Application {
        @Override
        public void onEstablished(Connection connection, Side side, long nowNs) {
            if (side == Side.LOCAL) {
                connection.wakeAt(side, 200 * Bench.MS);
                connection.wakeAt(side, 2_000 * Bench.MS);
            }
        }

        @Override
        public void onDelivered(Connection connection, Side side, long bytes, long nowNs) {}

        @Override
        public void onWake(Connection connection, Side side, long nowNs) {
            connection.write(side, 100);
        }

        @Override
        public void onPeerClosed(Connection connection, Side side, long nowNs) {}

        @Override
        public void onClosed(Connection connection, Side side, CloseReason reason, long nowNs) {}
    }

    @Test
    void rfcFloorIsOneSecondAndSegmentsAreTimedOneAtATime() {
        Drill.rfc().run(ESTABLISHED_AFTER_100_MS + """
                0.100 write 1000
                0.100 > P. 1:1001(1000) ack 1
                1.100 > P. 1:1001(1000) ack 1
                3.100 > P. 1:1001(1000) ack 1
                3.200 < . 1:1(0) ack 1001
                3.300 write 1000
                3.300 > P. 1001:2001(1000) ack 1
                7.300 > P. 1001:2001(1000) ack 1
                7.400 < . 1:1(0) ack 2001
                7.500 write 1000
                7.500 > P. 2001:3001(1000) ack 1
                7.600 < . 1:1(0) ack 3001
                7.700 write 1000
                7.700 > P. 3001:4001(1000) ack 1
                8.700 > P. 3001:4001(1000) ack 1
                """);
    }

    /** DESIGN's oracle: budget 924.6 s from the first retransmission, death at the first timeout at or after it. */
    @ParameterizedTest
    @CsvSource({"0.000, 0.200, 1044.6", "0.004, 0.204, 928.692", "0.100, 0.300, 993.3"})
    void linuxDataDiesByBudget(double rtt, double rto, double death) {
        StringBuilder script = new StringBuilder();
        script.append("0 < S 0:0(0)\n0 > S. 0:0(0) ack 1\n");
        line(script, rtt, "< . 1:1(0) ack 1");
        line(script, rtt, "write 1000");
        line(script, rtt, "> P. 1:1001(1000) ack 1");
        double at = rtt;
        double timeout = rto;
        while (at + timeout < rtt + death - 0.001) {
            at += timeout;
            timeout = Math.min(120, 2 * timeout);
            line(script, at, "> P. 1:1001(1000) ack 1");
        }
        line(script, rtt + death - 0.001, "is ESTABLISHED");
        line(script, rtt + death + 0.001, "is CLOSED");
        Bench bench = Drill.linux().run(script.toString());
        assertThat(bench.ledger.of(TcpCount.CONNECTIONS_GIVEN_UP)).isEqualTo(1);
    }

    private static void line(StringBuilder script, double at, String what) {
        script.append(String.format(Locale.ROOT, "%.6f %s\n", at, what));
    }

    @Test
    void rfcGivesUpAtTheFirstTimeoutAfter100Seconds() {
        Drill.rfc().run(ESTABLISHED_AFTER_100_MS + """
                0.100 write 1000
                0.100 > P. 1:1001(1000) ack 1
                1.100 > P. 1:1001(1000) ack 1
                3.100 > P. 1:1001(1000) ack 1
                7.100 > P. 1:1001(1000) ack 1
                15.100 > P. 1:1001(1000) ack 1
                31.100 > P. 1:1001(1000) ack 1
                63.100 > P. 1:1001(1000) ack 1
                123.099 is ESTABLISHED
                123.100 is CLOSED
                """);
    }

    /** The recording rto_10seg_partial_ack_rearm: a partial acknowledgment restarts the timer. */
    @Test
    void aPartialAcknowledgmentRestartsTheTimer() {
        Drill.linux().run(ESTABLISHED_AFTER_100_MS + """
                0.200 write 4380
                0.200 > . 1:1461(1460) ack 1
                0.200 > . 1461:2921(1460) ack 1
                0.200 > P. 2921:4381(1460) ack 1
                0.300 < . 1:1(0) ack 1461
                0.600 > . 1461:2921(1460) ack 1
                1.200 > . 1461:2921(1460) ack 1
                1.300 < . 1:1(0) ack 2921
                1.300 > P. 2921:4381(1460) ack 1
                1.400 < . 1:1(0) ack 4381
                """);
    }

    @Test
    void afterATimeoutTheRestFollowsAsTheWindowOpens() {
        Drill.rfc().run(ESTABLISHED_AFTER_100_MS + """
                0.200 write 5840
                0.200 > . 1:1461(1460) ack 1
                0.200 > . 1461:2921(1460) ack 1
                0.200 > . 2921:4381(1460) ack 1
                0.200 > P. 4381:5841(1460) ack 1
                1.200 > . 1:1461(1460) ack 1
                1.300 < . 1:1(0) ack 1461
                1.300 > . 1461:2921(1460) ack 1
                1.300 > . 2921:4381(1460) ack 1
                1.400 < . 1:1(0) ack 5841
                """);
    }

    /** RFC 5681, section 3.2; RFC 6582, section 3.2. */
    @Test
    void threeDuplicatesBringAFastRetransmissionAndPartialAcknowledgmentsTheNext() {
        Bench bench = Drill.rfc().run(ESTABLISHED_AFTER_100_MS + """
                0.200 write 7300
                0.200 > . 1:1461(1460) ack 1
                0.200 > . 1461:2921(1460) ack 1
                0.200 > . 2921:4381(1460) ack 1
                0.200 > . 4381:5841(1460) ack 1
                0.200 > P. 5841:7301(1460) ack 1
                0.300 < . 1:1(0) ack 1
                0.301 < . 1:1(0) ack 1
                0.302 < . 1:1(0) ack 1
                0.302 > . 1:1461(1460) ack 1
                0.400 < . 1:1(0) ack 2921
                0.400 > . 2921:4381(1460) ack 1
                0.500 < . 1:1(0) ack 7301
                2.000 is ESTABLISHED
                """);
        assertThat(bench.ledger.of(TcpCount.FAST_RETRANSMISSIONS)).isEqualTo(2);
        assertThat(bench.ledger.of(TcpCount.TIMEOUT_RETRANSMISSIONS)).isZero();
    }

    @Test
    void theCongestionWindowBoundsWhatIsInFlight() {
        Drill.of(linuxWith(Map.of("initial-window", "2"))).run(ESTABLISHED_AFTER_100_MS + """
                0.200 write 10220
                0.200 > . 1:1461(1460) ack 1
                0.200 > . 1461:2921(1460) ack 1
                0.300 < . 1:1(0) ack 2921
                0.300 > . 2921:4381(1460) ack 1
                0.300 > . 4381:5841(1460) ack 1
                0.300 > . 5841:7301(1460) ack 1
                0.300 > . 7301:8761(1460) ack 1
                0.400 < . 1:1(0) ack 7301
                0.400 > P. 8761:10221(1460) ack 1
                0.500 < . 1:1(0) ack 10221
                """);
    }

    @Test
    void theOfferedWindowBoundsWhatIsInFlight() {
        Drill.rfc().run("""
                0.000 < S 0:0(0) win 2000
                0.000 > S. 0:0(0) ack 1
                0.100 < . 1:1(0) ack 1 win 2000
                0.200 write 3000
                0.200 > . 1:1461(1460) ack 1
                0.300 < . 1:1(0) ack 1461 win 1500
                0.300 > . 1461:2921(1460) ack 1
                0.400 < . 1:1(0) ack 2921 win 2000
                0.400 > P. 2921:3001(80) ack 1
                0.500 < . 1:1(0) ack 3001
                """);
    }
}
