package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a receiver tells of data out of order or come twice (RFC 2018, RFC 2883), and of old timestamps (RFC 7323). */
class SackReportTest {
    private static final long MS = 1_000_000;
    private static final int WINDOW = 65_535;

    private final List<TcpSegment> sent = new ArrayList<>();

    private SoloEnd accepted(boolean timestamps) {
        SoloEnd end = new SoloSetup().build();
        end.listener((atNs, segment) -> sent.add(segment));
        end.listen();
        TcpSegment.Options offer = TcpSegment.Options.ofSyn(1_000, 7, true);
        TcpSegment.Options first = timestamps ? offer.withTimestamps(100, 0) : offer;
        end.arrive(TcpSegment.of(TcpSegment.SYN, 0, 0, 0, WINDOW).with(first));
        end.runUntil(100 * MS);
        end.arrive(TcpSegment.of(TcpSegment.ACK, 1, 1, 0, WINDOW));
        sent.clear();
        return end;
    }

    private static TcpSegment data(int from, int to) {
        return TcpSegment.of(TcpSegment.ACK, from, 1, to - from, WINDOW);
    }

    private String last() {
        TcpSegment segment = sent.get(sent.size() - 1);
        StringBuilder text = new StringBuilder("ack " + segment.ack());
        for (SackBlock block : segment.options().sackBlocks()) {
            text.append(' ').append(block.from()).append(':').append(block.to());
        }
        return text.toString();
    }

    @Test
    void theBlockThatChangedLastStandsFirst() {
        SoloEnd end = accepted(false);
        end.arrive(data(1_001, 2_001));
        assertThat(last()).isEqualTo("ack 1 1001:2001");
        end.arrive(data(5_001, 6_001));
        assertThat(last()).isEqualTo("ack 1 5001:6001 1001:2001");
        end.arrive(data(3_001, 4_001));
        assertThat(last()).isEqualTo("ack 1 3001:4001 5001:6001 1001:2001");
        end.arrive(data(2_001, 2_501));
        assertThat(last()).isEqualTo("ack 1 1001:2501 3001:4001 5001:6001");
        end.arrive(data(1, 1_001));
        assertThat(last()).isEqualTo("ack 2501 3001:4001 5001:6001");
        end.checkInvariants();
    }

    @Test
    void whatCameTwiceIsToldFirstAndOnce() {
        SoloEnd end = accepted(false);
        end.arrive(data(1, 1_001));
        end.arrive(data(3_001, 4_001));
        end.arrive(data(1, 1_001));
        assertThat(last()).isEqualTo("ack 1001 1:1001 3001:4001");
        end.arrive(data(3_001, 4_001));
        assertThat(last()).isEqualTo("ack 1001 3001:4001 3001:4001");
        end.arrive(data(501, 1_501));
        assertThat(last()).isEqualTo("ack 1501 501:1001 3001:4001");
        end.arrive(data(5_001, 6_001));
        assertThat(last()).isEqualTo("ack 1501 5001:6001 3001:4001");
    }

    /** The overlap with the first range held; and the range that has changed, or was hit, comes first. */
    @Test
    void anOverlapWithWhatIsHeldIsTold() {
        SoloEnd end = accepted(false);
        end.arrive(data(1, 100));
        end.arrive(data(200, 300));
        end.arrive(data(400, 500));
        end.arrive(data(600, 700));
        end.arrive(data(150, 350));
        assertThat(last()).isEqualTo("ack 100 200:300 150:350 600:700 400:500");
        end.arrive(data(450, 475));
        assertThat(last()).isEqualTo("ack 100 450:475 400:500 150:350 600:700");
        end.arrive(data(300, 650));
        assertThat(last()).isEqualTo("ack 100 300:350 150:700");
        end.arrive(data(100, 275));
        assertThat(last()).isEqualTo("ack 700 150:275");
    }

    @Test
    void withoutDuplicateReportsOnlyWhatIsHeldIsTold() {
        SoloEnd end = accepted(false);
        end.set("tcp_dsack", "0");
        end.arrive(data(1, 1_001));
        end.arrive(data(1, 1_001));
        assertThat(last()).isEqualTo("ack 1001");
    }

    /** RFC 7323, section 5.3, R1: not acceptable, and answered. */
    @Test
    void anOldTimestampIsNotAcceptable() {
        SoloEnd end = accepted(true);
        TcpSegment.Options now = TcpSegment.Options.NONE.withTimestamps(200, 1);
        TcpSegment.Options before = TcpSegment.Options.NONE.withTimestamps(50, 1);
        end.arrive(data(1, 101).with(now));
        assertThat(end.delivered()).isEqualTo(100);
        end.arrive(data(101, 201).with(before));
        assertThat(end.delivered()).isEqualTo(100);
        assertThat(last()).isEqualTo("ack 101");
        end.arrive(TcpSegment.of(TcpSegment.RST, 101, 0, 0, 0).with(before));
        assertThat(end.state()).isEqualTo(TcpState.CLOSED);
    }

    /** RFC 7323, section 4.3: the timestamp of the first segment that an acknowledgment covers is echoed. */
    @Test
    void theFirstOfTwoTimestampsIsEchoed() {
        SoloEnd end = accepted(true);
        end.set("quick-acks", "0");
        end.arrive(data(1, 101).with(TcpSegment.Options.NONE.withTimestamps(200, 1)));
        end.arrive(data(301, 401).with(TcpSegment.Options.NONE.withTimestamps(300, 1)));
        assertThat(sent.get(sent.size() - 1).options().tsEcho()).isEqualTo(200);
    }

    @Test
    void windowsAreScaledOnlyIfBothOffer() {
        for (Map.Entry<Integer, Integer> scale : Map.of(7, 64_512, -1, 64_140).entrySet()) {
            SoloEnd end = new SoloSetup().build();
            end.listener((atNs, segment) -> sent.add(segment));
            end.listen();
            TcpSegment.Options offer = TcpSegment.Options.ofSyn(1_000, scale.getKey(), true);
            end.arrive(TcpSegment.of(TcpSegment.SYN, 0, 0, 0, WINDOW).with(offer));
            end.arrive(TcpSegment.of(TcpSegment.ACK, 1, 1, 0, WINDOW));
            end.arrive(data(1, 101));
            assertThat(sent.get(sent.size() - 1).window()).isEqualTo(scale.getValue());
        }
    }
}
