package io.wheelhouse.timer.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The coalescing wheel in the kernel's shape against what a kernel did: {@code linux-timer-series.csv}. One starting
 * phase is free for each capture, of the jiffy and of the coarsest level in use; the wheel must then give every interval
 * of the capture within one jiffy.
 *
 * <p>A timer that a handler arms may see the kernel's wheel clock one jiffy ahead of the time, since the clock moves on
 * before the handlers of a jiffy run. That matters only for a timeout on the very edge of a level, of 63 &lt;&lt; 3L
 * jiffies; what the clock was then is not recorded, and either is accepted.
 */
class RecordedSeriesTest {
    private static final long JIFFY_NS = 4_000_000;
    private static final WheelShape LINUX = WheelShape.linux(250);

    /** From the timer's expiry to the packet's time stamp. */
    private static final long LATENCY_NS = 500_000;

    /** The longest timeout, 52 s, lies in level 3, with a granule of 512 jiffies. */
    private static final long PHASES_NS = 512 * JIFFY_NS;

    private static final long PHASE_STEP_NS = 500_000;

    record Interval(long armedNs, long timeoutNs, long firedNs) {
        long lengthNs() {
            return firedNs - armedNs;
        }

        boolean isOnEdge() {
            long jiffies = timeoutNs / JIFFY_NS;
            return LINUX.levelOf(jiffies) != LINUX.levelOf(jiffies - 1);
        }
    }

    /** Gives the expiry of a timer armed at a time for a deadline. */
    interface Wheel {
        long expiryNs(long nowNs, long deadlineNs);
    }

    static List<String> captures() {
        return List.copyOf(intervalsByCapture().keySet());
    }

    private static Map<String, List<Interval>> intervalsByCapture() {
        Map<String, List<Interval>> byCapture = new LinkedHashMap<>();
        readLines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("capture,"))
                .map(line -> line.split(",", -1))
                .forEach(cells -> byCapture
                        .computeIfAbsent(cells[0], name -> new ArrayList<>())
                        .add(new Interval(ns(cells[1], 9), ns(cells[2], 6), ns(cells[3], 9))));
        return byCapture;
    }

    private static Stream<String> readLines() {
        try (InputStream file = RecordedSeriesTest.class.getResourceAsStream("linux-timer-series.csv")) {
            byte[] bytes = Objects.requireNonNull(file).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long ns(String text, int decimals) {
        return new BigDecimal(text).movePointRight(decimals).longValueExact();
    }

    @Test
    void allSeriesAreThere() {
        Map<String, List<Interval>> byCapture = intervalsByCapture();
        assertThat(byCapture).hasSize(15);
        assertThat(byCapture.values().stream().mapToInt(List::size).sum()).isEqualTo(83);
    }

    @ParameterizedTest
    @MethodSource("captures")
    void theWheelGivesEveryInterval(String capture) {
        List<Interval> intervals = Objects.requireNonNull(intervalsByCapture().get(capture));
        assertThat(smallestWorstErrorNs(intervals, RecordedSeriesTest::fired))
                .isLessThanOrEqualTo(JIFFY_NS + LATENCY_NS);
    }

    /** Arms a timer in a wheel and advances it, to see when it fires. */
    private static long fired(long nowNs, long deadlineNs) {
        CoalescingWheel wheel = new CoalescingWheel(LINUX);
        long expiryNs = wheel.arm(0, nowNs, deadlineNs);
        assertThat(wheel.nextExpiryNs()).isEqualTo(expiryNs);
        int early = wheel.advance(expiryNs - 1, 1, (timer, firedDeadlineNs, firedExpiryNs) -> {});
        int onTime = wheel.advance(expiryNs, 1, (timer, firedDeadlineNs, firedExpiryNs) -> {});
        return early == 0 && onTime == 1 ? expiryNs : Long.MIN_VALUE;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data_blackhole_retries2_5",
                "data_blackhole_retries2_8_tlp_off",
                "synack_retransmit_default",
                "zero_window_hold_40s"
            })
    void aWheelThatRoundsDownOrLacksTheOneMoreDoesNot(String capture) {
        List<Interval> intervals = Objects.requireNonNull(intervalsByCapture().get(capture));
        Wheel down = (nowNs, deadlineNs) -> rounded(nowNs, deadlineNs, 0);
        Wheel noMoreThanUp = (nowNs, deadlineNs) -> rounded(nowNs, deadlineNs, 1);
        assertThat(smallestWorstErrorNs(intervals, down)).isGreaterThan(50 * JIFFY_NS);
        assertThat(smallestWorstErrorNs(intervals, noMoreThanUp)).isGreaterThan(7 * JIFFY_NS);
        assertThat(smallestWorstErrorNs(intervals, (nowNs, deadlineNs) -> deadlineNs))
                .isGreaterThan(40 * JIFFY_NS);
    }

    /** Down, or up but not beyond a boundary that it lies on. */
    private static long rounded(long nowNs, long deadlineNs, long up) {
        long expires = LINUX.tickOf(deadlineNs);
        long granule = LINUX.granuleNs(LINUX.levelOf(expires - LINUX.tickOf(nowNs))) / JIFFY_NS;
        return LINUX.beginNs(Math.floorDiv(expires + up * (granule - 1), granule) * granule);
    }

    private static long smallestWorstErrorNs(List<Interval> intervals, Wheel wheel) {
        long edges = intervals.stream().filter(Interval::isOnEdge).count();
        long smallestNs = Long.MAX_VALUE;
        for (int ahead = 0; ahead < 1 << edges; ahead++) {
            for (long phaseNs = 0; phaseNs < PHASES_NS; phaseNs += PHASE_STEP_NS) {
                smallestNs = Math.min(smallestNs, worstErrorNs(intervals, wheel, phaseNs, ahead));
            }
        }
        return smallestNs;
    }

    /** @param aheadBits for each timeout on an edge, whether the wheel's clock is a jiffy ahead */
    private static long worstErrorNs(List<Interval> intervals, Wheel wheel, long phaseNs, int aheadBits) {
        long worstNs = 0;
        long lastFiredNs = Long.MIN_VALUE;
        long nowNs = 0;
        int bits = aheadBits;
        for (Interval interval : intervals) {
            if (interval.armedNs() != lastFiredNs) {
                nowNs = phaseNs + interval.armedNs();
            }
            long aheadNs = 0;
            if (interval.isOnEdge()) {
                aheadNs = (bits & 1) * JIFFY_NS;
                bits >>= 1;
            }
            long expiryNs = wheel.expiryNs(nowNs + aheadNs, nowNs + interval.timeoutNs());
            worstNs = Math.max(worstNs, Math.abs(expiryNs - nowNs - interval.lengthNs()));
            nowNs = expiryNs;
            lastFiredNs = interval.firedNs();
        }
        return worstNs;
    }
}
