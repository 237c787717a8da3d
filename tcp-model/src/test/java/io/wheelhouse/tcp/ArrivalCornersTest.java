package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Segments that arrive where few expect them, and stacks that differ about them. */
class ArrivalCornersTest {
    private static final String ESTABLISHED = """
            0 < S 0:0(0) win 65535
            0 > S. 0:0(0) ack 1
            0.1 < . 1:1(0) ack 1
            """;
    private static final String SYN_ACK_WITH_DATA = """
            0 open
            0 > S 0:0(0)
            0.1 < S. 0:3(3) ack 1 win 65535
            """;

    /** RFC 9293, section 3.10.7.3, fourth. */
    @Test
    void dataInASynAckIsTaken() {
        Bench bench = Drill.freebsd().run(SYN_ACK_WITH_DATA + "0.1 > . 1:1(0) ack 4\n");
        assertThat(bench.ledger.of(TcpCount.BYTES_DELIVERED)).isEqualTo(3);
    }

    @Test
    void linuxDropsIt() {
        Bench bench = Drill.linux().run(SYN_ACK_WITH_DATA + "0.1 > . 1:1(0) ack 1\n");
        assertThat(bench.ledger.of(TcpCount.BYTES_DELIVERED)).isZero();
    }

    /** FreeBSD's acknowledgments bear the FIN again until it is acknowledged; others' do not. */
    @Test
    void freebsdRepeatsItsFin() {
        Drill.freebsd().run(ESTABLISHED + """
                1 shutdown
                1 > F. 1:1(0) ack 1
                1.1 < F. 1:1(0) ack 1
                1.1 > F. 1:1(0) ack 2
                1.1 is CLOSING
                1.2 < . 2:2(0) ack 2
                1.2 is TIME_WAIT
                """);
    }

    /** Every second segment is acknowledged, however small. */
    @Test
    void freebsdDelaysOneAcknowledgmentAtATime() {
        Drill.freebsd().run(ESTABLISHED + """
                1 < P. 1:2(1) ack 1
                1.01 < P. 2:4(2) ack 1
                1.01 > . 1:1(0) ack 4
                1.02 < P. 4:8(4) ack 1
                1.06 > . 1:1(0) ack 8
                """);
    }

    /** Data that is old in part is acknowledged at once, or the report of it would be lost. */
    @Test
    void freebsdAnswersWhatIsOldInPart() {
        Drill.of(Profile.named("freebsd").with(Map.of("timestamps", "off", "keepalive", "off")))
                .run(ESTABLISHED + """
                1 < P. 1:101(100) ack 1
                1.04 > . 1:1(0) ack 101
                2 < P. 51:201(150) ack 1
                2 > . 1:1(0) ack 201
                """);
    }

    /** A block is one of data; Linux counts the FIN behind it in. */
    @Test
    void aFinOutOfOrderInASackBlock() {
        for (String profile : List.of("linux", "freebsd")) {
            SoloEnd end = new SoloSetup().profile(Profile.named(profile)).build();
            List<TcpSegment> sent = new ArrayList<>();
            end.listener((atNs, segment) -> sent.add(segment));
            end.listen();
            end.arrive(TcpSegment.of(TcpSegment.SYN, 0, 0, 0, 65_535).with(TcpSegment.Options.ofSyn(1_460, 7, true)));
            end.arrive(TcpSegment.of(TcpSegment.ACK, 1, 1, 0, 65_535));
            end.arrive(TcpSegment.of(TcpSegment.ACK | TcpSegment.FIN, 101, 1, 100, 65_535));
            assertThat(sent.get(sent.size() - 1).options().sackBlocks())
                    .containsExactly(new SackBlock(101, profile.equals("linux") ? 202 : 201));
        }
    }

    @Test
    void rfcDoesNot() {
        Drill.rfc().run(ESTABLISHED + """
                1 shutdown
                1 > F. 1:1(0) ack 1
                1.1 < F. 1:1(0) ack 1
                1.1 > . 2:2(0) ack 2
                1.2 < . 2:2(0) ack 2
                1.2 is TIME_WAIT
                """);
    }

    /** What is not older than the last acknowledgment sent may acknowledge something, though its data is old. */
    @Test
    void linuxBelievesTheAcknowledgmentOfOldData() {
        Drill.linux().run(ESTABLISHED + """
                1 < P. 1:101(100) ack 1
                1 > . 1:1(0) ack 101
                1.1 write 10
                1.1 > P. 1:11(10) ack 101
                1.2 < P. 1:101(100) ack 11
                1.2 > . 11:11(0) ack 101
                2 is ESTABLISHED
                """);
    }
}
