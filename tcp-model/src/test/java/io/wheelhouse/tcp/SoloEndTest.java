package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One end driven by hand: its verbs, its clock, what it tells. */
class SoloEndTest {
    private static final long MS = 1_000_000;
    private static final int WINDOW = 65_535;

    private final List<String> sent = new ArrayList<>();

    private SoloEnd made(SoloSetup setup) {
        SoloEnd end = setup.build();
        end.listener((atNs, segment) -> sent.add(String.format(
                Locale.ROOT,
                "%.3f %s %d:%d ack %d",
                atNs / 1e9,
                segment.flagText(),
                segment.seq(),
                segment.end(),
                segment.ack())));
        return end;
    }

    private static TcpSegment syn(int flags, int ack) {
        return TcpSegment.of(TcpSegment.SYN | flags, 0, ack, 0, WINDOW).with(TcpSegment.Options.ofSyn(1460, 7, true));
    }

    private static TcpSegment ack(int seq, int ack) {
        return TcpSegment.of(TcpSegment.ACK, seq, ack, 0, WINDOW);
    }

    /** Opened by the peer, round-trip time 100 ms. */
    private SoloEnd accepted(SoloSetup setup) {
        SoloEnd end = made(setup);
        end.listen();
        long startNs = end.nowNs();
        end.arrive(syn(0, 0));
        end.runUntil(startNs + 100 * MS);
        end.arrive(ack(1, 1));
        assertThat(end.state()).isEqualTo(TcpState.ESTABLISHED);
        sent.clear();
        return end;
    }

    @Test
    void connectsWritesAndReads() {
        SoloEnd end = made(new SoloSetup());
        end.connect();
        end.runUntil(50 * MS);
        end.arrive(syn(TcpSegment.ACK, 1));
        end.write(1_000);
        end.runUntil(100 * MS);
        end.autoRead(false);
        end.arrive(TcpSegment.of(TcpSegment.ACK | TcpSegment.PSH, 1, 1_001, 300, WINDOW));
        assertThat(sent)
                .containsExactly(
                        "0.000 S 0:1 ack 0", "0.050 . 1:1 ack 1", "0.050 P. 1:1001 ack 1", "0.100 . 1001:1001 ack 301");
        assertThat(end.unread()).isEqualTo(300);
        assertThat(end.read(200)).isEqualTo(200);
        assertThat(end.unread()).isEqualTo(100);
        assertThat(end.delivered()).isEqualTo(200);
        assertThat(end.info().srttNs()).isEqualTo(50 * MS);
        end.checkInvariants();
    }

    @Test
    void tellsWhyItWasGivenUp() {
        SoloEnd end = accepted(new SoloSetup().set(Map.of("tcp_retries2", "3")));
        end.write(100);
        assertThat(end.info().unacked()).isEqualTo(1);
        while (end.error() == null) {
            assertThat(end.runToNextEvent()).isTrue();
        }
        assertThat(end.error()).isEqualTo(SocketError.ETIMEDOUT);
        assertThat(end.state()).isEqualTo(TcpState.CLOSED);
        end.checkInvariants();
    }

    @Test
    void aResetTellsWhatItMeant() {
        SoloEnd refused = made(new SoloSetup());
        refused.connect();
        refused.arrive(TcpSegment.of(TcpSegment.RST | TcpSegment.ACK, 0, 1, 0, 0));
        assertThat(refused.error()).isEqualTo(SocketError.ECONNREFUSED);
        SoloEnd reset = accepted(new SoloSetup());
        reset.arrive(TcpSegment.of(TcpSegment.RST, 1, 0, 0, 0));
        assertThat(reset.error()).isEqualTo(SocketError.ECONNRESET);
        assertThat(reset.closeReason()).isEqualTo(CloseReason.RESET);
    }

    @Test
    void optionsHoldFromTheCallOn() {
        SoloEnd end = accepted(new SoloSetup());
        end.option(SocketOption.TCP_KEEPIDLE, 2);
        end.option(SocketOption.TCP_KEEPINTVL, 1);
        end.option(SocketOption.TCP_KEEPCNT, 2);
        assertThat(end.nextEventNs()).isEqualTo(Long.MAX_VALUE);
        end.option(SocketOption.SO_KEEPALIVE, 1);
        end.runUntil(10_000 * MS);
        assertThat(sent).containsExactly("2.100 . 0:0 ack 1", "3.100 . 0:0 ack 1", "4.100 R. 1:1 ack 1");
        assertThat(end.error()).isEqualTo(SocketError.ETIMEDOUT);
    }

    @Test
    void thePeersSynIsNegotiatedWith() {
        SoloEnd end = made(new SoloSetup());
        end.listen();
        end.arrive(TcpSegment.of(TcpSegment.SYN, 0, 0, 0, WINDOW).with(TcpSegment.Options.ofSyn(600, -1, false)));
        end.arrive(ack(1, 1));
        end.write(1_000);
        assertThat(sent).contains("0.000 . 1:601 ack 1", "0.000 P. 601:1001 ack 1");
    }

    @Test
    void theWheelsPhaseIsTheClocks() {
        long startNs = 20_000 * MS + 4 * MS * 3 + 1;
        SoloEnd end = made(new SoloSetup().kernelWheel(250).startNs(startNs));
        end.connect();
        end.runUntil(startNs + 1_100 * MS);
        // 250 jiffies from jiffy 5003: level 1, the first multiple of 8 beyond jiffy 5253
        assertThat(sent).containsExactly("20.012 S 0:1 ack 0", "21.024 S 0:1 ack 0");
    }

    @Test
    void closedItAnswersWithAReset() {
        SoloEnd end = made(new SoloSetup());
        end.arrive(ack(7, 9));
        assertThat(sent).containsExactly("0.000 R 9:9 ack 0");
        end.connect();
        assertThatThrownBy(end::connect).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> end.runUntil(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
