package io.wheelhouse.sim.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wheelhouse.timer.bucket.Firings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenessMeterTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 8, 9, 15, 16, 17, 1_000, 1_000_000, 262_144_000_000L, Long.MAX_VALUE - 1})
    void classesRiseAndAreAnEighthOfAnOctaveWide(long valueNs) {
        int row = LatenessMeter.classOf(valueNs);
        assertThat(LatenessMeter.classOf(valueNs + 1)).isBetween(row, row + 1);
        if (valueNs > 0) {
            assertThat(LatenessMeter.classOf(valueNs - valueNs / 8 - 1)).isLessThan(row);
        }
        assertThat(LatenessMeter.classOf(valueNs - valueNs / 16)).isGreaterThanOrEqualTo(row - 1);
    }

    @Test
    void eachSmallValueHasAClassOfItsOwn() {
        for (int value = 0; value < 16; value++) {
            assertThat(LatenessMeter.classOf(value)).isEqualTo(value);
        }
    }

    @Test
    void sharesAreThoseOfTheTailAlone() {
        LatenessMeter meter = new LatenessMeter();
        for (int i = 0; i < 980; i++) {
            meter.record(Firings.of(0, 1_000, 0, 0, 0));
        }
        for (int i = 0; i < 20; i++) {
            meter.record(Firings.of(0, 100_000, 200_000, 0, 700_000));
        }
        Lateness lateness = new Lateness(meter);
        assertThat(lateness.part(Cause.ROUNDING).shareAtP99()).isCloseTo(0.1, within(1e-12));
        assertThat(lateness.part(Cause.TICK).shareAtP99()).isCloseTo(0.2, within(1e-12));
        assertThat(lateness.part(Cause.HANDOFF).shareAtP99()).isZero();
        assertThat(lateness.part(Cause.QUEUEING).shareAtP99()).isCloseTo(0.7, within(1e-12));
        assertThat(lateness.mainCauseAtP99()).isEqualTo(Cause.QUEUEING);
        assertThat(lateness.part(Cause.ROUNDING).p50Ns()).isBetween(1_000L, 1_010L);
    }

    @Test
    void meansAndMaximaAreExact() {
        LatenessMeter meter = new LatenessMeter();
        meter.record(Firings.of(5, 1, 2, 3, 4));
        meter.record(Firings.of(5, 1_000_000_001L, 0, 0, 0));
        Lateness lateness = new Lateness(meter);
        assertThat(lateness.count()).isEqualTo(2);
        assertThat(lateness.maxNs()).isEqualTo(1_000_000_001L);
        assertThat(lateness.atPercentileNs(100.0)).isEqualTo(1_000_000_001L);
        assertThat(lateness.meanNs()).isEqualTo(500_000_005.5);
        assertThat(lateness.part(Cause.ROUNDING).meanNs()).isEqualTo(500_000_001.0);
        assertThat(lateness.part(Cause.QUEUEING).maxNs()).isEqualTo(4);
    }

    @Test
    void latenessBeyondTheRangeIsCountedAndSummedExactly() {
        LatenessMeter meter = new LatenessMeter();
        meter.record(Firings.of(0, 3 * LatenessMeter.RANGE_NS, 0, 0, 0));
        Lateness lateness = new Lateness(meter);
        assertThat(lateness.count()).isEqualTo(1);
        assertThat(lateness.maxNs()).isEqualTo(3 * LatenessMeter.RANGE_NS);
        assertThat(lateness.meanNs()).isEqualTo(3.0 * LatenessMeter.RANGE_NS);
        assertThat(lateness.atPercentileNs(50.0)).isGreaterThanOrEqualTo(LatenessMeter.RANGE_NS);
    }

    @Test
    void nothingFired() {
        assertThat(Lateness.NONE.count()).isZero();
        assertThat(Lateness.NONE.meanNs()).isZero();
        assertThat(Lateness.NONE.atPercentileNs(99.0)).isZero();
        assertThat(Lateness.NONE.part(Cause.TICK).shareAtP99()).isZero();
    }
}
