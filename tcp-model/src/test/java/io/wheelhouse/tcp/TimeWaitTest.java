package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** TIME-WAIT, and FIN-WAIT-2 without an owner: tcp_timewait_state_process(), net/ipv4/tcp_minisocks.c of Linux 6.18. */
class TimeWaitTest {
    private static final String FIN_WAIT_2 = """
            0 < S 0:0(0)
            0 > S. 0:0(0) ack 1
            0.1 < . 1:1(0) ack 1
            1 close
            1 > F. 1:1(0) ack 1
            1.1 < . 1:1(0) ack 2
            """;
    private static final String TIME_WAIT = FIN_WAIT_2 + """
            2 < F. 1:1(0) ack 2
            2 > . 2:2(0) ack 2
            2 is TIME_WAIT
            """;

    @Test
    void anAcknowledgmentStartsItAgainAndIsAnsweredOnlyOutOfPlace() {
        Drill.linux().run(TIME_WAIT + """
                20 < . 2:2(0) ack 2
                30 < . 1:1(0) ack 2
                30 > . 2:2(0) ack 2
                30.1 < . 1:1(0) ack 2
                90.099 is TIME_WAIT
                90.1 is CLOSED
                """);
    }

    @Test
    void aRepeatedFinStartsItAgainAndIsAlwaysAnswered() {
        Drill.linux().run(TIME_WAIT + """
                20 < F. 1:1(0) ack 2
                20 > . 2:2(0) ack 2
                20.1 < F. 1:1(0) ack 2
                20.1 > . 2:2(0) ack 2
                80.099 is TIME_WAIT
                80.1 is CLOSED
                """);
    }

    /** A SYN may be new or old: it is answered, and nothing starts again. */
    @Test
    void aSynBelowTheWindowDoesNotStartItAgain() {
        Drill.linux().run(TIME_WAIT + """
                20 < S 0:0(0)
                20 > . 2:2(0) ack 2
                61.999 is TIME_WAIT
                62 is CLOSED
                """);
    }

    @Test
    void onlyAResetInPlaceEndsIt() {
        Drill.linux().run(TIME_WAIT + """
                3 < R 3:3(0)
                3 is TIME_WAIT
                4 < R 2:2(0)
                4 is CLOSED
                """);
    }

    @Test
    void withoutAnOwnerAnyResetInTheWindowEndsFinWait2() {
        Drill.linux().run(FIN_WAIT_2 + """
                3 < R 900000:900000(0)
                3 is FIN_WAIT_2
                4 < R 100:100(0)
                4 is CLOSED
                """);
    }

    @Test
    void withoutAnOwnerFinWait2AnswersWhatIsOutOfPlace() {
        Drill.linux().run(FIN_WAIT_2 + """
                3 < . 900000:900000(0) ack 2
                3 > . 2:2(0) ack 1
                3.1 < . 900000:900000(0) ack 2
                4 < . 1:1(0) ack 2
                5 < S. 100:100(0) ack 2
                5 > R 2:2(0)
                5 is CLOSED
                """);
    }

    /** PAWS: an old segment is answered, and starts TIME-WAIT again. */
    @Test
    void anOldTimestampStartsItAgain() {
        SoloEnd end = new SoloSetup().build();
        end.listen();
        arrive(end, 0, TcpSegment.SYN, 0, 0, 100);
        int iss = 0;
        arrive(end, 100, TcpSegment.ACK, 1, iss + 1, 200);
        end.close();
        arrive(end, 1_000, TcpSegment.ACK | TcpSegment.FIN, 1, iss + 2, 1_100);
        assertThat(end.state()).isEqualTo(TcpState.TIME_WAIT);
        arrive(end, 31_000, TcpSegment.ACK, 2, iss + 2, 50);
        end.runUntil(90_999_000_000L);
        assertThat(end.state()).isEqualTo(TcpState.TIME_WAIT);
        end.runUntil(91_000_000_000L);
        assertThat(end.state()).isEqualTo(TcpState.CLOSED);
    }

    /** A forged number far ahead is forgotten when the peer has been silent for long: TCP_PAWS_WRAP, 2147 s. */
    @Test
    void aTimestampGoesStale() {
        SoloEnd end = new SoloSetup().build();
        end.listen();
        arrive(end, 0, TcpSegment.SYN, 0, 0, 100);
        arrive(end, 100, TcpSegment.ACK, 1, 1, 1_000_000);
        data(end, 1_000_000, 1, 1_000);
        assertThat(end.delivered()).isZero();
        data(end, 2_147_000, 1, 1_001);
        assertThat(end.delivered()).isZero();
        data(end, 2_147_101, 1, 1_002);
        assertThat(end.delivered()).isEqualTo(10);
        // a tick of disorder passes, two do not: TCP_PAWS_WINDOW
        data(end, 2_147_200, 11, 1_001);
        assertThat(end.delivered()).isEqualTo(20);
        data(end, 2_147_300, 21, 1_000);
        assertThat(end.delivered()).isEqualTo(20);
    }

    private static void data(SoloEnd end, long atMs, int seq, int timestamp) {
        end.runUntil(atMs * 1_000_000);
        TcpSegment segment = TcpSegment.of(TcpSegment.ACK, seq, 1, 10, 65_535);
        end.arrive(segment.with(TcpSegment.Options.NONE.withTimestamps(timestamp, 1)));
    }

    private static void arrive(SoloEnd end, long atMs, int flags, int seq, int ack, int timestamp) {
        end.runUntil(atMs * 1_000_000);
        TcpSegment.Options options =
                (flags & TcpSegment.SYN) == 0 ? TcpSegment.Options.NONE : TcpSegment.Options.ofSyn(1_460, 7, true);
        end.arrive(TcpSegment.of(flags, seq, ack, 0, 65_535).with(options.withTimestamps(timestamp, 1)));
    }
}
