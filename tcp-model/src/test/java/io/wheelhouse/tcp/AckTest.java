package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When what arrives is acknowledged, in whatever order it arrives. */
class AckTest {
    private static final String ESTABLISHED_AFTER_100_MS = """
            0.000 < S 0:0(0)
            0.000 > S. 0:0(0) ack 1
            0.100 < . 1:1(0) ack 1
            """;

    /** The packetdrill script delack-quickack-then-ato on exact timers. */
    @ParameterizedTest
    @EnumSource(EntrySharing.class)
    void linuxQuickThenDelayedThenTwiceAsLong(EntrySharing entries) {
        StringBuilder script = new StringBuilder(ESTABLISHED_AFTER_100_MS);
        for (int i = 0; i < 16; i++) {
            double at = 0.110 + 0.010 * i;
            int from = 1 + 100 * i;
            script.append(String.format(Locale.ROOT, "%.3f < P. %d:%d(100) ack 1\n", at, from, from + 100));
            script.append(String.format(Locale.ROOT, "%.3f > . 1:1(0) ack %d\n", at, from + 100));
        }
        script.append("""
                0.460 < P. 1601:1701(100) ack 1
                0.500 > . 1:1(0) ack 1701
                0.700 < P. 1701:1801(100) ack 1
                0.780 > . 1:1(0) ack 1801
                0.930 < P. 1801:1901(100) ack 1
                1.030 > . 1:1(0) ack 1901
                1.180 < P. 1901:2001(100) ack 1
                1.280 > . 1:1(0) ack 2001
                """);
        Bench bench = Drill.linux().entries(entries).neverReads().run(script.toString());
        assertThat(bench.ledger.of(TcpCount.DELAYED_ACKS)).isEqualTo(4);
    }

    /** The recording delack_noreader_small_15ms: series of three segments acknowledged together. */
    @Test
    void linuxFollowsTheGapsBetweenSegments() {
        StringBuilder script = new StringBuilder("""
                0.000 < S 0:0(0)
                0.000 > S. 0:0(0) ack 1
                0.000 < . 1:1(0) ack 1
                """);
        for (int i = 0; i < 16; i++) {
            double at = 0.001 + 0.015 * i;
            int from = 1 + 100 * i;
            script.append(String.format(Locale.ROOT, "%.3f < P. %d:%d(100) ack 1\n", at, from, from + 100));
            script.append(String.format(Locale.ROOT, "%.3f > . 1:1(0) ack %d\n", at, from + 100));
        }
        script.append("""
                0.241 < P. 1601:1701(100) ack 1
                0.256 < P. 1701:1801(100) ack 1
                0.271 < P. 1801:1901(100) ack 1
                0.281 > . 1:1(0) ack 1901
                0.286 < P. 1901:2001(100) ack 1
                0.301 < P. 2001:2101(100) ack 1
                0.316 < P. 2101:2201(100) ack 1
                0.316 > . 1:1(0) ack 2201
                """);
        Drill.linux().neverReads().run(script.toString());
    }

    /** The recording delack_pingpong_5replies_then_silent_100ms. */
    @Test
    void linuxDelaysAtOnceWhileItAnswers() {
        Drill.linux().run("""
                0.0000 < S 0:0(0)
                0.0000 > S. 0:0(0) ack 1
                0.0003 < . 1:1(0) ack 1
                0.0020 < P. 1:101(100) ack 1
                0.0020 > . 1:1(0) ack 101
                0.0021 write 10
                0.0021 > P. 1:11(10) ack 101
                0.1020 < P. 101:201(100) ack 11
                0.1021 write 10
                0.1021 > P. 11:21(10) ack 201
                0.2020 < P. 201:301(100) ack 21
                0.2420 > . 21:21(0) ack 301
                0.3020 < P. 301:401(100) ack 21
                0.3020 > . 21:21(0) ack 401
                0.4020 < P. 401:501(100) ack 21
                0.4020 > . 21:21(0) ack 501
                """);
    }

    @Test
    void rfcEverySecondSegmentOrAfter200Milliseconds() {
        Bench bench = Drill.rfc().run(ESTABLISHED_AFTER_100_MS + """
                1.000 < . 1:1461(1460) ack 1
                1.001 < . 1461:2921(1460) ack 1
                1.001 > . 1:1(0) ack 2921
                1.002 < P. 2921:4381(1460) ack 1
                1.202 > . 1:1(0) ack 4381
                2.000 < P. 4381:4481(100) ack 1
                2.100 < P. 4481:4581(100) ack 1
                2.150 write 10
                2.150 > P. 1:11(10) ack 4581
                2.250 < . 4581:4581(0) ack 11
                """);
        assertThat(bench.ledger.of(TcpTimer.DELAYED_ACK, TimerCount.FIRED)).isEqualTo(1);
        assertThat(bench.ledger.of(TcpTimer.DELAYED_ACK, TimerCount.CANCELLED)).isEqualTo(2);
    }

    @Test
    void outOfOrderDataIsAcknowledgedAtOnceAndDeliveredOnce() {
        Bench bench = Drill.rfc().run(ESTABLISHED_AFTER_100_MS + """
                1.000 < . 101:201(100) ack 1
                1.000 > . 1:1(0) ack 1
                1.010 < . 301:401(100) ack 1
                1.010 > . 1:1(0) ack 1
                1.020 < . 151:351(200) ack 1
                1.020 > . 1:1(0) ack 1
                1.030 < . 1:101(100) ack 1
                1.030 > . 1:1(0) ack 401
                1.040 < . 1:401(400) ack 1
                1.040 > . 1:1(0) ack 401
                1.050 < . 351:501(150) ack 1
                1.250 > . 1:1(0) ack 501
                """);
        assertThat(bench.ledger.of(TcpCount.BYTES_DELIVERED)).isEqualTo(500);
    }

    @Test
    void aFinOutOfOrderWaitsForTheData() {
        Bench bench = Drill.rfc().run(ESTABLISHED_AFTER_100_MS + """
                1.000 < F. 101:201(100) ack 1
                1.000 > . 1:1(0) ack 1
                1.000 is ESTABLISHED
                1.010 < . 1:101(100) ack 1
                1.010 > . 1:1(0) ack 202
                1.010 is CLOSE_WAIT
                """);
        assertThat(bench.ledger.of(TcpCount.BYTES_DELIVERED)).isEqualTo(200);
    }

    @Test
    void moreRangesThanHaveRoomAreRefused() {
        StringBuilder script = new StringBuilder(ESTABLISHED_AFTER_100_MS);
        for (int i = 0; i <= Reassembly.RANGES_MAX; i++) {
            int from = 101 + 200 * i;
            script.append(String.format(Locale.ROOT, "1.%03d < . %d:%d(100) ack 1\n", i, from, from + 100));
            script.append(String.format(Locale.ROOT, "1.%03d > . 1:1(0) ack 1\n", i));
        }
        Bench bench = Drill.rfc().run(script.toString());
        assertThat(bench.ledger.of(TcpCount.REASSEMBLY_OVERFLOWS)).isEqualTo(1);
    }
}
