package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How long an end goes on: user timeout, orphans, closing, thin streams, timed openings, a path in doubt. */
class PatienceTest {
    private static final String ESTABLISHED = """
            0 < S 0:0(0) win 65535
            0 > S. 0:0(0) ack 1
            0.1 < . 1:1(0) ack 1
            """;

    /** RFC 5482; RFC 9293, section 3.10.8: the clock starts when data is in flight. */
    @ParameterizedTest
    @EnumSource(EntrySharing.class)
    void theUserTimerRunsWhileDataIsInFlight(EntrySharing entries) {
        Bench bench =
                Drill.with("rfc", Map.of("user-timeout", "5s")).entries(entries).run(ESTABLISHED + """
                1 write 10
                1 > P. 1:11(10) ack 1
                1.1 < . 1:1(0) ack 11
                2 write 10
                2 > P. 11:21(10) ack 1
                3 > P. 11:21(10) ack 1
                5 > P. 11:21(10) ack 1
                6.999 is ESTABLISHED
                7 is CLOSED
                """);
        assertThat(bench.ledger.of(TcpTimer.USER_TIMEOUT, TimerCount.FIRED)).isEqualTo(1);
        assertThat(bench.ledger.of(TcpTimer.USER_TIMEOUT, TimerCount.CANCELLED)).isPositive();
        assertThat(bench.ledger.of(TcpCount.CONNECTIONS_GIVEN_UP)).isEqualTo(1);
    }

    /** tcp_keepalive_timer(): with a user timeout its time counts, not the number of probes. */
    @Test
    void linuxKeepaliveEndsByTheUserTimeout() {
        Drill.with(
                        "linux",
                        Map.of(
                                "keepalive", "on",
                                "tcp_keepalive_time", "2",
                                "tcp_keepalive_intvl", "1",
                                "tcp_keepalive_probes", "2",
                                "user-timeout", "5500ms"))
                .run(ESTABLISHED + """
                2.1 > . 0:0(0) ack 1
                3.1 > . 0:0(0) ack 1
                4.1 > . 0:0(0) ack 1
                5.1 > . 0:0(0) ack 1
                6.1 > R. 1:1(0) ack 1
                6.1 is CLOSED
                """);
    }

    /** Half of it as a whole socket, half like TIME-WAIT: tcp_keepalive_timer() with tcp_fin_timeout of 90 s. */
    @ParameterizedTest
    @CsvSource({"30, 30", "60, 60", "90, 60", "100, 80"})
    void linuxFinWait2(int timeoutS, int lastsS) {
        Bench bench = Drill.with("linux", Map.of("tcp_fin_timeout", Integer.toString(timeoutS)))
                .run(ESTABLISHED + """
                1 close
                1 > F. 1:1(0) ack 1
                1.1 < . 1:1(0) ack 2
                %d.099 is FIN_WAIT_2
                %d.1 is CLOSED
                """.formatted(lastsS + 1, lastsS + 1));
        assertThat(bench.ledger.of(TcpTimer.ORPHAN, TimerCount.FIRED)).isEqualTo(timeoutS > 60 ? 1 : 0);
    }

    @Test
    void oneThatOnlyStopsWritingReadsForEver() {
        Drill.linux().run(ESTABLISHED + """
                1 shutdown
                1 > F. 1:1(0) ack 1
                1.1 < . 1:1(0) ack 2
                100 < . 1:101(100) ack 2
                100 > . 2:2(0) ack 101
                1000 is FIN_WAIT_2
                1001 close
                1061 is CLOSED
                """);
    }

    /** RFC 1122, section 4.2.2.13; the peer's data after close(2). */
    @Test
    void dataForNobodyIsAnsweredWithAReset() {
        Drill.linux().run(ESTABLISHED + """
                1 close
                1 > F. 1:1(0) ack 1
                1.1 < . 1:1(0) ack 2
                3 < P. 1:101(100) ack 2
                3 > R 2:2(0)
                3 is CLOSED
                """);
    }

    @Test
    void aResetInTimeWaitIsIgnoredByFreeBsdAsRfc1337Asks() {
        String closing = ESTABLISHED + """
                1 close
                1 > F. 1:1(0) ack 1
                1.1 < F. 1:1(0) ack 2
                1.1 > . 2:2(0) ack 2
                3 < R 2:2(0)
                """;
        Drill.freebsd().run(closing + "3 is TIME_WAIT\n61.099 is TIME_WAIT\n61.1 is CLOSED\n");
        Drill.rfc().run(closing + "3 is CLOSED\n");
    }

    @Test
    void aThinStreamDoesNotDoubleAtFirst() {
        Drill.with("linux", Map.of("tcp_thin_linear_timeouts", "1", "thin-linear-retries", "2"))
                .run(ESTABLISHED + """
                1 write 10
                1 > P. 1:11(10) ack 1
                1.3 > P. 1:11(10) ack 1
                1.6 > P. 1:11(10) ack 1
                1.9 > P. 1:11(10) ack 1
                2.5 > P. 1:11(10) ack 1
                3.7 > P. 1:11(10) ack 1
                """);
    }

    /** tcp_stream_is_thin(), include/net/tcp.h, counts segments, however short: these are too long to be sent again as one. */
    @Test
    void fourSegmentsAreNotThin() {
        Drill.with("linux", Map.of("tcp_thin_linear_timeouts", "1", "thin-linear-retries", "2"))
                .run(ESTABLISHED + """
                1 write 800
                1 > P. 1:801(800) ack 1
                1 write 800
                1 > P. 801:1601(800) ack 1
                1 write 800
                1 > P. 1601:2401(800) ack 1
                1 write 800
                1 > P. 2401:3201(800) ack 1
                1.3 > P. 1:801(800) ack 1
                1.9 > P. 1:801(800) ack 1
                3.1 > P. 1:801(800) ack 1
                """);
    }

    /** Each timeout but the first is a doubled second and net.inet.tcp.rexmit_slop. */
    @Test
    void freebsdTimesAnOpening() {
        Bench bench = Drill.freebsd().run("""
                0 open
                0 > S 0:0(0)
                1 > S 0:0(0)
                3.2 > S 0:0(0)
                7.4 > S 0:0(0)
                15.6 > S 0:0(0)
                31.8 > S 0:0(0)
                64 > S 0:0(0)
                74.999 is SYN_SENT
                75 is CLOSED
                """);
        assertThat(bench.ledger.of(TcpTimer.KEEPALIVE, TimerCount.FIRED)).isEqualTo(1);
    }

    @Test
    void freebsdResetsWhenItGivesUpIdle() {
        Drill.with(
                        "freebsd",
                        Map.of(
                                "keepalive",
                                "on",
                                "net.inet.tcp.keepidle",
                                "2000",
                                "net.inet.tcp.keepintvl",
                                "1000",
                                "net.inet.tcp.keepcnt",
                                "2"))
                .run(ESTABLISHED + """
                2.1 > . 0:0(0) ack 1
                3.1 > . 0:0(0) ack 1
                4.1 > R. 1:1(0) ack 1
                """);
    }
}
