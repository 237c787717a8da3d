package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an application may set on a connection that runs: do_tcp_setsockopt(), net/ipv4/tcp.c of Linux 6.18. */
class SocketOptionTest {
    private static final long MS = 1_000_000;

    private final List<String> sent = new ArrayList<>();

    private SoloEnd made(Map<String, String> settings) {
        SoloEnd end = new SoloSetup().set(settings).build();
        end.listener((atNs, segment) -> sent.add(String.format(
                Locale.ROOT, "%.3f %s %d:%d", atNs / 1e9, segment.flagText(), segment.seq(), segment.end())));
        return end;
    }

    private SoloEnd made() {
        return made(Map.of());
    }

    private static void arrive(SoloEnd end, long atMs, int flags, int seq, int ack) {
        end.runUntil(atMs * MS);
        TcpSegment.Options options =
                (flags & TcpSegment.SYN) == 0 ? TcpSegment.Options.NONE : TcpSegment.Options.ofSyn(1_460, 7, true);
        end.arrive(TcpSegment.of(flags, seq, ack, 0, 65_535).with(options));
    }

    private SoloEnd accepted(SoloEnd end) {
        end.listen();
        arrive(end, 0, TcpSegment.SYN, 0, 0);
        arrive(end, 100, TcpSegment.ACK, 1, 1);
        sent.clear();
        return end;
    }

    private static void keepalive(SoloEnd end, int idleS, int intervalS, int count) {
        end.option(SocketOption.TCP_KEEPIDLE, idleS);
        end.option(SocketOption.TCP_KEEPINTVL, intervalS);
        end.option(SocketOption.TCP_KEEPCNT, count);
    }

    // ---- keepalive

    /** tcp_sock_set_keepidle_locked(): from when the peer was last heard, not from the call. */
    @Test
    void theIdleTimeMovesATimerThatRuns() {
        SoloEnd end = accepted(made());
        end.option(SocketOption.SO_KEEPALIVE, 1);
        end.runUntil(1_000 * MS);
        keepalive(end, 5, 1, 2);
        end.runUntil(20_000 * MS);
        assertThat(sent).containsExactly("5.100 . 0:0", "6.100 . 0:0", "7.100 R. 1:1");
        end.checkInvariants();
    }

    @Test
    void anIdleTimeThatHasPassedProbesAtOnceAndALongerOneWaits() {
        SoloEnd end = accepted(made());
        keepalive(end, 10, 1, 2);
        end.option(SocketOption.SO_KEEPALIVE, 1);
        end.runUntil(4_000 * MS);
        end.option(SocketOption.TCP_KEEPIDLE, 2);
        end.runUntil(4_500 * MS);
        arrive(end, 4_500, TcpSegment.ACK, 1, 1);
        end.option(SocketOption.TCP_KEEPIDLE, 30);
        end.runUntil(40_000 * MS);
        assertThat(sent).containsExactly("4.000 . 0:0", "34.500 . 0:0", "35.500 . 0:0", "36.500 R. 1:1");
    }

    /** tcp_keepalive_timer() knows of no states but CLOSE, LISTEN and SYN_SENT. */
    @Test
    void anIdlePeerThatHasClosedIsProbedToo() {
        SoloEnd end = accepted(made());
        keepalive(end, 2, 1, 1);
        arrive(end, 1_000, TcpSegment.FIN | TcpSegment.ACK, 1, 1);
        assertThat(end.state()).isEqualTo(TcpState.CLOSE_WAIT);
        end.option(SocketOption.SO_KEEPALIVE, 1);
        end.runUntil(10_000 * MS);
        assertThat(sent).containsExactly("1.000 . 1:1", "3.000 . 0:0", "4.000 R. 1:1");
        assertThat(end.error()).isEqualTo(SocketError.ETIMEDOUT);
    }

    @Test
    void anEndThatOnlyStoppedWritingIsProbedInFinWait2() {
        SoloEnd end = accepted(made());
        keepalive(end, 2, 1, 1);
        end.option(SocketOption.SO_KEEPALIVE, 1);
        end.shutdown();
        arrive(end, 200, TcpSegment.ACK, 1, 2);
        end.runUntil(10_000 * MS);
        assertThat(sent).containsExactly("0.100 F. 1:2", "2.200 . 1:1", "3.200 R. 2:2");
    }

    /** The user timeout counts from when the peer was last heard, and not from when probing was switched on. */
    @Test
    void theUserTimeoutOfAnIdlePeerCountsFromItsLastWord() {
        SoloEnd end = accepted(made());
        keepalive(end, 2, 1, 9);
        end.option(SocketOption.TCP_USER_TIMEOUT, 7_500);
        end.runUntil(4_100 * MS);
        end.option(SocketOption.SO_KEEPALIVE, 1);
        end.runUntil(20_000 * MS);
        assertThat(sent).containsExactly("6.100 . 0:0", "7.100 . 0:0", "8.100 R. 1:1");
    }

    /** While something is outstanding the retransmissions watch; the idle time starts when they look. */
    @Test
    void whatIsOutstandingPutsTheProbesOff() {
        SoloEnd end = accepted(made(Map.of("tcp_early_retrans", "0")));
        keepalive(end, 2, 1, 1);
        end.option(SocketOption.SO_KEEPALIVE, 1);
        end.runUntil(1_900 * MS);
        end.write(10);
        arrive(end, 2_150, TcpSegment.ACK, 1, 11);
        end.runUntil(10_000 * MS);
        assertThat(sent).containsExactly("1.900 P. 1:11", "4.150 . 10:10", "5.150 R. 11:11");
    }

    // ---- closing

    @ParameterizedTest
    @CsvSource({"20, 20", "0, 60", "90, 60", "119, 118", "200, 120"})
    void linger2(int seconds, int lastsS) {
        SoloEnd end = accepted(made());
        end.option(SocketOption.TCP_LINGER2, seconds);
        end.close();
        arrive(end, 200, TcpSegment.ACK, 1, 2);
        end.runUntil((lastsS * 1_000L + 199) * MS);
        assertThat(end.state()).isEqualTo(TcpState.FIN_WAIT_2);
        end.runUntil((lastsS * 1_000L + 200) * MS);
        assertThat(end.state()).isEqualTo(TcpState.CLOSED);
    }

    @Test
    void linger2OfZeroIsWhatTheHostSaysAgain() {
        SoloEnd end = accepted(made(Map.of("tcp_fin_timeout", "30")));
        end.option(SocketOption.TCP_LINGER2, -1);
        end.option(SocketOption.TCP_LINGER2, 5);
        end.option(SocketOption.TCP_LINGER2, 0);
        end.close();
        arrive(end, 200, TcpSegment.ACK, 1, 2);
        end.runUntil(30_199 * MS);
        assertThat(end.state()).isEqualTo(TcpState.FIN_WAIT_2);
        end.runUntil(30_200 * MS);
        assertThat(end.state()).isEqualTo(TcpState.CLOSED);
    }

    /** tcp_rcv_state_process(), tcp_v4_do_rcv(): the acknowledgment of the FIN ends it, and is answered with a reset. */
    @Test
    void aNegativeLinger2KnowsNoFinWait2() {
        SoloEnd end = accepted(made());
        end.option(SocketOption.TCP_LINGER2, -1);
        end.close();
        arrive(end, 200, TcpSegment.ACK, 1, 2);
        assertThat(end.state()).isEqualTo(TcpState.CLOSED);
        assertThat(sent).containsExactly("0.100 F. 1:2", "0.200 R 2:2");
        assertThat(end.error()).isNull();
    }

    /** __tcp_close(): one that is there already is left with a reset. */
    @Test
    void aNegativeLinger2ResetsFromFinWait2() {
        SoloEnd end = accepted(made());
        end.option(SocketOption.TCP_LINGER2, -1);
        end.shutdown();
        arrive(end, 200, TcpSegment.ACK, 1, 2);
        assertThat(end.state()).isEqualTo(TcpState.FIN_WAIT_2);
        end.close();
        assertThat(end.state()).isEqualTo(TcpState.CLOSED);
        assertThat(sent).containsExactly("0.100 F. 1:2", "0.200 R. 2:2");
    }

    // ---- opening, timeouts

    @Test
    void synCountHoldsForTheSynAcksOfAListener() {
        SoloEnd end = made();
        end.option(SocketOption.TCP_SYNCNT, 2);
        end.listen();
        arrive(end, 0, TcpSegment.SYN, 0, 0);
        end.runUntil(100_000 * MS);
        assertThat(sent).containsExactly("0.000 S. 0:1", "1.000 S. 0:1", "3.000 S. 0:1");
        assertThat(end.state()).isEqualTo(TcpState.LISTEN);
    }

    @Test
    void theGreatestTimeoutBoundsRetransmissionsAndProbes() {
        SoloEnd end = accepted(made(Map.of("tcp_early_retrans", "0")));
        end.option(SocketOption.TCP_RTO_MAX_MS, 1_000);
        end.write(10);
        end.runUntil(5_000 * MS);
        assertThat(sent)
                .containsExactly(
                        "0.100 P. 1:11",
                        "0.400 P. 1:11",
                        "1.000 P. 1:11",
                        "2.000 P. 1:11",
                        "3.000 P. 1:11",
                        "4.000 P. 1:11",
                        "5.000 P. 1:11");
    }

    @Test
    void whatTheKernelRefusesIsRefused() {
        SoloEnd end = made();
        for (String refused : List.of(
                "TCP_KEEPIDLE 0",
                "TCP_KEEPIDLE 32768",
                "TCP_KEEPINTVL 0",
                "TCP_KEEPCNT 128",
                "TCP_SYNCNT 0",
                "TCP_SYNCNT 128",
                "TCP_USER_TIMEOUT -1",
                "TCP_RTO_MAX_MS 999",
                "TCP_RTO_MAX_MS 120001")) {
            String[] words = refused.split(" ", -1);
            assertThatThrownBy(() -> end.option(SocketOption.valueOf(words[0]), Long.parseLong(words[1])))
                    .as(refused)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(words[0])
                    .hasMessageContaining(words[1]);
        }
    }

    /** An option counts more than what the host is set to, whichever is set later. */
    @Test
    void optionsCountMoreThanTheHostsSettings() {
        SoloEnd end = made();
        end.option(SocketOption.TCP_SYNCNT, 1);
        end.set("tcp_syn_retries", "6");
        end.set("tcp_syn_linear_timeouts", "0");
        end.connect();
        end.runUntil(100_000 * MS);
        assertThat(sent).containsExactly("0.000 S 0:1", "1.000 S 0:1");
        assertThat(end.closedNs()).isEqualTo(3_000 * MS);
    }
}
