package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

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
}
