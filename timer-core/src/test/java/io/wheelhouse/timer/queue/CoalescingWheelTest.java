package io.wheelhouse.timer.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** An owner that comes late: what is armed meanwhile still fires on the instant that arm gave. */
class CoalescingWheelTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long HOUR_NS = 3_600 * SECOND_NS;
    private static final long TICK_NS = 4_000_000;

    private final CoalescingWheel wheel = new CoalescingWheel(WheelShape.linux(250));

    @Test
    void slotsDoNotAliasAfterAnIdleHour() {
        wheel.arm(0, 0, 24 * HOUR_NS);
        long firstNs = wheel.arm(1, HOUR_NS, HOUR_NS + SECOND_NS);
        assertThat(wheel.nextExpiryNs()).isEqualTo(firstNs);
        assertThat(Expiries.of(wheel, firstNs - 1)).isEmpty();
        assertThat(Expiries.of(wheel, firstNs)).containsExactly(1);
        assertThat(wheel.counts().slotVisits()).isEqualTo(1);
    }

    @Test
    void slotsDoNotAliasWhileTimersAreOverdue() {
        // Every 4 ms one more, each 100 ms ahead, and nobody advances for ten rotations of the lowest level.
        int timers = 640;
        long[] expiriesNs = new long[timers];
        for (int timer = 0; timer < timers; timer++) {
            long nowNs = timer * 4_000_000L;
            expiriesNs[timer] = wheel.arm(timer, nowNs, nowNs + 100_000_000);
            wheel.checkInvariants();
        }
        Expiries expiries = new Expiries();
        long nowNs = timers * 4_000_000L + SECOND_NS;
        while (wheel.advance(nowNs, 1, expiries) == 1) {
            wheel.checkInvariants();
        }
        assertThat(expiries.all())
                .hasSize(timers)
                .allSatisfy(expiry -> assertThat(expiry.expiryNs()).isEqualTo(expiriesNs[expiry.timer()]));
        assertThat(expiries.all()).extracting(Expiries.Expiry::expiryNs).isSorted();
    }

    @Test
    void theClockIsOneTickAheadOnceTimersOfTheTickHaveBeenHandedOut() {
        wheel.arm(0, 0, 0);
        long before = wheel.arm(1, TICK_NS, 64 * TICK_NS);
        assertThat(before).as("63 ticks: level 1, a multiple of 8").isEqualTo(72 * TICK_NS);
        long[] rearmedNs = new long[1];
        wheel.advance(TICK_NS, 1, (timer, deadlineNs, expiryNs) -> rearmedNs[0] = wheel.arm(0, TICK_NS, 64 * TICK_NS));
        assertThat(rearmedNs[0]).as("62 from the next: level 0, the tick after").isEqualTo(65 * TICK_NS);
        assertThat(wheel.arm(0, 2 * TICK_NS - 1, 64 * TICK_NS))
                .as("still in that tick")
                .isEqualTo(65 * TICK_NS);
        assertThat(wheel.arm(0, 2 * TICK_NS, 65 * TICK_NS)).as("in the next").isEqualTo(72 * TICK_NS);
        wheel.checkInvariants();
    }

    @Test
    void cancelledOverdueListsAreReused() {
        long nowNs = 0;
        for (int i = 0; i < 10_000; i++) {
            wheel.arm(i % 5, nowNs, nowNs);
            wheel.cancel((i + 3) % 5);
            nowNs += 8_000_000;
            wheel.arm(5 + i % 2, nowNs, nowNs + HOUR_NS);
        }
        wheel.checkInvariants();
        assertThat(Expiries.of(wheel, nowNs + 4_000_000)).hasSizeLessThan(6);
    }

    @Test
    void delaysBeyondTheLastLevelFireAtItsResolutionAndNotBefore() {
        CoalescingWheel small = new CoalescingWheel(new WheelShape(8, 1, 2, 1_000, 0));
        long farNs = 10 * 366 * 24 * HOUR_NS + 123;
        long expiryNs = small.arm(0, 0, farNs);
        assertThat(expiryNs - farNs).isBetween(1L, 2_000L);
        assertThat(small.nextExpiryNs()).isEqualTo(expiryNs);
        assertThat(Expiries.of(small, expiryNs - 1)).isEmpty();
        assertThat(Expiries.of(small, expiryNs)).containsExactly(0);
    }
}
