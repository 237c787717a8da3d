package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Probing closed windows (RFC 9293, section 3.8.6.1; RFC 1122, section 4.2.2.17), and closing one's own. */
class PersistTest {
    /** Round trips of 100 ms: on Linux an RTO of 300 ms, by RFC 6298 of 1 s. */
    private static final String CLOSED_WINDOW = """
            0 < S 0:0(0) win 1000
            0 > S. 0:0(0) ack 1
            0.1 < . 1:1(0) ack 1
            1 write 3000
            1 > . 1:1001(1000) ack 1
            1.1 < . 1:1(0) ack 1001 win 0
            """;

    /** The same on Linux, where a window takes two segments at least. */
    private static final String CLOSED_ON_LINUX =
            CLOSED_WINDOW.replace("1 > . 1:1001(1000) ack 1\n", "1 > . 1:501(500) ack 1\n1 > P. 501:1001(500) ack 1\n");

    /** The recording zero_window_hold_40s in small: doubling from the RTO, each answer starting the wait again. */
    @ParameterizedTest
    @EnumSource(EntrySharing.class)
    void linuxProbesBelowTheWindowAndDoubles(EntrySharing entries) {
        Bench bench = Drill.linux().entries(entries).run(CLOSED_ON_LINUX + """
                1.4 > . 1000:1000(0) ack 1
                1.41 < . 1:1(0) ack 1001
                2.01 > . 1000:1000(0) ack 1
                2.02 < . 1:1(0) ack 1001
                3.22 > . 1000:1000(0) ack 1
                5.62 > . 1000:1000(0) ack 1
                6 < . 1:1(0) ack 1001 win 1000
                6 > . 1001:1501(500) ack 1
                6 > P. 1501:2001(500) ack 1
                6.1 < . 1:1(0) ack 2001
                6.1 > . 2001:2501(500) ack 1
                6.1 > P. 2501:3001(500) ack 1
                6.2 < . 1:1(0) ack 3001
                """);
        assertThat(bench.ledger.of(TcpCount.WINDOW_PROBES)).isEqualTo(4);
        assertThat(bench.ledger.of(TcpTimer.PERSIST, TimerCount.FIRED)).isEqualTo(4);
        assertThat(bench.ledger.of(TcpTimer.PERSIST, TimerCount.CANCELLED)).isEqualTo(1);
        assertThat(bench.pendingTimers()).isEmpty();
    }

    /** tcp_probe0_when(), include/net/tcp.h: what bounds the retransmission timeout bounds the probes. */
    @Test
    void linuxProbesAtLeastAsOftenAsTheGreatestTimeoutSays() {
        Drill.with("linux", Map.of("tcp_rto_max_ms", "1000")).run(CLOSED_ON_LINUX + """
                1.4 > . 1000:1000(0) ack 1
                2 > . 1000:1000(0) ack 1
                3 > . 1000:1000(0) ack 1
                4 > . 1000:1000(0) ack 1
                4.5 < . 1:1(0) ack 1001
                5.5 > . 1000:1000(0) ack 1
                """);
    }

    @Test
    void linuxGivesUpAfterRetries2UnansweredProbes() {
        Bench bench = Drill.with("linux", Map.of("tcp_retries2", "3")).run(CLOSED_ON_LINUX + """
                1.4 > . 1000:1000(0) ack 1
                2 > . 1000:1000(0) ack 1
                2.5 < . 1:1(0) ack 1001
                3.7 > . 1000:1000(0) ack 1
                6.1 > . 1000:1000(0) ack 1
                8.5 > . 1000:1000(0) ack 1
                10.899 is ESTABLISHED
                10.9 is CLOSED
                """);
        assertThat(bench.ledger.of(TcpCount.CONNECTIONS_GIVEN_UP)).isEqualTo(1);
    }

    @Test
    void linuxUserTimeoutCountsFromTheFirstProbeAnsweredOrNot() {
        Drill.with("linux", Map.of("user-timeout", "2s")).run(CLOSED_ON_LINUX + """
                1.4 > . 1000:1000(0) ack 1
                1.5 < . 1:1(0) ack 1001
                2.1 > . 1000:1000(0) ack 1
                2.2 < . 1:1(0) ack 1001
                3.399 is ESTABLISHED
                3.4 is CLOSED
                """);
    }

    @Test
    void rfcProbesWithAByteWhichThePeerMayTake() {
        Bench bench = Drill.rfc().run(CLOSED_WINDOW + """
                2.1 > . 1001:1002(1) ack 1
                2.2 < . 1:1(0) ack 1001
                4.1 > . 1001:1002(1) ack 1
                4.2 < . 1:1(0) ack 1002 win 5000
                4.2 > . 1002:2462(1460) ack 1
                4.2 > P. 2462:3001(539) ack 1
                4.3 < . 1:1(0) ack 3001
                """);
        assertThat(bench.ledger.of(TcpCount.BYTES_ACKNOWLEDGED)).isEqualTo(3_000);
        assertThat(bench.pendingTimers()).isEmpty();
    }

    /**
     * tcp_setpersist(), sys/netinet/tcp_output.c of FreeBSD 14: 0.7 s, which is four round trips of 100 ms and eight
     * variations of 37.5 ms, doubled, and 0.2 s; then no less than 5 s and no more than 60 s.
     */
    private static final String FREEBSD_PROBES = """
            6.1 > . 1001:1002(1) ack 1
            11.1 > . 1001:1002(1) ack 1
            16.1 > . 1001:1002(1) ack 1
            21.9 > . 1001:1002(1) ack 1
            33.3 > . 1001:1002(1) ack 1
            55.9 > . 1001:1002(1) ack 1
            """;

    @Test
    void freebsdDoublesAndThenBounds() {
        Drill.freebsd()
                .run(CLOSED_WINDOW
                        + FREEBSD_PROBES.replace("(1) ack 1\n11.1", "(1) ack 1\n6.2 < . 1:1(0) ack 1001\n11.1")
                        + """
                100.9 > . 1001:1002(1) ack 1
                160.9 > . 1001:1002(1) ack 1
                220.9 > . 1001:1002(1) ack 1
                """);
    }

    /** tcp_timer_persist(): silence of 2559 times 250 ms, which is the RTO without its slop, after twelve doublings. */
    @Test
    void freebsdGivesUpASilentPeer() {
        StringBuilder script = new StringBuilder(CLOSED_WINDOW + FREEBSD_PROBES);
        for (int second = 100; second < 640; second += 60) {
            script.append(String.format(java.util.Locale.ROOT, "%d.9 > . 1001:1002(1) ack 1\n", second));
        }
        Drill.freebsd().run(script + """
                640.899 is ESTABLISHED
                640.9 > R. 1001:1001(0) ack 1
                640.9 is CLOSED
                """);
    }

    /** The same: a minute of silence is enough once the application has closed. */
    @Test
    void freebsdGivesUpASilentPeerSoonerWhenClosing() {
        Drill.freebsd().run(CLOSED_WINDOW + "2 close\n" + FREEBSD_PROBES + """
                100.899 is FIN_WAIT_1
                100.9 > R. 1001:1001(0) ack 1
                100.9 is CLOSED
                """);
    }

    @Test
    void answeredProbesGoOnForEver() {
        StringBuilder script = new StringBuilder(CLOSED_WINDOW);
        double at = 2.1;
        double wait = 1;
        for (int probe = 0; probe < 30; probe++) {
            script.append(String.format(java.util.Locale.ROOT, "%.3f > . 1001:1002(1) ack 1\n", at));
            script.append(String.format(java.util.Locale.ROOT, "%.3f < . 1:1(0) ack 1001\n", at + 0.1));
            wait = Math.min(60, 2 * wait);
            at += wait;
        }
        assertThat(Drill.state(Drill.rfc().run(script.toString()))).isEqualTo(TcpState.ESTABLISHED);
    }

    /** tcp_retries2 = 1 is a budget of 0.6 s; it does not hold while the window is shut over what is in flight. */
    @Test
    void linuxIsPatientWithAWindowDrawnBackOverData() {
        Drill.with("linux", Map.of("tcp_retries2", "1")).run("""
                0 < S 0:0(0) win 65535
                0 > S. 0:0(0) ack 1
                0.1 < . 1:1(0) ack 1
                1 write 2000
                1 > . 1:1461(1460) ack 1
                1 > P. 1461:2001(540) ack 1
                1.1 < . 1:1(0) ack 1461 win 0
                1.4 > P. 1461:2001(540) ack 1
                1.45 < . 1:1(0) ack 1461
                2 > P. 1461:2001(540) ack 1
                2.05 < . 1:1(0) ack 1461
                3.2 > P. 1461:2001(540) ack 1
                3.3 < . 1:1(0) ack 2001 win 65535
                4 is ESTABLISHED
                """);
    }

    // ---- the receiver's side

    @Test
    void aPausedReaderClosesTheWindowAndReadingOpensIt() {
        Drill.with("linux", Map.of("receive-window", "2000B", "mss", "1000B", "window-scale", "0"))
                .run("""
                0 < S 0:0(0) win 65535
                0 > S. 0:0(0) ack 1
                0.1 < . 1:1(0) ack 1
                0.2 pause
                1 < . 1:1001(1000) ack 1
                1 > . 1:1(0) ack 1001
                2 < . 1001:2001(1000) ack 1
                2 > . 1:1(0) ack 2001
                3 < . 2001:2002(1) ack 1
                3 > . 1:1(0) ack 2001
                4 read 500
                5 read 600
                5 > . 1:1(0) ack 2001
                6 < . 2001:3001(1000) ack 1
                6 > . 1:1(0) ack 3001
                7 resume
                7 > . 1:1(0) ack 3001
                """);
    }

    /** RFC 1122, section 4.2.3.3: the window opens by a segment or half the buffer, and not byte by byte. */
    @Test
    void aWindowIsNotOpenedByteByByte() {
        Bench bench = Drill.with("rfc", Map.of("receive-window", "4000B", "mss", "1000B"))
                .run("""
                0 < S 0:0(0) win 65535
                0 > S. 0:0(0) ack 1
                0.1 < . 1:1(0) ack 1
                0.2 pause
                1 < . 1:1001(1000) ack 1
                1.01 < . 1001:2001(1000) ack 1
                1.01 > . 1:1(0) ack 2001
                1.02 < . 2001:3001(1000) ack 1
                1.03 < . 3001:4001(1000) ack 1
                1.03 > . 1:1(0) ack 4001
                2 read 400
                3 read 500
                4 read 99
                5 read 1
                5 > . 1:1(0) ack 4001
                6 < . 4001:5001(1000) ack 1
                6.2 > . 1:1(0) ack 5001
                """);
        assertThat(bench.ledger.of(TcpCount.BYTES_DELIVERED)).isEqualTo(1_000);
    }

    /** RFC 1122, section 4.2.2.13: what was not read is lost, and the peer is told. */
    @Test
    void closingWithUnreadDataResets() {
        Drill.rfc().run("""
                0 < S 0:0(0) win 65535
                0 > S. 0:0(0) ack 1
                0.1 < . 1:1(0) ack 1
                0.2 pause
                1 < . 1:11(10) ack 1
                1.2 > . 1:1(0) ack 11
                2 close
                2 > R. 1:1(0) ack 11
                2 is CLOSED
                """);
    }
}
