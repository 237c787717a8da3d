package io.wheelhouse.tcp.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The {@code linux} profile against every recording of a real kernel that is at hand (see {@link RecordedCase}).
 *
 * <p>On the kernel-shaped wheel, with one phase free a recording: the same segments, each within a jiffy, the same end,
 * the same error. On exact timers: each recorded timer fired at its nominal time or later, within the wheel's granule.
 */
class RecordedCasesTest {
    /** At least so many of all retransmission timeouts are the kernel's to the jiffy; all are within one. */
    private static final double EXACT_SHARE = 0.97;

    /** Right on exact timers, but not found within a jiffy on the wheel with one phase free. */
    private static final Set<String> OFF_ON_THE_WHEEL = Set.of(
            "data_blackhole_retries2_5",
            "data_blackhole_user_timeout_5000",
            "rack_reo_timer_sack_seg2_rtt50",
            "rto_estimator_rtomin_20ms",
            "tlp_1seg_rtt50",
            "tlp_3seg_rtt200");

    /** Its fourth timeout is 8 ms later than any rule and wheel explain: see the decisions on the recorded series. */
    private static final String UNEXPLAINED = "tlp_3seg_rtt200";

    static Stream<String> names() {
        return RecordedCase.folders().keySet().stream();
    }

    static Stream<String> namesOnTheWheel() {
        return names().filter(name -> !OFF_ON_THE_WHEEL.contains(name));
    }

    static Stream<String> namesOnExactTimers() {
        return names().filter(name -> !name.equals(UNEXPLAINED));
    }

    @ParameterizedTest
    @MethodSource("namesOnTheWheel")
    void onTheKernelsWheelEverySegmentIsTheRecordedOne(String name) {
        RecordedCase played = RecordedCase.of(name);
        assertThat(played.wheel().mismatch()).isNull();
        assertThat(played.wheel().pairs()).hasSize((int) played.segments());
        assertThat(played.wheel().worstNs()).isLessThanOrEqualTo(Playback.JIFFY_NS);
        played.wheel().end.checkInvariants();
    }

    @ParameterizedTest
    @MethodSource("namesOnExactTimers")
    void onExactTimersEveryRecordedTimerIsLateByItsGranuleAtMost(String name) {
        RecordedCase played = RecordedCase.of(name);
        assertThat(played.nominal().mismatch()).isNull();
        assertThat(played.nominal().pairs()).hasSize((int) played.segments());
        assertThat(played.nominal().fired())
                .allSatisfy(fired -> assertThat(fired.recordedNs()).isBetween(fired.deadlineNs(), fired.latestNs()));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyRetransmissionTimeoutIsWithinAJiffy(String name) {
        assertThat(RecordedCase.of(name).rtoDifferencesNs())
                .allSatisfy(offNs -> assertThat(Math.abs(offNs)).isLessThanOrEqualTo(Playback.JIFFY_NS));
    }

    @Test
    void almostAllRetransmissionTimeoutsAreExact() {
        List<Long> off = names().map(RecordedCase::of)
                .flatMap(played -> played.rtoDifferencesNs().stream())
                .toList();
        long exact = off.stream().filter(offNs -> offNs == 0).count();
        assertThat(exact).as("exact of " + off.size()).isGreaterThanOrEqualTo((long)
                Math.ceil(EXACT_SHARE * off.size()));
    }
}
