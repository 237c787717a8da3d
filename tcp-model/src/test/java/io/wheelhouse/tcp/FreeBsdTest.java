package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What FreeBSD 14 does otherwise than the RFCs and Linux: read in its source, releng/14.3 at 5982521fe3dd, the file named at
 * each test.
 */
class FreeBsdTest {
    private static final String ESTABLISHED = """
            0 < S 0:0(0) win 65535
            0 > S. 0:0(0) ack 1
            0.1 < . 1:1(0) ack 1
            """;

    /**
     * tcp_timer_rexmt(), sys/netinet/tcp_timer.c: TCP_REXMTVAL() times tcp_backoff[], which ends at 512, and the slop once.
     * The round trip of 100 ms gives 0.3 s, and so timeouts of 0.5, 0.8, 1.4 ... s up to TCPTV_REXMTMAX.
     */
    @Test
    void theSlopIsNotDoubled() {
        StringBuilder script = new StringBuilder(ESTABLISHED + "1 write 100\n1 > P. 1:101(100) ack 1\n");
        double at = 1;
        for (int shift = 0; shift < 12; shift++) {
            at += Math.min(64, 0.3 * (1 << shift) + 0.2);
            script.append(String.format(Locale.ROOT, "%.3f > P. 1:101(100) ack 1\n", at));
        }
        script.append(String.format(Locale.ROOT, "%.3f > R. 101:101(0) ack 1\n", at + 64));
        assertThat(Drill.state(Drill.freebsd().run(script.toString()))).isEqualTo(TcpState.CLOSED);
    }

    /** The same with a round trip of 1 ms: 30 ms are the least, and 512 times that the most that is doubled. */
    @Test
    void nineDoublingsAreTheMost() {
        StringBuilder script = new StringBuilder(ESTABLISHED.replace("0.1 <", "0.001 <") + """
                1 write 100
                1 > P. 1:101(100) ack 1
                """);
        double at = 1;
        for (int shift = 0; shift < 12; shift++) {
            at += 0.03 * (1 << Math.min(9, shift)) + 0.2;
            script.append(String.format(Locale.ROOT, "%.3f > P. 1:101(100) ack 1\n", at));
        }
        script.append(String.format(Locale.ROOT, "%.3f > R. 101:101(0) ack 1\n", at + 15.56));
        assertThat(Drill.state(Drill.freebsd().run(script.toString()))).isEqualTo(TcpState.CLOSED);
    }

    /** step6 of tcp_do_segment(), sys/netinet/tcp_input.c: with nothing newer about it, a smaller window is not believed. */
    @Test
    void aSmallerWindowAloneIsNotBelieved() {
        Drill.freebsd().run(ESTABLISHED + """
                1 < . 1:1(0) ack 1 win 100
                2 write 1000
                2 > P. 1:1001(1000) ack 1
                2.1 < . 1:1(0) ack 1001
                """);
    }

    // ---- resets: tcp_do_segment(), sys/netinet/tcp_input.c

    /** The window of a reset is the buffer's room, 45 segments of 1,460 bytes, which the window field cannot say. */
    @Test
    void aResetAtTheRightEdgeIsChallenged() {
        Drill.with("freebsd", Map.of("keepalive", "off", "window-scale", "0")).run(ESTABLISHED + """
                1 < R 65700:65700(0)
                1 > . 1:1(0) ack 1
                2 < R 65701:65701(0)
                3 is ESTABLISHED
                """);
    }

    /** It counts from last_ack_sent: what is not acknowledged yet has not been received for it. */
    @Test
    void aResetCountsFromTheLastAcknowledgment() {
        String delayed = ESTABLISHED + "1 < P. 1:101(100) ack 1\n";
        Drill.freebsd().run(delayed + """
                1.01 < R 101:101(0)
                1.01 > . 1:1(0) ack 101
                1.02 is ESTABLISHED
                """);
        Drill.freebsd().run(delayed + """
                1.01 < R 1:1(0)
                1.01 is CLOSED
                """);
    }

    @Test
    void aResetWhileClosingIsAnError() {
        SoloEnd end = new SoloSetup().profile(Profile.named("freebsd")).build();
        end.listen();
        end.arrive(TcpSegment.of(TcpSegment.SYN, 0, 0, 0, 65_535));
        end.arrive(TcpSegment.of(TcpSegment.ACK, 1, 1, 0, 65_535));
        end.shutdown();
        end.arrive(TcpSegment.of(TcpSegment.ACK | TcpSegment.FIN, 1, 1, 0, 65_535));
        assertThat(end.state()).isEqualTo(TcpState.CLOSING);
        end.arrive(TcpSegment.of(TcpSegment.RST, 2, 0, 0, 0));
        assertThat(end.error()).isEqualTo(SocketError.ECONNRESET);
    }

    // ---- what is old

    /** The acknowledgment of a segment that is old counts: a repeated FIN ends CLOSING, and is answered. */
    @Test
    void aRepeatedFinInClosing() {
        Drill.freebsd().run(ESTABLISHED + """
                1 shutdown
                1 > F. 1:1(0) ack 1
                1.1 < F. 1:1(0) ack 1
                1.1 > F. 1:1(0) ack 2
                1.1 is CLOSING
                1.2 < F. 1:1(0) ack 2
                1.2 > . 2:2(0) ack 2
                1.2 is TIME_WAIT
                61.199 is TIME_WAIT
                61.2 is CLOSED
                """);
    }

    /** Each is answered: only challenges are limited. */
    @Test
    void probesOfAnIdlePeer() {
        Drill.freebsd().run(ESTABLISHED + """
                1 < . 0:0(0) ack 1
                1 > . 1:1(0) ack 1
                1.1 < . 0:0(0) ack 1
                1.1 > . 1:1(0) ack 1
                """);
    }

    // ---- TIME-WAIT: tcp_twcheck(), sys/netinet/tcp_timewait.c

    private static final String TIME_WAIT = ESTABLISHED + """
            1 shutdown
            1 > F. 1:1(0) ack 1
            1.1 < F. 1:1(0) ack 2
            1.1 > . 2:2(0) ack 2
            """;

    @Test
    void inTimeWaitAllIsAnsweredButTheLastAcknowledgment() {
        Drill.freebsd().run(TIME_WAIT + """
                2 < . 2:2(0) ack 2
                3 < F 1:1(0)
                4 < R 2:2(0)
                5 < . 3:3(0) ack 2
                5 > . 2:2(0) ack 2
                5.01 < P. 2:12(10) ack 2
                5.01 > . 2:2(0) ack 2
                61.099 is TIME_WAIT
                61.1 is CLOSED
                """);
    }

    /** A FIN where the peer's was starts the two minutes again, and any other does not. */
    @Test
    void aRepeatedFinInTimeWait() {
        Drill.freebsd().run(TIME_WAIT + """
                2 < F. 1:1(0) ack 2
                2 > . 2:2(0) ack 2
                3 < F. 2:2(0) ack 2
                3 > . 2:2(0) ack 2
                61.999 is TIME_WAIT
                62 is CLOSED
                """);
    }

    /** RFC 9293, section 3.10.7.4: a SYN beyond the numbers of before makes way for a new connection, by a new round trip. */
    @ParameterizedTest
    @ValueSource(strings = {"freebsd", "linux"})
    void aNewSynInTimeWait(String profile) {
        Drill drill = profile.equals("linux") ? Drill.linux() : Drill.freebsd();
        Bench bench = drill.run(TIME_WAIT + """
                2 < S 500:500(0)
                2 > S. 65539:65539(0) ack 501
                2 is SYN_RECEIVED
                2.3 < . 501:501(0) ack 65540
                2.3 is ESTABLISHED
                3 shutdown
                3 > F. 65540:65540(0) ack 501
                3.1 < F. 501:501(0) ack 65541
                3.1 > . 65541:65541(0) ack 502
                63.1 is CLOSED
                """);
        assertThat(bench.pendingTimers()).isEmpty();
        assertThat(bench.ledger.of(TcpCount.CONNECTIONS_CLOSED)).isEqualTo(2);
    }

    /** Where nobody listens FreeBSD has nothing for the SYN; Linux keeps what it has. */
    @Test
    void aNewSynInTimeWaitOfOneThatOpened() {
        Drill.linux().run("""
                0 open
                0 > S 0:0(0)
                0.1 < S. 0:0(0) ack 1 win 65535
                0.1 > . 1:1(0) ack 1
                1 shutdown
                1 > F. 1:1(0) ack 1
                1.1 < F. 1:1(0) ack 2
                1.1 > . 2:2(0) ack 2
                2 < S 500:500(0)
                2 > . 2:2(0) ack 2
                61.1 is CLOSED
                """);
        SoloEnd end = new SoloSetup().profile(Profile.named("freebsd")).build();
        List<TcpSegment> sent = new ArrayList<>();
        end.listener((atNs, segment) -> sent.add(segment));
        end.connect();
        end.arrive(TcpSegment.of(TcpSegment.SYN | TcpSegment.ACK, 0, 1, 0, 65_535));
        end.close();
        end.arrive(TcpSegment.of(TcpSegment.FIN | TcpSegment.ACK, 1, 2, 0, 65_535));
        end.arrive(TcpSegment.of(TcpSegment.SYN, 500, 0, 0, 65_535));
        assertThat(end.state()).isEqualTo(TcpState.CLOSED);
        TcpSegment last = sent.get(sent.size() - 1);
        assertThat(last.flagText()).isEqualTo("R.");
        assertThat(last.ack()).isEqualTo(501);
    }

    /** An old one, or one that repeats itself, opens nothing. */
    @Test
    void anOldSynInTimeWait() {
        Drill.freebsd().run(TIME_WAIT + "2 < S 0:0(0)\n3 < S 2:2(0)\n4 is TIME_WAIT\n");
    }
}
