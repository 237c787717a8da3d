package io.wheelhouse.tcp.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules in the small; against the kernel itself see {@link io.wheelhouse.tcp.recorded.RecordedInfoTest}. */
class LinuxEstimatorTest {
    private static final long MS = 1_000_000;

    private final int[] row = new int[RttEstimator.STATE_INTS_MAX];
    private final RttEstimator estimator = Profile.named("linux").estimator();
    private int sequence;

    @ParameterizedTest
    @CsvSource({"1, 204", "100, 300", "150, 452", "0, 200"})
    void theFirstSampleSetsTheTimeout(long rttMs, long rtoMs) {
        estimator.sample(row, 0, rttMs * MS, 1, 1);
        assertThat(estimator.rtoNs(row, 0)).isEqualTo(rtoMs * MS);
    }

    /** tcp_init_sock() keeps the floor in jiffies. */
    @ParameterizedTest
    @CsvSource({"5, 12", "20, 24", "30, 36"})
    void theFloorIsRoundedUpToAJiffy(long floorMs, long rtoMs) {
        RttEstimator floored =
                Profile.named("linux").with(Map.of("rto-min", floorMs + "ms")).estimator();
        floored.sample(row, 0, MS, 1, 1);
        assertThat(floored.rtoNs(row, 0)).isEqualTo(rtoMs * MS);
    }

    @Test
    void beforeTheFirstSampleTheTimeoutIsTheInitialOne() {
        assertThat(estimator.rtoNs(row, 0)).isEqualTo(1_000 * MS);
        assertThat(estimator.hasSample(row, 0)).isFalse();
    }

    @Test
    void variationRisesAtOnceAndFallsByAQuarterOncePerRoundTrip() {
        estimator.sample(row, 0, 400 * MS, 1, 1);
        assertThat(estimator.unclampedRtoNs(row, 0)).isEqualTo(1_200 * MS);
        // Within the round trip of the sequence number 1,001 nothing falls, however many samples agree.
        nextRound(400);
        long variationNs = estimator.unclampedRtoNs(row, 0) - 400 * MS;
        assertThat(variationNs).isEqualTo(800 * MS);
        estimator.sample(row, 0, 400 * MS, sequence - 500, sequence);
        estimator.sample(row, 0, 400 * MS, sequence - 400, sequence);
        assertThat(estimator.unclampedRtoNs(row, 0) - 400 * MS).isEqualTo(variationNs);
        // 450 ms was the greatest deviation of the round trip that ends: 800 - (800 - 450) / 4.
        nextRound(400);
        assertThat(estimator.unclampedRtoNs(row, 0) - 400 * MS).isEqualTo(712_500_000);
    }

    @Test
    void aFallOfTheRoundTripTimeCountsForAnEighth() {
        for (int i = 0; i < 200; i++) {
            nextRound(400);
        }
        long steadyNs = estimator.variationNs(row, 0);
        assertThat(steadyNs).isLessThan(MS);
        int[] risen = row.clone();
        estimator.sample(risen, 0, 500 * MS, sequence + 1, sequence + 1);
        nextRound(300);
        long riseNs = estimator.variationNs(risen, 0) - steadyNs;
        long fallNs = estimator.variationNs(row, 0) - steadyNs;
        assertThat(riseNs).isBetween(24 * MS, 26 * MS);
        assertThat(fallNs).isBetween(riseNs / 8 - MS / 10, riseNs / 8 + MS / 10);
    }

    @Test
    void sequenceNumbersWrap() {
        sequence = Integer.MAX_VALUE - 1_500;
        for (int i = 0; i < 60; i++) {
            nextRound(400);
        }
        assertThat(estimator.rtoNs(row, 0)).isBetween(600 * MS, 604 * MS);
    }

    @Test
    void jiffiesAndFloorAreConstants() {
        RttEstimator other = Profile.named("linux")
                .with(Map.of("hz", "1000", "tcp_rto_min_us", "20000"))
                .estimator();
        other.sample(row, 0, 1_300_000, 1, 1);
        assertThat(other.rtoNs(row, 0)).isEqualTo(22 * MS);
    }

    private void nextRound(long rttMs) {
        sequence += 1_000;
        estimator.sample(row, 0, rttMs * MS, sequence + 1, sequence + 1);
    }
}
