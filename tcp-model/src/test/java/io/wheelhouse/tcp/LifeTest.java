package io.wheelhouse.tcp;

import static io.wheelhouse.tcp.HandshakeTest.linuxWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.profile.Profile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Closing, resetting, keeping alive: RFC 9293, sections 3.6, 3.8.4 and 3.10. */
class LifeTest {
    private static final String ESTABLISHED = """
            0 < S 0:0(0)
            0 > S. 0:0(0) ack 1
            0 < . 1:1(0) ack 1
            """;

    @Test
    void linuxTimeWaitLastsSixtySecondsAndARepeatedFinRestartsIt() {
        Drill.linux().run(ESTABLISHED + """
                1 close
                1 > F. 1:1(0) ack 1
                1 is FIN_WAIT_1
                1.1 < . 1:1(0) ack 2
                1.1 is FIN_WAIT_2
                3 < F. 1:1(0) ack 2
                3 > . 2:2(0) ack 2
                3 is TIME_WAIT
                10 < F. 1:1(0) ack 2
                10 > . 2:2(0) ack 2
                69.999 is TIME_WAIT
                70 is CLOSED
                """);
    }

    @Test
    void rfcTimeWaitLastsFourMinutes() {
        Bench bench = Drill.rfc().run(ESTABLISHED + """
                1 close
                1 > F. 1:1(0) ack 1
                2 < F. 1:1(0) ack 2
                2 > . 2:2(0) ack 2
                2 is TIME_WAIT
                241.999 is TIME_WAIT
                242 is CLOSED
                """);
        assertThat(bench.ledger.of(TcpCount.CONNECTIONS_CLOSED)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(EntrySharing.class)
    void linuxWaitsSixtySecondsForTheFin(EntrySharing entries) {
        Bench bench = Drill.linux().entries(entries).run(ESTABLISHED + """
                1 close
                1 > F. 1:1(0) ack 1
                1.1 < . 1:1(0) ack 2
                61.099 is FIN_WAIT_2
                61.1 is CLOSED
                """);
        assertThat(bench.ledger.of(TcpCount.CONNECTIONS_GIVEN_UP)).isEqualTo(1);
        assertThat(bench.ledger.of(TcpTimer.FIN_WAIT_2, TimerCount.FIRED)).isEqualTo(1);
    }

    @Test
    void rfcWaitsForTheFinForEver() {
        Drill.rfc().run(ESTABLISHED + """
                1 close
                1 > F. 1:1(0) ack 1
                1.1 < . 1:1(0) ack 2
                90000 is FIN_WAIT_2
                """);
    }

    @Test
    void passiveClose() {
        Drill.rfc().run(ESTABLISHED + """
                1 < F. 1:1(0) ack 1
                1 > . 1:1(0) ack 2
                1 is CLOSE_WAIT
                2 write 10
                2 > P. 1:11(10) ack 2
                2.1 < . 2:2(0) ack 11
                3 close
                3 > F. 11:11(0) ack 2
                3 is LAST_ACK
                3.1 < . 2:2(0) ack 12
                3.1 is CLOSED
                """);
    }

    /** In the recording timewait_default the peer's ACK of the FIN comes 40 ms later: it waits for a FIN of its own. */
    @Test
    void linuxDelaysTheAcknowledgmentOfAFin() {
        Drill.linux().run(ESTABLISHED + """
                1 < P. 1:2(1) ack 1
                1 > . 1:1(0) ack 2
                1.1 < F. 2:2(0) ack 1
                1.14 > . 1:1(0) ack 3
                """);
    }

    @Test
    void simultaneousClose() {
        Drill.rfc().run(ESTABLISHED + """
                1 close
                1 > F. 1:1(0) ack 1
                1.01 < F. 1:1(0) ack 1
                1.01 > . 2:2(0) ack 2
                1.01 is CLOSING
                1.1 < . 2:2(0) ack 2
                1.1 is TIME_WAIT
                241.099 is TIME_WAIT
                241.1 is CLOSED
                """);
    }

    @Test
    void aFinIsRetransmittedAndGivenUp() {
        Drill.rfc().run(ESTABLISHED + """
                1 close
                1 > F. 1:1(0) ack 1
                2 > F. 1:1(0) ack 1
                4 > F. 1:1(0) ack 1
                8 > F. 1:1(0) ack 1
                16 > F. 1:1(0) ack 1
                32 > F. 1:1(0) ack 1
                64 > F. 1:1(0) ack 1
                123.9 is FIN_WAIT_1
                124 is CLOSED
                """);
    }

    @Test
    void theLastDataCarriesTheFin() {
        Drill.rfc().run(ESTABLISHED + """
                1 write 14600
                1 > . 1:1461(1460) ack 1
                1 > . 1461:2921(1460) ack 1
                1 > . 2921:4381(1460) ack 1
                1 > . 4381:5841(1460) ack 1
                1 > . 5841:7301(1460) ack 1
                1 > . 7301:8761(1460) ack 1
                1 > . 8761:10221(1460) ack 1
                1 > . 10221:11681(1460) ack 1
                1 > . 11681:13141(1460) ack 1
                1 > P. 13141:14601(1460) ack 1
                1.1 write 10
                1.1 close
                1.1 is FIN_WAIT_1
                1.2 < . 1:1(0) ack 14601
                1.2 > FP. 14601:14611(10) ack 1
                1.3 < . 1:1(0) ack 14612
                1.3 is FIN_WAIT_2
                """);
    }

    @Test
    void abortSendsAReset() {
        Bench bench = Drill.rfc().run(ESTABLISHED + """
                1 write 10
                1 > P. 1:11(10) ack 1
                1.1 abort
                1.1 > R. 11:11(0) ack 1
                1.1 is CLOSED
                9 is CLOSED
                """);
        assertThat(bench.ledger.of(TcpCount.CONNECTIONS_RESET)).isEqualTo(1);
        assertThat(bench.pendingTimers()).isEmpty();
        assertThat(bench.bucket.timers().size()).isZero();
    }

    /** RFC 5961, section 3.2: only a reset at the very number expected counts. */
    @Test
    void resetsMustBeExact() {
        Drill.rfc().run(ESTABLISHED + """
                1 < R 70000:70000(0)
                1 is ESTABLISHED
                2 < R 9:9(0)
                2 > . 1:1(0) ack 1
                2 is ESTABLISHED
                3 < R 1:1(0)
                3 is CLOSED
                """);
    }

    /** 7200 s + 9 * 75 s = 7875 s after the last word. */
    @ParameterizedTest
    @EnumSource(EntrySharing.class)
    void keepaliveGivesUpAfter7875Seconds(EntrySharing entries) {
        Bench bench =
                Drill.of(linuxWith(Map.of("keepalive", "on"))).entries(entries).run(ESTABLISHED + """
                10 < P. 1:101(100) ack 1
                10 > . 1:1(0) ack 101
                7210 > . 0:0(0) ack 101
                7285 > . 0:0(0) ack 101
                7360 > . 0:0(0) ack 101
                7435 > . 0:0(0) ack 101
                7510 > . 0:0(0) ack 101
                7585 > . 0:0(0) ack 101
                7660 > . 0:0(0) ack 101
                7735 > . 0:0(0) ack 101
                7810 > . 0:0(0) ack 101
                7884.999 is ESTABLISHED
                7885 > R. 1:1(0) ack 101
                7885 is CLOSED
                """);
        assertThat(bench.ledger.of(TcpTimer.KEEPALIVE, TimerCount.FIRED)).isEqualTo(10);
        assertThat(bench.ledger.of(TcpCount.KEEPALIVE_PROBES)).isEqualTo(9);
    }

    /** The packetdrill script keepalive-idle2-intvl1-cnt3 on exact timers. */
    @ParameterizedTest
    @EnumSource(EntrySharing.class)
    void anAnsweredProbeStartsTheIdleTimeAgain(EntrySharing entries) {
        Profile profile = linuxWith(Map.of(
                "keepalive", "on",
                "tcp_keepalive_time", "2s",
                "tcp_keepalive_intvl", "1s",
                "tcp_keepalive_probes", "3"));
        Drill.of(profile).entries(entries).run(ESTABLISHED + """
                2 > . 0:0(0) ack 1
                2.01 < . 1:1(0) ack 1
                4.01 > . 0:0(0) ack 1
                5.01 > . 0:0(0) ack 1
                6.01 > . 0:0(0) ack 1
                7.01 > R. 1:1(0) ack 1
                7.01 is CLOSED
                """);
    }

    @Test
    void aProbeIsAnswered() {
        Drill.rfc().run(ESTABLISHED + """
                100 < . 0:0(0) ack 1
                100 > . 1:1(0) ack 1
                200 < . 0:0(0) ack 1
                200 > . 1:1(0) ack 1
                """);
    }

    @Test
    void whileDataIsOutTheRetransmissionTimerWatches() {
        Profile profile = linuxWith(Map.of("keepalive", "on", "tcp_keepalive_time", "2s"));
        Drill.of(profile).run(ESTABLISHED + """
                1 write 10
                1 > P. 1:11(10) ack 1
                1.2 > P. 1:11(10) ack 1
                1.6 > P. 1:11(10) ack 1
                2.4 > P. 1:11(10) ack 1
                4 > P. 1:11(10) ack 1
                4.1 < . 1:1(0) ack 11
                6.1 > . 10:10(0) ack 1
                """);
    }
}
