package io.wheelhouse.sim.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.queue.TimerQueue;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/**
 * What takes how long is the machine's to say. That the operations happen which the figures are named after, and that their time
 * is divided by how many they are, is ours: a clock that goes on by 10 ns at each look makes the figures known.
 */
class CalibrationTest {
    private static final long LOOK_NS = 10;

    private static LongSupplier clockOfLooks() {
        long[] looks = {0};
        return () -> looks[0]++ * LOOK_NS;
    }

    @Test
    void measuresEveryOperation() {
        LongSupplier looks = clockOfLooks();
        Calibration.Result result = Calibration.measure(Idle.PARK, Calibration.Effort.SMALL, looks, looks);
        Map<Cost, Long> found = new EnumMap<>(result.costsNs());
        assertThat(found).containsOnlyKeys(Cost.values());
        // Both are in what expiring takes.
        assertThat(found.remove(Cost.SLOT_VISIT)).isZero();
        assertThat(found.remove(Cost.REFILE)).isZero();
        assertThat(found).allSatisfy((cost, costNs) -> assertThat(costNs).isPositive());
        // Arming asks for the time, and is charged for; cancelling is charged for.
        assertThat(found).containsEntry(Cost.ARM, 2 * LOOK_NS).containsEntry(Cost.CANCEL, LOOK_NS);
        // A callback has a beginning and an end, and a charge between them; alone it is looked for, too.
        assertThat(found.get(Cost.EXPIRE)).isGreaterThanOrEqualTo(3 * LOOK_NS);
        assertThat(found.get(Cost.TICK)).isGreaterThanOrEqualTo(LOOK_NS);
        // A segment is charged for; and so is each that is sent, in the same step.
        assertThat(found.get(Cost.SEGMENT_OUT)).isGreaterThanOrEqualTo(LOOK_NS);
        assertThat(found.get(Cost.SEGMENT_IN)).isGreaterThanOrEqualTo(LOOK_NS);
        assertThat(result.details().rearmShare()).isStrictlyBetween(0.0, 1.0);
    }

    @Test
    void aMoveIsGivenAndTaken() {
        MoveCost.Result move = MoveCost.measure(2, 1);
        assertThat(move.giveNs()).isPositive();
        assertThat(move.takeNs()).isPositive();
    }

    @Test
    void wakingUpIsMeasuredOfAThreadThatIdlesAsLiveOnesDo() {
        assertThat(WakeUpLatency.measure(Idle.BUSY_SPIN, 30))
                .hasSize(30)
                .isSorted()
                .allMatch(lateNs -> lateNs >= 0)
                .anyMatch(lateNs -> lateNs > 0);
    }

    /** An acknowledgment moves the deadline of a timer: a pass that arms for the same one would measure the cheapest path alone. */
    @Test
    void eachPassArmsEveryTimerForAnotherDeadline() {
        LongSupplier looks = clockOfLooks();
        TimerCosts timers = new TimerCosts(looks, looks);
        timers.armAll();
        assertThat(sum(timers, bucket -> bucket.timers().counts().arms())).isEqualTo(TimerCosts.ALL);
        assertThat(sum(timers, bucket -> bucket.timers().counts().rearms())).isZero();
        long[] before = deadlines(timers);
        timers.armAll();
        long[] after = deadlines(timers);
        assertThat(sum(timers, bucket -> bucket.timers().counts().rearms())).isEqualTo(TimerCosts.ALL);
        int later = 0;
        for (int timer = 0; timer < TimerCosts.ALL; timer++) {
            assertThat(after[timer]).as("timer %d", timer).isNotEqualTo(before[timer]);
            later += after[timer] > before[timer] ? 1 : 0;
        }
        assertThat(later).isBetween(TimerCosts.ALL / 2 + 1, TimerCosts.ALL - 1);
    }

    /** What a round does, by the counts of the structure itself. */
    @Test
    void aRoundDoesWhatItIsNamedAfter() {
        LongSupplier looks = clockOfLooks();
        TimerCosts timers = new TimerCosts(looks, looks);
        timers.round();
        assertThat(sum(timers, bucket -> bucket.timers().counts().arms())).isEqualTo(3L * TimerCosts.ALL);
        assertThat(sum(timers, bucket -> bucket.timers().counts().rearms()))
                .isEqualTo((long) TimerCosts.REARM_PASSES * TimerCosts.ALL);
        assertThat(sum(timers, bucket -> bucket.timers().counts().cancels())).isEqualTo(TimerCosts.ALL);
        assertThat(sum(timers, bucket -> bucket.timers().counts().expiries())).isEqualTo(2L * TimerCosts.ALL);
        assertThat(sum(timers, bucket -> bucket.timers().size())).isZero();
    }

    private static long sum(TimerCosts timers, ToLongFunction<TimerBucket> count) {
        return Arrays.stream(timers.buckets()).mapToLong(count).sum();
    }

    private static long[] deadlines(TimerCosts timers) {
        long[] deadlines = new long[TimerCosts.ALL];
        for (int timer = 0; timer < TimerCosts.ALL; timer++) {
            TimerQueue queue = timers.buckets()[timer / TimerCosts.TIMERS].timers();
            deadlines[timer] = queue.deadlineNs(timer % TimerCosts.TIMERS);
        }
        return deadlines;
    }
}
