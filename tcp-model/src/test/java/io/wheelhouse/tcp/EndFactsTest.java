package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one end says on the wire and of itself beside its data: windows, resets, counts. */
class EndFactsTest {
    private static final long MS = 1_000_000;

    private final List<TcpSegment> sent = new ArrayList<>();

    private SoloEnd made(SoloSetup setup) {
        SoloEnd end = setup.build();
        end.listener((atNs, segment) -> sent.add(segment));
        return end;
    }

    private SoloEnd accepted(SoloSetup setup, TcpSegment.Options offer) {
        SoloEnd end = made(setup);
        end.listen();
        end.arrive(TcpSegment.of(TcpSegment.SYN, 0, 0, 0, 65_535).with(offer));
        end.runUntil(end.nowNs() + 100 * MS);
        end.arrive(TcpSegment.of(TcpSegment.ACK, 1, 1, 0, 65_535));
        assertThat(end.state()).isEqualTo(TcpState.ESTABLISHED);
        sent.clear();
        return end;
    }

    private TcpSegment last() {
        return sent.get(sent.size() - 1);
    }

    @Test
    void aSynSentAgainOffersTheSameWindow() {
        SoloEnd end = made(new SoloSetup());
        end.connect();
        end.runUntil(4_000 * MS);
        assertThat(sent).hasSizeGreaterThan(2).allMatch(syn -> syn.window() == 64_240);
        sent.clear();
        SoloEnd listener = made(new SoloSetup());
        listener.listen();
        listener.arrive(TcpSegment.of(TcpSegment.SYN, 0, 0, 0, 65_535).with(TcpSegment.Options.ofSyn(1_460, 7, true)));
        listener.runUntil(4_000 * MS);
        assertThat(sent).hasSizeGreaterThan(2).allMatch(syn -> syn.window() == 64_240);
    }

    /** FreeBSD 14: tcp_output() clips what its buffer has room for, and not the buffer; tcp_mss() rounds that up. */
    @Test
    void unreadBytesComeOffTheBufferAndNotOffTheField() {
        SoloEnd end = accepted(
                new SoloSetup().profile(Profile.named("freebsd")).set(Map.of("receive-window", "65536")),
                TcpSegment.Options.ofSyn(1_460, -1, true));
        end.autoRead(false);
        end.arrive(TcpSegment.of(TcpSegment.ACK, 1, 1, 100, 65_535));
        end.arrive(TcpSegment.of(TcpSegment.ACK, 101, 1, 50, 65_535));
        end.runUntil(end.nowNs() + 200 * MS);
        assertThat(last().ack()).isEqualTo(151);
        assertThat(last().window()).isEqualTo(65_535);
        end.arrive(TcpSegment.of(TcpSegment.ACK, 151, 1, 1_000, 65_535));
        end.arrive(TcpSegment.of(TcpSegment.ACK, 1_151, 1, 1_000, 65_535));
        end.runUntil(end.nowNs() + 200 * MS);
        assertThat(last().window())
                .as("45 segments of 1,460 bytes, less what waits")
                .isEqualTo(65_700 - 2_150);
    }

    @Test
    void aResetOfAConnectionHasItsTimestampsAndOneForNobodyHasNothing() {
        TcpSegment.Options offer = TcpSegment.Options.ofSyn(1_460, 7, true).withTimestamps(77, 0);
        SoloEnd end = accepted(new SoloSetup(), offer);
        end.abort();
        assertThat(last().has(TcpSegment.RST)).isTrue();
        assertThat(last().options().timestamps()).isTrue();
        assertThat(last().options().tsEcho()).isEqualTo(77);
        end.arrive(TcpSegment.of(TcpSegment.ACK, 1, 1, 10, 65_535).with(TcpSegment.Options.NONE.withTimestamps(78, 1)));
        assertThat(last().flagText()).isEqualTo("R");
        assertThat(last().options()).isEqualTo(TcpSegment.Options.NONE);
        assertThat(last().window()).isZero();
    }

    @Test
    void tellsWhatWasSackedAndHowOftenTheProbesWaitDoubled() {
        SoloEnd end = accepted(new SoloSetup(), TcpSegment.Options.ofSyn(1_460, 7, true));
        assertThat(end.info().reordering()).isEqualTo(3);
        end.write(2 * 1_460);
        end.arrive(TcpSegment.of(TcpSegment.ACK, 1, 1, 0, 65_535)
                .with(TcpSegment.Options.NONE.withSackBlocks(List.of(new SackBlock(1_461, 2_921)))));
        assertThat(end.info().sacked()).isEqualTo(1);
        end.arrive(TcpSegment.of(TcpSegment.ACK, 1, 2_921, 600, 0));
        assertThat(end.info().sacked()).isZero();
        assertThat(end.info().rcvMss()).isEqualTo(600);
        end.write(100);
        assertThat(end.info().backoff()).isZero();
        end.runUntil(end.nowNs() + 2_000 * MS);
        assertThat(end.info().backoff()).as("after probes at 300 and 900 ms").isEqualTo(2);
    }
}
