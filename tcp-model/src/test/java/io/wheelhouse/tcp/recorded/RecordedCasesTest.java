package io.wheelhouse.tcp.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.TcpSegment;
import java.io.IOException;
import java.util.List;
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

    static Stream<String> names() {
        return RecordedCase.folders().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void onTheKernelsWheelEverySegmentIsTheRecordedOne(String name) {
        RecordedCase played = RecordedCase.of(name);
        assertThat(played.wheel().mismatch()).isNull();
        assertThat(played.wheel().pairs()).hasSize((int) played.segments());
        assertThat(played.wheel().worstNs())
                .isLessThanOrEqualTo(played.recording().jiffyNs());
        played.wheel().end.checkInvariants();
    }

    @ParameterizedTest
    @MethodSource("names")
    void onExactTimersEveryRecordedTimerIsLateByItsGranuleAtMost(String name) {
        RecordedCase played = RecordedCase.of(name);
        assertThat(played.nominal().mismatch()).isNull();
        assertThat(played.nominal().pairs()).hasSize((int) played.segments());
        assertThat(played.nominal().fired())
                .filteredOn(fired -> !RecorderNoise.isNamed(played.recording(), fired.recordedNs()))
                .allSatisfy(fired -> assertThat(fired.recordedNs()).isBetween(fired.deadlineNs(), fired.latestNs()));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyRetransmissionTimeoutIsWithinAJiffy(String name) {
        RecordedCase played = RecordedCase.of(name);
        assertThat(played.rtoDifferencesNs())
                .allSatisfy(offNs -> assertThat(Math.abs(offNs))
                        .isLessThanOrEqualTo(played.recording().jiffyNs()));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyWordIsUnderstood(String name) throws IOException {
        assertThat(Recording.load(RecordedCase.folder(name)).unknownWords()).isEmpty();
    }

    /** A reader that does not read is left out: the kernel's buffer holds the room that segments take, the model's bytes. */
    @ParameterizedTest
    @MethodSource("names")
    void windowsAreTheRecordedOnes(String name) {
        RecordedCase played = RecordedCase.of(name);
        boolean reads = !played.recording().params().get("reader").text().startsWith("never");
        assertThat(played.wheel().pairs())
                .filteredOn(pair -> reads || pair.recorded().has(TcpSegment.SYN))
                .isNotEmpty()
                .allSatisfy(pair -> assertThat(pair.modeled().window())
                        .as(pair.recorded().toString())
                        .isEqualTo(pair.recorded().segment().window()));
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
