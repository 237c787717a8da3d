package io.wheelhouse.timer.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel's wheel by its published table (Linux, kernel/time/timer.c, HZ=1000), and the shapes that are refused. */
class WheelShapeTest {
    private static final long MS = 1_000_000;
    private static final WheelShape LINUX_1000 = WheelShape.linux(1_000);

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1",
        "1, 63, 8",
        "2, 504, 64",
        "3, 4032, 512",
        "4, 32256, 4096",
        "5, 258048, 32768",
        "6, 2064384, 262144",
        "7, 16515072, 2097152",
        "8, 132120576, 16777216"
    })
    void aLevelStartsAt63GranulesOfTheOneBelow(int level, long startMs, long granuleMs) {
        assertThat(LINUX_1000.levelOf(startMs)).isEqualTo(level);
        assertThat(LINUX_1000.granuleNs(level)).isEqualTo(granuleMs * MS);
        assertThat(LINUX_1000.roundingBoundNs(startMs * MS)).isEqualTo(granuleMs * MS);
        if (level > 0) {
            assertThat(LINUX_1000.levelOf(startMs - 1)).isEqualTo(level - 1);
            assertThat(granuleMs / (double) startMs).isCloseTo(8.0 / 63, within(1e-12));
        }
    }

    @ParameterizedTest
    @CsvSource({"200, 8", "1000, 64", "75000, 4096", "7200000, 262144"})
    void theLargestRoundingOfADelay(long delayMs, long largestMs) {
        CoalescingWheel wheel = new CoalescingWheel(LINUX_1000);
        assertThat(wheel.roundingBoundNs(delayMs * MS)).isEqualTo(largestMs * MS);
        long largestNs = 0;
        long smallestNs = Long.MAX_VALUE;
        for (long nowMs = 0; nowMs < 2 * largestMs; nowMs++) {
            long deadlineNs = (nowMs + delayMs) * MS;
            long roundingNs = wheel.arm(0, nowMs * MS, deadlineNs) - deadlineNs;
            largestNs = Math.max(largestNs, roundingNs);
            smallestNs = Math.min(smallestNs, roundingNs);
        }
        assertThat(largestNs).isEqualTo(largestMs * MS);
        assertThat(smallestNs).isEqualTo(MS);
    }

    @Test
    void theLowestLevelFiresOneTickAfterTheOneItExpiresIn() {
        CoalescingWheel wheel = new CoalescingWheel(LINUX_1000);
        assertThat(wheel.arm(0, 0, 0)).isEqualTo(MS);
        assertThat(wheel.arm(0, 0, 10 * MS)).isEqualTo(11 * MS);
        assertThat(wheel.arm(0, 0, 10 * MS + 1)).isEqualTo(11 * MS);
        assertThat(wheel.arm(0, 0, 11 * MS - 1)).isEqualTo(11 * MS);
    }

    @Test
    void thePhaseShiftsTheTicks() {
        CoalescingWheel wheel = new CoalescingWheel(LINUX_1000.withPhaseNs(300_000));
        assertThat(wheel.arm(0, 0, 10 * MS)).isEqualTo(11 * MS - 300_000);
        assertThat(wheel.arm(0, 0, 10 * MS + 700_000)).isEqualTo(12 * MS - 300_000);
    }

    @Test
    void theLevelIsAsOfTheArmingAndTheTick() {
        // 62.5 ms ahead is 62 ticks ahead from the begin of a tick, 63 from its last half.
        CoalescingWheel wheel = new CoalescingWheel(LINUX_1000);
        assertThat(wheel.arm(0, 0, 62_500_000)).isEqualTo(63 * MS);
        assertThat(wheel.arm(0, 600_000, 63_100_000)).isEqualTo(64 * MS);
        assertThat(LINUX_1000.roundingBoundNs(62_500_000)).isEqualTo(8 * MS);
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 100})
    void slowKernelsHaveEightLevels(int ticksPerSecond) {
        assertThat(WheelShape.linux(ticksPerSecond).levels()).isEqualTo(8);
        assertThat(WheelShape.linux(250).levels()).isEqualTo(9);
        assertThat(WheelShape.linux(250).granuleNs()).isEqualTo(4 * MS);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 3, 9, 1000, 0, slots 1",
        "65537, 3, 9, 1000, 0, slots 65537",
        "64, 0, 9, 1000, 0, shift 0",
        "64, 17, 2, 1000, 0, shift 17",
        "64, 3, 0, 1000, 0, levels 0",
        "64, 3, 17, 1000, 0, levels 17",
        "64, 3, 9, 0, 0, granuleNs 0",
        "64, 3, 9, 1000, -1, phaseNs -1",
        "64, 3, 9, 1000, 1000, phaseNs 1000",
        "64, 16, 16, 1000, 0, the granule of level 15",
        "64, 5, 16, 1000000000, 0, the granule of level 15"
    })
    void refusesAShapeThatCannotBe(int slots, int shift, int levels, long granuleNs, long phaseNs, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WheelShape(slots, shift, levels, granuleNs, phaseNs))
                .withMessageContaining(message);
    }
}
