package io.wheelhouse.timer.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HierarchicalWheelTest {
    private static final long MS = 1_000_000;

    @Test
    void byTickFiresOnTheTickAndReportsTheDeadline() {
        HierarchicalWheel wheel = HierarchicalWheel.byTick(4 * MS);
        assertThat(wheel.arm(0, 0, 201 * MS)).isEqualTo(201 * MS);
        assertThat(wheel.arm(1, 0, 204 * MS)).isEqualTo(204 * MS);
        assertThat(wheel.arm(2, 0, 204 * MS + 1)).isEqualTo(204 * MS + 1);
        assertThat(wheel.nextExpiryNs()).isEqualTo(204 * MS);
        assertThat(Expiries.of(wheel, 204 * MS - 1)).isEmpty();
        Expiries expiries = new Expiries();
        wheel.advance(204 * MS, 9, expiries);
        assertThat(expiries.all())
                .containsExactlyInAnyOrder(
                        new Expiries.Expiry(0, 201 * MS, 201 * MS), new Expiries.Expiry(1, 204 * MS, 204 * MS));
        assertThat(wheel.nextExpiryNs()).isEqualTo(208 * MS);
    }

    @Test
    void byDeadlineFiresInsideTheRunningGranule() {
        HierarchicalWheel wheel = HierarchicalWheel.byDeadline(1_024);
        wheel.arm(0, 0, 900);
        wheel.arm(1, 0, 500);
        wheel.arm(2, 0, 500);
        wheel.arm(3, 0, 100);
        assertThat(wheel.nextExpiryNs()).isEqualTo(100);
        assertThat(Expiries.of(wheel, 499)).containsExactly(3);
        assertThat(Expiries.of(wheel, 600)).containsExactly(1, 2);
        // Armed into the part that is left, before one that waits there.
        wheel.arm(4, 600, 700);
        wheel.arm(5, 600, 600);
        assertThat(wheel.nextExpiryNs()).isEqualTo(600);
        assertThat(Expiries.of(wheel, 5_000)).containsExactly(5, 4, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 65_000, 4_300_000, 300_000_000, 20_000_000_000L, 7_200_000_000_000L})
    void nextExpiryByDeadlineIsExactWhereAFewTimersShareTheSlot(long deadlineNs) {
        HierarchicalWheel wheel = HierarchicalWheel.byDeadline(1_024);
        wheel.arm(0, 0, deadlineNs + 1);
        wheel.arm(1, 0, deadlineNs);
        wheel.cancel(0);
        wheel.arm(2, 0, 3 * deadlineNs);
        assertThat(wheel.nextExpiryNs()).isEqualTo(deadlineNs);
        assertThat(Expiries.of(wheel, deadlineNs)).containsExactly(1);
        assertThat(wheel.nextExpiryNs()).isEqualTo(3 * deadlineNs);
    }

    @Test
    void aSparseWheelFilesATimerAgainAtMostOnce() {
        HierarchicalWheel wheel = HierarchicalWheel.byDeadline(1_024);
        SplittableRandom random = new SplittableRandom(17);
        for (int timer = 0; timer < 20; timer++) {
            wheel.arm(timer, 0, random.nextLong(7_200_000 * MS));
        }
        Expiries expiries = new Expiries();
        int advances = 0;
        while (wheel.size() > 0) {
            wheel.advance(wheel.nextExpiryNs(), Integer.MAX_VALUE, expiries);
            advances++;
        }
        assertThat(advances).isEqualTo(20);
        assertThat(expiries.all()).extracting(Expiries.Expiry::deadlineNs).isSorted();
        assertThat(wheel.counts().refiles()).isLessThanOrEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE})
    void refusesAGranule(long granuleNs) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HierarchicalWheel.byTick(granuleNs))
                .withMessageContaining("granuleNs " + granuleNs);
    }

    /** An owner that was busy arms by the time it has got to, and then advances to one that it had passed. */
    @Test
    void anEntryThatComesUpInAnAdvanceThatLooksBackIsNotLeftToALaterLook() {
        HierarchicalWheel wheel = HierarchicalWheel.watching(MS, false);
        wheel.arm(0, 0, 500 * MS);
        wheel.arm(1, 0, 20 * MS);
        wheel.arm(1, 0, 60 * MS);
        // The block of both is watched from now on, and looked at in 32 ms.
        wheel.arm(0, 31 * MS, 300 * MS);
        assertThat(Expiries.of(wheel, 20 * MS)).isEmpty();
        wheel.checkInvariants();
        assertThat(wheel.nextExpiryNs()).isLessThanOrEqualTo(60 * MS);
        assertThat(Expiries.of(wheel, 60 * MS)).containsExactly(1);
        assertThat(Expiries.of(wheel, 300 * MS)).containsExactly(0);
    }
}
