package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.profile.Profile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Linux's rule for acknowledgments in its corners: {@link LinuxAcks} names the functions. */
class LinuxAcksTest {
    private static final String ESTABLISHED = """
            0 < S 0:0(0) win 65535
            0 > S. 0:0(0) ack 1
            0.1 < . 1:1(0) ack 1
            """;

    private static Drill linux(Map<String, String> settings) {
        return Drill.of(Profile.named("linux")
                .with(Map.of("timestamps", "off", "sack", "off"))
                .with(settings));
    }

    private static Drill unhurried() {
        return linux(Map.of("quick-acks", "0"));
    }

    /** While nobody reads, the right edge stays, and two segments are no reason. */
    @Test
    void twoFullSegmentsWaitForTheReader() {
        unhurried().run(ESTABLISHED + """
                0.2 pause
                1 < . 1:1461(1460) ack 1
                1.001 < . 1461:2921(1460) ack 1
                1.04 > . 1:1(0) ack 2921
                2 < . 2921:4381(1460) ack 1
                2.001 < . 4381:5841(1460) ack 1
                2.002 read 5840
                2.002 > . 1:1(0) ack 5841
                """);
    }

    @Test
    void twoFullSegmentsAreAcknowledgedAtOnceToOneWhoReads() {
        unhurried().run(ESTABLISHED + """
                1 < . 1:1461(1460) ack 1
                1.001 < . 1461:2921(1460) ack 1
                1.001 > . 1:1(0) ack 2921
                """);
    }

    /** tcp_grow_window(): four full segments enlarge the window of a buffer that nobody reads, and cost no quick one. */
    @Test
    void aGrowingWindowPaysForQuickAcknowledgments() {
        linux(Map.of("quick-acks", "1")).run(ESTABLISHED + """
                0.15 pause
                0.2 < . 1:1461(1460) ack 1
                0.2 > . 1:1(0) ack 1461
                0.3 < . 1461:2921(1460) ack 1
                0.3 > . 1:1(0) ack 2921
                0.4 < . 2921:4381(1460) ack 1
                0.4 > . 1:1(0) ack 4381
                0.5 < . 4381:5841(1460) ack 1
                0.5 > . 1:1(0) ack 5841
                0.6 < . 5841:7301(1460) ack 1
                0.64 > . 1:1(0) ack 7301
                """);
    }

    /** Only what empties the buffer acknowledges the end of a write. */
    @Test
    void readingAPartAcknowledgesNothing() {
        SoloEnd end = new SoloSetup().set(Map.of("quick-acks", "0")).build();
        int[] sent = {0};
        end.listener((atNs, segment) -> sent[0]++);
        end.autoRead(false);
        end.listen();
        end.arrive(TcpSegment.of(TcpSegment.SYN, 0, 0, 0, 65_535));
        end.arrive(TcpSegment.of(TcpSegment.ACK, 1, 1, 0, 65_535));
        sent[0] = 0;
        end.arrive(TcpSegment.of(TcpSegment.ACK | TcpSegment.PSH, 1, 1, 100, 65_535));
        end.read(60);
        assertThat(sent[0]).isZero();
        end.read(40);
        assertThat(sent[0]).isOne();
    }

    /** The second of two smaller segments of one size says what a full one is. */
    @Test
    void theSizeOfTheirSegmentsShrinks() {
        unhurried().run(ESTABLISHED + """
                1 < . 1:1461(1460) ack 1
                1 < . 1461:2161(700) ack 1
                1 > . 1:1(0) ack 2161
                1.01 < . 2161:2861(700) ack 1
                1.02 < . 2861:3561(700) ack 1
                1.02 > . 1:1(0) ack 3561
                """);
    }

    /** Small and pushed, it need not have been full. */
    @Test
    void theEndsOfWritesSayNothingOfTheirSize() {
        linux(Map.of("quick-acks", "0")).neverReads().run(ESTABLISHED + """
                1 < P. 1:401(400) ack 1
                1.001 < P. 401:801(400) ack 1
                1.001 > . 1:1(0) ack 801
                2 < P. 801:901(100) ack 1
                2.001 < P. 901:1001(100) ack 1
                2.002 < P. 1001:1101(100) ack 1
                2.04 > . 1:1(0) ack 1101
                """);
    }

    /** A window of two segments allows one quick acknowledgment; only a window of less than that counts as two. */
    @Test
    void fewQuickAcknowledgmentsForASmallWindow() {
        linux(Map.of("receive-window", "2000B", "window-scale", "0"))
                .neverReads()
                .run(ESTABLISHED + """
                1 < . 1:1001(1000) ack 1
                1 > . 1:1(0) ack 1001
                1.01 < . 1001:1101(100) ack 1
                1.05 > . 1:1(0) ack 1101
                """);
    }

    /** Old data hurries acknowledgments, as some may have been lost; data beyond the window does not. */
    @Test
    void onlyOldDataHurries() {
        linux(Map.of("quick-acks", "1")).neverReads().run(ESTABLISHED + """
                1 < P. 1:101(100) ack 1
                1 > . 1:1(0) ack 101
                1.01 < P. 70001:70101(100) ack 1
                1.01 > . 1:1(0) ack 101
                1.02 < P. 101:201(100) ack 1
                1.06 > . 1:1(0) ack 201
                1.07 < P. 1:51(50) ack 1
                1.07 > . 1:1(0) ack 201
                1.08 < P. 201:301(100) ack 1
                1.08 > . 1:1(0) ack 301
                1.09 < P. 301:401(100) ack 1
                1.13 > . 1:1(0) ack 401
                """);
    }

    /** What reaches beyond the window is taken whole if nothing waits to be read, else not at all. */
    @Test
    void aSegmentThatOverhangsTheWindow() {
        Bench bench = linux(Map.of("receive-window", "5000B", "window-scale", "0", "quick-acks", "0"))
                .run(ESTABLISHED + """
                0.2 pause
                1 < P. 1:1001(1000) ack 1
                1.04 > . 1:1(0) ack 1001
                2 < P. 1001:9001(8000) ack 1
                2 > . 1:1(0) ack 1001
                3 read 1000
                4 < P. 1001:9001(8000) ack 1
                4.08 > . 1:1(0) ack 9001
                5 resume
                5 > . 1:1(0) ack 9001
                """);
        assertThat(bench.ledger.of(TcpCount.BYTES_DELIVERED)).isEqualTo(9_000);
    }

    /** What was offered stands; and what the field cannot say exactly is said as more. */
    @Test
    void aScaledWindowIsRoundedUp() {
        SoloEnd end = new SoloSetup().build();
        int[] window = {0};
        end.listener((atNs, segment) -> window[0] = segment.window());
        end.autoRead(false);
        end.listen();
        end.arrive(TcpSegment.of(TcpSegment.SYN, 0, 0, 0, 65_535).with(TcpSegment.Options.ofSyn(1_460, 7, true)));
        assertThat(window[0]).isEqualTo(64_240);
        end.arrive(TcpSegment.of(TcpSegment.ACK, 1, 1, 0, 65_535));
        end.arrive(TcpSegment.of(TcpSegment.ACK, 1, 1, 1_000, 65_535));
        assertThat(window[0]).isEqualTo(63 << 10);
        end.arrive(TcpSegment.of(TcpSegment.ACK, 1_001, 1, 1_400, 65_535));
        assertThat(window[0]).isEqualTo(62 << 10);
    }

    @Test
    void theApplicationAsksForQuickAcknowledgmentsOrNone() {
        SoloEnd end = new SoloSetup().build();
        int[] sent = {0};
        end.listener((atNs, segment) -> sent[0]++);
        end.listen();
        end.arrive(TcpSegment.of(TcpSegment.SYN, 0, 0, 0, 65_535));
        end.arrive(TcpSegment.of(TcpSegment.ACK, 1, 1, 0, 65_535));
        assertThat(end.isQuickAcking()).isTrue();
        end.quickAck(0);
        assertThat(end.isQuickAcking()).isFalse();
        sent[0] = 0;
        end.arrive(TcpSegment.of(TcpSegment.ACK, 1, 1, 100, 65_535));
        assertThat(sent[0]).isZero();
        end.quickAck(2);
        assertThat(sent[0]).isOne();
        assertThat(end.isQuickAcking()).isFalse();
        end.quickAck(1);
        assertThat(end.isQuickAcking()).isTrue();
        end.arrive(TcpSegment.of(TcpSegment.ACK, 101, 1, 100, 65_535));
        assertThat(sent[0]).isEqualTo(2);
    }
}
