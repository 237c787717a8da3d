package io.wheelhouse.tcp.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
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

    /** Cases that need a timer the model does not have yet, and which. */
    private static final Map<String, String> AWAITED = Map.of(
            "data_blackhole_retries2_5", "tail loss probe",
            "data_blackhole_user_timeout_5000", "tail loss probe, user timeout",
            "fin_to_dead_peer_orphan_retries_3", "tail loss probe",
            "handshake_syn_retx_then_data_nots", "tail loss probe",
            "rack_reo_timer_sack_seg2_rtt50", "RACK",
            "rto_estimator_rtomin_20ms", "tail loss probe",
            "tlp_1seg_rtt50", "tail loss probe",
            "tlp_3seg_rtt200", "tail loss probe",
            "zero_window_hold_40s", "tail loss probe, persist");

    static Stream<String> names() {
        return RecordedCase.folders().keySet().stream().filter(name -> !AWAITED.containsKey(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void onTheKernelsWheelEverySegmentIsTheRecordedOne(String name) {
        RecordedCase played = RecordedCase.of(name);
        assertThat(played.wheel().mismatch()).isNull();
        assertThat(played.wheel().pairs()).hasSize((int) played.segments());
        assertThat(played.wheel().worstNs()).isLessThanOrEqualTo(Playback.JIFFY_NS);
        played.wheel().end.checkInvariants();
    }

    @ParameterizedTest
    @MethodSource("names")
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
