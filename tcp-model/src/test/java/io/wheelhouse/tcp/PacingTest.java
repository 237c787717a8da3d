package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Pacing by the rules of Linux: a rate of 200 % of cwnd / SRTT in slow start and 120 % later, the first ten segments at
 * once, and credit for half a segment where time went by unused.
 */
class PacingTest {
    private static final long RTT_NS = 100 * Bench.MS;
    private static final int MSS = 1_000;

    private final List<Long> sentNs = new ArrayList<>();
    private final TimerLedger ledger = new TimerLedger();
    private final SoloEnd end;

    PacingTest() {
        end = end(Map.of());
    }

    private SoloEnd end(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "pacing", "on", "mss", "1000B", "timestamps", "off", "nagle", "off", "tcp_congestion_control", "reno"));
        all.put("tail-loss-probe", "off");
        all.putAll(settings);
        SoloEnd of = new SoloSetup().set(all).build();
        of.observer(ledger);
        of.listener((atNs, segment) -> {
            if (segment.length() > 0) {
                sentNs.add(atNs);
            }
        });
        of.connect();
        of.runUntil(RTT_NS);
        of.arrive(TcpSegment.of(TcpSegment.SYN | TcpSegment.ACK, 0, 1, 0, 65_535)
                .with(TcpSegment.Options.ofSyn(MSS, -1, true)));
        return of;
    }

    private void acknowledge(long atNs, int segments) {
        acknowledge(end, atNs, segments);
    }

    private static void acknowledge(SoloEnd end, long atNs, int segments) {
        end.runUntil(atNs);
        end.arrive(TcpSegment.of(TcpSegment.ACK, 1, 1 + segments * MSS, 0, 65_535));
    }

    private static long spacingNs(SoloEnd end, int percent) {
        TcpInfo info = end.info();
        return Math.round((double) info.srttNs() / (info.sndCwnd() * percent / 100.0));
    }

    @Test
    void theFirstTenSegmentsGoAtOnce() {
        end.write(10 * MSS);
        assertThat(sentNs).hasSize(10).containsOnly(RTT_NS);
        assertThat(ledger.of(TcpTimer.PACING, TimerCount.ARMS)).isZero();
        end.checkInvariants();
    }

    @Test
    void inSlowStartTwoWindowsLeaveInARoundTrip() {
        end.write(40 * MSS);
        acknowledge(2 * RTT_NS, 2);
        assertThat(end.info().sndCwnd()).isEqualTo(12);
        long spacingNs = spacingNs(end, 200);
        assertThat(spacingNs).isEqualTo(Math.round(RTT_NS / 24.0));
        end.runUntil(2 * RTT_NS + 50 * Bench.MS);
        // nothing had been paced before: half of the first wait is credited
        long secondNs = 2 * RTT_NS + spacingNs - spacingNs / 2;
        assertThat(sentNs.subList(10, sentNs.size()))
                .containsExactly(2 * RTT_NS, secondNs, secondNs + spacingNs, secondNs + 2 * spacingNs);
    }

    @Test
    void inCongestionAvoidanceTheRateIsSixFifthsOfTheWindow() {
        sentNs.clear();
        SoloEnd lossy = end(Map.of("undo", "off", "forward-rto", "off"));
        lossy.write(10 * MSS);
        // nothing arrives: the timeout halves the threshold, and what follows stays above half of it
        lossy.runUntil(2 * RTT_NS + 300 * Bench.MS);
        acknowledge(lossy, 6 * RTT_NS, 10);
        TcpInfo info = lossy.info();
        assertThat(info.sndCwnd())
                .isGreaterThanOrEqualTo(info.sndSsthresh() / 2)
                .isGreaterThanOrEqualTo(4);
        int before = sentNs.size();
        lossy.write(40 * MSS);
        long spacingNs = spacingNs(lossy, 120);
        lossy.runUntil(7 * RTT_NS - Bench.MS);
        List<Long> paced = sentNs.subList(before, sentNs.size());
        assertThat(paced).hasSizeGreaterThanOrEqualTo(4);
        assertThat(paced.get(0)).isEqualTo(6 * RTT_NS);
        for (int n = 2; n < paced.size(); n++) {
            assertThat(paced.get(n) - paced.get(n - 1)).isEqualTo(spacingNs);
        }
    }

    @Test
    void whileASegmentWaitsOneTimerRunsUntilItsTurn() {
        end.write(40 * MSS);
        acknowledge(2 * RTT_NS, 2);
        assertThat(ledger.of(TcpTimer.PACING, TimerCount.ARMS)).isOne();
        long turnNs = end.nextEventNs();
        end.write(5 * MSS);
        acknowledge(turnNs - 1, 3);
        assertThat(end.nextEventNs())
                .as("neither data nor acknowledgments move it")
                .isEqualTo(turnNs);
        assertThat(sentNs).hasSize(11);
        end.runUntil(turnNs);
        assertThat(sentNs).hasSize(12).last().isEqualTo(turnNs);
        assertThat(ledger.of(TcpTimer.PACING, TimerCount.FIRED)).isOne();
        assertThat(ledger.of(TcpTimer.PACING, TimerCount.ARMS)).isEqualTo(2);
        end.arrive(TcpSegment.of(TcpSegment.RST, 1, 0, 0, 0));
        assertThat(ledger.of(TcpTimer.PACING, TimerCount.CANCELLED)).isOne();
        end.checkInvariants();
    }

    @Test
    void withoutPacingAWindowLeavesAtOnce() {
        sentNs.clear();
        SoloEnd unpaced = end(Map.of("pacing", "off"));
        unpaced.write(40 * MSS);
        unpaced.runUntil(2 * RTT_NS);
        unpaced.arrive(TcpSegment.of(TcpSegment.ACK, 1, 1 + 10 * MSS, 0, 65_535));
        assertThat(sentNs).hasSize(30);
        assertThat(sentNs.subList(10, 30)).containsOnly(2 * RTT_NS);
    }

    @Test
    void theRatiosAreTheProfiles() {
        SoloEnd slow = end(Map.of("tcp_pacing_ss_ratio", "100"));
        slow.write(40 * MSS);
        slow.runUntil(2 * RTT_NS);
        slow.arrive(TcpSegment.of(TcpSegment.ACK, 1, 1 + 2 * MSS, 0, 65_535));
        slow.runUntil(2 * RTT_NS + 50 * Bench.MS);
        long spacingNs = Math.round(RTT_NS / 12.0);
        assertThat(sentNs.get(12) - sentNs.get(11)).isEqualTo(spacingNs);
    }
}
