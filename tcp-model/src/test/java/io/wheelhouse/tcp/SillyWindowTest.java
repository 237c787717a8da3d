package io.wheelhouse.tcp;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a sender does with windows that are small, or smaller than they were (RFC 9293, section 3.8.6.2.1). */
class SillyWindowTest {
    private static final String ESTABLISHED = """
            0 < S 0:0(0) win 4000
            0 > S. 0:0(0) ack 1
            0.1 < . 1:1(0) ack 1
            """;

    /** A part goes only if it fills half the largest window, or when a timeout says that nothing better comes. */
    @Test
    void rfcSendsAPartThatFillsHalfTheWindow() {
        Drill.rfc().run(ESTABLISHED + """
                1 write 6000
                1 > . 1:1461(1460) ack 1
                1 > . 1461:2921(1460) ack 1
                1.1 < . 1:1(0) ack 2921 win 1000
                2.1 > . 2921:3921(1000) ack 1
                2.2 < . 1:1(0) ack 3921 win 1460
                2.2 > . 3921:5381(1460) ack 1
                2.3 < . 1:1(0) ack 5381 win 600
                3.3 > . 5381:5981(600) ack 1
                3.4 < . 1:1(0) ack 5981 win 600
                3.4 > P. 5981:6001(20) ack 1
                """);
    }

    @Test
    void aPartOfHalfTheWindowGoesAtOnce() {
        Drill.rfc().run("""
                0 < S 0:0(0) win 1000
                0 > S. 0:0(0) ack 1
                0.1 < . 1:1(0) ack 1
                1 write 3000
                1 > . 1:1001(1000) ack 1
                1.1 < . 1:1(0) ack 1001 win 500
                1.1 > . 1001:1501(500) ack 1
                1.2 < . 1:1(0) ack 1501 win 499
                2.2 > . 1501:2000(499) ack 1
                """);
    }

    /** Linux waits for a full segment's room, and then for the probe's timeout. */
    @Test
    void linuxSendsNoPart() {
        Drill.with("linux", Map.of()).run(ESTABLISHED + """
                1 write 6000
                1 > . 1:1461(1460) ack 1
                1 > P. 1461:2921(1460) ack 1
                1.1 < . 1:1(0) ack 2921 win 1000
                1.4 > P. 2921:3921(1000) ack 1
                """);
    }

    /** A FIN takes a place in the window, and a closed window is probed for its sake. */
    @Test
    void aFinWaitsForTheWindow() {
        Drill.with("linux", Map.of()).run(ESTABLISHED + """
                1 write 1000
                1 > P. 1:1001(1000) ack 1
                1.1 < . 1:1(0) ack 1001 win 0
                2 close
                2.3 > . 1000:1000(0) ack 1
                2.35 < . 1:1(0) ack 1001
                2.95 > . 1000:1000(0) ack 1
                3 < . 1:1(0) ack 1001 win 1
                3 > F. 1001:1001(0) ack 1
                3.1 < . 1:1(0) ack 1002
                3.1 is FIN_WAIT_2
                """);
    }

    @Test
    void rfcProbesWithTheFin() {
        Drill.rfc().run(ESTABLISHED + """
                1 write 1000
                1 > P. 1:1001(1000) ack 1
                1.1 < . 1:1(0) ack 1001 win 0
                2 shutdown
                3 > F. 1001:1001(0) ack 1
                3.1 < . 1:1(0) ack 1001
                5 > F. 1001:1001(0) ack 1
                5.1 < . 1:1(0) ack 1002
                5.1 is FIN_WAIT_2
                """);
    }

    /** Data and FIN are one to Linux, which does not send the one where the other has no room. */
    @Test
    void linuxDoesNotPartAFinFromItsData() {
        Drill.with("linux", Map.of()).run("""
                0 < S 0:0(0) win 1000
                0 > S. 0:0(0) ack 1
                0.1 < . 1:1(0) ack 1
                1 write 1500
                1 > . 1:501(500) ack 1
                1 > P. 501:1001(500) ack 1
                1.05 shutdown
                1.1 < . 1:1(0) ack 1001 win 500
                1.4 > P. 1001:1501(500) ack 1
                1.5 < . 1:1(0) ack 1501 win 500
                1.5 > FP. 1501:1501(0) ack 1
                """);
    }

    /** But behind another segment the FIN goes with its data, into no window at all: both are one buffer to Linux. */
    @Test
    void linuxSendsAFinBehindAFullWindow() {
        Drill.with("linux", Map.of()).run("""
                0 < S 0:0(0) win 1000
                0 > S. 0:0(0) ack 1
                0.1 < . 1:1(0) ack 1
                1 write 2000
                1 > . 1:501(500) ack 1
                1 > P. 501:1001(500) ack 1
                1.05 shutdown
                1.1 < . 1:1(0) ack 1001
                1.1 > . 1001:1501(500) ack 1
                1.1 > FP. 1501:2001(500) ack 1
                1.2 < . 1:1(0) ack 1501 win 500
                1.5 > FP. 1501:2001(500) ack 1
                1.6 < . 1:1(0) ack 2002
                1.6 is FIN_WAIT_2
                """);
    }

    /** Small segments go again as one; and no more of a segment than the window now takes. */
    @Test
    void linuxPutsTogetherWhatItSendsAgain() {
        Drill.with("linux", Map.of()).run("""
                0 < S 0:0(0) win 8000
                0 > S. 0:0(0) ack 1
                0.1 < . 1:1(0) ack 1
                1 write 100
                1 > P. 1:101(100) ack 1
                1 write 1300
                1 > P. 101:1401(1300) ack 1
                1 write 100
                1 > P. 1401:1501(100) ack 1
                1.3 > P. 1:1401(1400) ack 1
                1.4 < . 1:1(0) ack 1401 win 40
                1.4 > . 1401:1441(40) ack 1
                """);
    }
}
