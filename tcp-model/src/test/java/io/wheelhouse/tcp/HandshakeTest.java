package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.profile.Profile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Opening a connection: RFC 9293, section 3.5; RFC 6298, section 5; the recordings of Linux. */
class HandshakeTest {

    @Test
    void activeOpen() {
        Drill.linux().run("""
                0.000 open
                0.000 > S 0:0(0)
                0.000 is SYN_SENT
                0.050 < S. 0:0(0) ack 1
                0.050 > . 1:1(0) ack 1
                0.050 is ESTABLISHED
                9.000 is ESTABLISHED
                """);
    }

    @Test
    void passiveOpen() {
        Drill.linux().run("""
                0.000 < S 0:0(0)
                0.000 > S. 0:0(0) ack 1
                0.000 is SYN_RECEIVED
                0.100 < . 1:1(0) ack 1
                0.100 is ESTABLISHED
                """);
    }

    @Test
    void whatIsWrittenAndClosedBeforeTheHandshakeIsDoneFollowsIt() {
        Drill.rfc().run("""
                0.000 open
                0.000 > S 0:0(0)
                0.010 write 100
                0.050 < S. 0:0(0) ack 1
                0.050 > P. 1:101(100) ack 1
                0.050 is ESTABLISHED
                0.100 < . 1:1(0) ack 101
                """);
        Drill.rfc().run("""
                0.000 < S 0:0(0)
                0.000 > S. 0:0(0) ack 1
                0.010 close
                0.010 is SYN_RECEIVED
                0.050 < . 1:1(0) ack 1
                0.050 > F. 1:1(0) ack 1
                0.050 is FIN_WAIT_1
                """);
    }

    @Test
    void simultaneousOpen() {
        Drill.rfc().run("""
                0.000 open
                0.000 > S 0:0(0)
                0.050 < S 0:0(0)
                0.050 > S. 0:0(0) ack 1
                0.050 is SYN_RECEIVED
                0.060 < S. 0:0(0) ack 1
                0.100 < . 1:1(0) ack 1
                0.100 is ESTABLISHED
                9.000 is ESTABLISHED
                """);
    }

    @Test
    void linuxSynDiesAfter131Seconds() {
        Bench bench = Drill.linux().run("""
                0 open
                0 > S 0:0(0)
                1 > S 0:0(0)
                2 > S 0:0(0)
                3 > S 0:0(0)
                4 > S 0:0(0)
                5 > S 0:0(0)
                7 > S 0:0(0)
                11 > S 0:0(0)
                19 > S 0:0(0)
                35 > S 0:0(0)
                67 > S 0:0(0)
                130.999999 is SYN_SENT
                131 is CLOSED
                """);
        assertThat(bench.ledger.of(TcpCount.CONNECTIONS_GIVEN_UP)).isEqualTo(1);
        assertThat(bench.ledger.of(TcpCount.RETRANSMISSIONS)).isEqualTo(10);
        assertThat(bench.ledger.of(TcpTimer.SYN, TimerCount.FIRED)).isEqualTo(11);
        assertThat(bench.work.connections()).isZero();
    }

    /** The recording syn_blackhole_no_linear. */
    @Test
    void linuxSynWithoutLinearTimeouts() {
        Drill.of(linuxWith(Map.of("tcp_syn_linear_timeouts", "0", "tcp_syn_retries", "5")))
                .run("""
                0 open
                0 > S 0:0(0)
                1 > S 0:0(0)
                3 > S 0:0(0)
                7 > S 0:0(0)
                15 > S 0:0(0)
                31 > S 0:0(0)
                62.999999 is SYN_SENT
                63 is CLOSED
                """);
    }

    /** The recording syn_blackhole_syncnt_2. */
    @Test
    void linuxSynWithTwoRetriesIsBoundedByTheirTime() {
        Drill.of(linuxWith(Map.of("tcp_syn_retries", "2"))).run("""
                0 open
                0 > S 0:0(0)
                1 > S 0:0(0)
                2 > S 0:0(0)
                3 > S 0:0(0)
                4 > S 0:0(0)
                5 > S 0:0(0)
                6.999999 is SYN_SENT
                7 is CLOSED
                """);
    }

    @Test
    void rfcSynIsNotGivenUpBefore180Seconds() {
        Drill.rfc().run("""
                0 open
                0 > S 0:0(0)
                1 > S 0:0(0)
                3 > S 0:0(0)
                7 > S 0:0(0)
                15 > S 0:0(0)
                31 > S 0:0(0)
                63 > S 0:0(0)
                123 > S 0:0(0)
                182.999999 is SYN_SENT
                183 is CLOSED
                """);
    }

    /** The recording synack_retransmit_default: the request is gone when the late ACK comes. */
    @Test
    void linuxSynAckIsSentFiveTimesMore() {
        Bench bench = Drill.linux().run("""
                0 < S 0:0(0)
                0 > S. 0:0(0) ack 1
                1 > S. 0:0(0) ack 1
                3 > S. 0:0(0) ack 1
                7 > S. 0:0(0) ack 1
                15 > S. 0:0(0) ack 1
                31 > S. 0:0(0) ack 1
                62.999999 is SYN_RECEIVED
                63 is LISTEN
                75 < . 1:1(0) ack 1
                75 > R 1:1(0)
                """);
        assertThat(bench.ledger.of(TcpCount.HALF_OPEN_GIVEN_UP)).isEqualTo(1);
        assertThat(bench.ledger.of(TcpCount.CONNECTIONS_GIVEN_UP)).isZero();
    }

    /** tcp_reqsk_timeout(): a request knows nothing of tcp_rto_max_ms. */
    @Test
    void linuxSynAckIsNotBoundedByTheGreatestTimeout() {
        Drill.with("linux", Map.of("tcp_rto_max_ms", "2000")).run("""
                0 < S 0:0(0) win 65535
                0 > S. 0:0(0) ack 1
                1 > S. 0:0(0) ack 1
                3 > S. 0:0(0) ack 1
                7 > S. 0:0(0) ack 1
                15 > S. 0:0(0) ack 1
                """);
    }

    @Test
    void anEndThatGaveUpListensAgain() {
        Drill.of(linuxWith(Map.of("tcp_synack_retries", "0"))).run("""
                0 < S 0:0(0)
                0 > S. 0:0(0) ack 1
                1 is LISTEN
                2 < S 0:0(0)
                2 > S. 1:1(0) ack 1
                2.1 < . 1:1(0) ack 2
                2.1 is ESTABLISHED
                """);
    }

    @Test
    void resetsWhileOpening() {
        Drill.rfc().run("""
                0.000 open
                0.000 > S 0:0(0)
                0.010 < R 0:0(0)
                0.010 is SYN_SENT
                0.020 < R. 0:0(0) ack 7
                0.020 is SYN_SENT
                0.030 < R. 0:0(0) ack 1
                0.030 is CLOSED
                """);
        Drill.rfc().run("""
                0.000 < S 0:0(0)
                0.000 > S. 0:0(0) ack 1
                0.010 < R 1:1(0)
                0.010 is LISTEN
                """);
    }

    @Test
    void anAcknowledgmentOfWhatWasNotSentIsReset() {
        Drill.rfc().run("""
                0.000 open
                0.000 > S 0:0(0)
                0.010 < S. 0:0(0) ack 9
                0.010 > R 9:9(0)
                0.010 is SYN_SENT
                0.500 < . 1:1(0) ack 0
                0.500 > R 0:0(0)
                1.000 > S 0:0(0)
                """);
    }

    /** RFC 6298, section 5.7, and the recording handshake_syn_retx_then_data_nots. */
    @Test
    void aRetransmittedHandshakeLeavesThreeSeconds() {
        Drill.linux().run("""
                0.0 open
                0.0 > S 0:0(0)
                1.0 > S 0:0(0)
                1.1 < S. 0:0(0) ack 1
                1.1 > . 1:1(0) ack 1
                1.2 write 100
                1.2 > P. 1:101(100) ack 1
                4.2 > P. 1:101(100) ack 1
                10.2 > P. 1:101(100) ack 1
                """);
        Drill.rfc().run("""
                0.0 open
                0.0 > S 0:0(0)
                1.0 > S 0:0(0)
                1.1 < S. 0:0(0) ack 1
                1.1 > . 1:1(0) ack 1
                1.2 write 3000
                1.2 > . 1:1461(1460) ack 1
                4.2 > . 1:1461(1460) ack 1
                """);
    }

    @Test
    void initialWindowAfterLossesInTheHandshake() {
        // Linux forgives one.
        Drill.linux().run("""
                0.0 open
                0.0 > S 0:0(0)
                1.0 > S 0:0(0)
                1.1 < S. 0:0(0) ack 1
                1.1 > . 1:1(0) ack 1
                1.2 write 2920
                1.2 > . 1:1461(1460) ack 1
                1.2 > P. 1461:2921(1460) ack 1
                """);
        Drill.linux().run("""
                0.0 open
                0.0 > S 0:0(0)
                1.0 > S 0:0(0)
                2.0 > S 0:0(0)
                2.1 < S. 0:0(0) ack 1
                2.1 > . 1:1(0) ack 1
                2.2 write 2920
                2.2 > . 1:1461(1460) ack 1
                """);
    }

    static Profile linuxWith(Map<String, String> settings) {
        return Profile.named("linux")
                .with(Map.of("timestamps", "off", "sack", "off"))
                .with(settings);
    }
}
