package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments that no honest peer sends, and the answer that the RFCs give; the peer's numbers wrap at 256. */
class HostileSegmentsTest {
    private static final String ESTABLISHED = """
            0 < S 0:0(0) win 65535
            0 > S. 0:0(0) ack 1
            0.1 < . 1:1(0) ack 1
            """;

    private static Drill drill(String profile) {
        return switch (profile) {
            case "linux" -> Drill.linux();
            case "freebsd" -> Drill.freebsd();
            default -> Drill.rfc();
        };
    }

    /** RFC 5961, section 4.2: challenged, whatever its number. */
    @ParameterizedTest
    @ValueSource(strings = {"rfc", "linux", "freebsd"})
    void aSynInEstablished(String profile) {
        Bench bench = drill(profile).run(ESTABLISHED + """
                1 < S 1:1(0)
                1 > . 1:1(0) ack 1
                2 < S 70000:70000(0)
                2 > . 1:1(0) ack 1
                3 < S. 0:0(0) ack 1
                3 > . 1:1(0) ack 1
                """);
        assertThat(Drill.state(bench)).isEqualTo(TcpState.ESTABLISHED);
    }

    /** RFC 5961, section 3.2. */
    @ParameterizedTest
    @ValueSource(strings = {"rfc", "linux", "freebsd"})
    void aResetMustBeExact(String profile) {
        drill(profile).run(ESTABLISHED + """
                1 < R 0:0(0)
                2 < R 70000:70000(0)
                3 < R 2:2(0)
                3 > . 1:1(0) ack 1
                4 is ESTABLISHED
                5 < R 1:1(0)
                5 is CLOSED
                """);
    }

    /** RFC 9293, section 3.10.7.3: in SYN-SENT a reset must acknowledge the SYN. */
    @Test
    void aResetInSynSentMustAcknowledgeTheSyn() {
        Drill.rfc().run("""
                0 open
                0 > S 0:0(0)
                0.1 < R 0:0(0)
                0.2 < R. 0:0(0) ack 5
                0.3 is SYN_SENT
                0.4 < R. 0:0(0) ack 1
                0.4 is CLOSED
                """);
    }

    /** RFC 9293, section 3.10.7.3, first: an acknowledgment of what was not sent is reset. */
    @Test
    void anAcknowledgmentOfNothingInSynSent() {
        Drill.rfc().run("""
                0 open
                0 > S 0:0(0)
                0.1 < S. 0:0(0) ack 5
                0.1 > R 5:5(0)
                0.2 is SYN_SENT
                0.3 < S. 0:0(0) ack 1
                0.3 > . 1:1(0) ack 1
                """);
    }

    /** RFC 9293, section 3.10.7.4, fifth: not processed further. */
    @Test
    void anAcknowledgmentOfWhatWasNotSent() {
        Bench bench = Drill.rfc().run(ESTABLISHED + """
                1 < P. 1:101(100) ack 9
                1 > . 1:1(0) ack 1
                """);
        assertThat(bench.ledger.of(TcpCount.BYTES_DELIVERED)).isZero();
    }

    /** RFC 9293, section 3.4: what has been received is cut off, and the rest taken, across 2^32. */
    @Test
    void overlappingDataAcrossTheWrap() {
        Bench bench = Drill.rfc().run(ESTABLISHED + """
                1 < . 1:201(200) ack 1
                1.1 < . 101:301(200) ack 1
                1.1 < . 201:401(200) ack 1
                1.1 < . 1:401(400) ack 1
                1.1 > . 1:1(0) ack 401
                """);
        assertThat(bench.ledger.of(TcpCount.BYTES_DELIVERED)).isEqualTo(400);
    }

    /** RFC 9293, section 3.10.7.4: what lies beyond the window is cut off. */
    @Test
    void dataBeyondTheWindow() {
        Bench bench =
                Drill.with("rfc", java.util.Map.of("receive-window", "1000B")).run(ESTABLISHED + """
                1 < . 1:1201(1200) ack 1
                1.2 > . 1:1(0) ack 1001
                2 < . 2001:2101(100) ack 1
                2 > . 1:1(0) ack 1001
                """);
        assertThat(bench.ledger.of(TcpCount.BYTES_DELIVERED)).isEqualTo(1_000);
    }

    /** RFC 9293, section 3.8.6: a sender must be robust against a window that shrinks. */
    @Test
    void aShrinkingWindow() {
        Bench bench = Drill.rfc().run(ESTABLISHED + """
                1 write 3000
                1 > . 1:1461(1460) ack 1
                1 > . 1461:2921(1460) ack 1
                1 > P. 2921:3001(80) ack 1
                1.1 < . 1:1(0) ack 1461 win 100
                1.2 < . 1:1(0) ack 3001 win 100
                2 write 300
                2.1 < . 1:1(0) ack 3001 win 1000
                2.1 > P. 3001:3301(300) ack 1
                2.2 < . 1:1(0) ack 3301
                """);
        assertThat(bench.ledger.of(TcpCount.BYTES_ACKNOWLEDGED)).isEqualTo(3_300);
        assertThat(bench.pendingTimers()).isEmpty();
    }

    /** A FIN that contradicts what came before it, and data after a FIN: neither is the peer's. */
    @Test
    void nothingFollowsAFin() {
        Bench bench = Drill.rfc().run(ESTABLISHED + """
                1 < F. 1:1(0) ack 1
                1 > . 1:1(0) ack 2
                2 < . 2:102(100) ack 1
                2 is CLOSE_WAIT
                """);
        assertThat(bench.ledger.of(TcpCount.BYTES_DELIVERED)).isZero();
    }

    /** RFC 9293, section 3.5, figure 7, and data right after. */
    @Test
    void simultaneousOpen() {
        Drill.rfc().run("""
                0 open
                0 > S 0:0(0)
                0.1 < S 0:0(0) win 65535
                0.1 > S. 0:0(0) ack 1
                0.1 is SYN_RECEIVED
                0.2 < S. 0:0(0) ack 1
                0.2 is ESTABLISHED
                """);
    }
}
