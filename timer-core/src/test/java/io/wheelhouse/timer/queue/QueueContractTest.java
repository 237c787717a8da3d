package io.wheelhouse.timer.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every structure promises, one promise a test. */
class QueueContractTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long HOUR_NS = 3_600 * SECOND_NS;
    private static final long TEN_YEARS_NS = 10L * 366 * 24 * HOUR_NS;
    private static final int ALL = Integer.MAX_VALUE;

    /** A time by which a timer armed up to then for up to an hour ahead has expired in every case. */
    private static final long LATE_NS = TEN_YEARS_NS;

    @ParameterizedTest
    @EnumSource
    void firesNeitherEarlyNorTwice(QueueCase queueCase) {
        TimerQueue queue = queueCase.make();
        long handOutNs = queueCase.rule().handOutNs(0, 300 * SECOND_NS + 1);
        assertThat(queue.arm(5, 0, 300 * SECOND_NS + 1)).isGreaterThan(300 * SECOND_NS);
        assertThat(Expiries.of(queue, handOutNs - 1)).isEmpty();
        assertThat(Expiries.of(queue, handOutNs)).containsExactly(5);
        assertThat(Expiries.of(queue, LATE_NS)).isEmpty();
        assertThat(queue.size()).isZero();
    }

    /**
     * One periodic timer and one far one, through 128 periods of every power of 8 from a nanosecond on: so through two
     * rotations of every level of every shape here, whatever its granule and however many slots it has.
     */
    @ParameterizedTest
    @EnumSource
    void keepsTimeThroughTwoRotationsOfEveryLevel(QueueCase queueCase) {
        for (CornerClock clock : List.of(CornerClock.SMALLEST, CornerClock.BELOW_ZERO, CornerClock.ZERO)) {
            for (long periodNs = 1; periodNs < TimerQueue.MAX_TIME_NS / 200; periodNs *= 8) {
                rotateTwice(queueCase, clock.startNs(new SplittableRandom(1)), periodNs);
            }
        }
    }

    private static void rotateTwice(QueueCase queueCase, long startNs, long periodNs) {
        TimerQueue queue = queueCase.make();
        FiringRule rule = queueCase.rule();
        long farNs = startNs + 128 * periodNs + 3;
        long farHandOutNs = rule.handOutNs(startNs, farNs);
        queue.arm(1, startNs, farNs);
        long nowNs = startNs;
        boolean farFired = false;
        for (int period = 0; period < 150; period++) {
            queue.arm(0, nowNs, nowNs + periodNs);
            long nextNs = rule.handOutNs(nowNs, nowNs + periodNs);
            if (!farFired && farHandOutNs < nextNs) {
                assertThat(Expiries.of(queue, farHandOutNs - 1)).isEmpty();
                assertThat(Expiries.of(queue, farHandOutNs)).containsExactly(1);
                farFired = true;
            }
            assertThat(queue.nextExpiryNs()).isLessThanOrEqualTo(nextNs);
            assertThat(Expiries.of(queue, nextNs - 1))
                    .as("period %d of %d ns", period, periodNs)
                    .isEmpty();
            boolean both = !farFired && farHandOutNs == nextNs;
            farFired |= both;
            assertThat(Expiries.of(queue, nextNs)).hasSize(both ? 2 : 1).contains(0);
            nowNs = nextNs;
            rule = rule.after(nowNs);
        }
        assertThat(farFired).isTrue();
        queue.checkInvariants();
    }

    @ParameterizedTest
    @EnumSource
    void aJumpCostsWhatIsOccupied(QueueCase queueCase) {
        TimerQueue queue = queueCase.make();
        SplittableRandom random = new SplittableRandom(3);
        int timers = 100;
        for (int timer = 0; timer < timers; timer++) {
            queue.arm(timer, 0, random.nextLong(TEN_YEARS_NS));
        }
        queue.arm(timers, 0, 3 * TEN_YEARS_NS);
        assertThat(Expiries.of(queue, 2 * TEN_YEARS_NS)).hasSize(timers);
        queue.arm(0, 2 * TEN_YEARS_NS, 2 * TEN_YEARS_NS + SECOND_NS);
        assertThat(Expiries.of(queue, 2 * TEN_YEARS_NS + HOUR_NS)).containsExactly(0);
        // At most one visit a level and timer.
        assertThat(queue.counts().slotVisits()).isLessThan(12L * (timers + 2));
        queue.checkInvariants();
    }

    /** A walk of all that is there, where the structure has nothing but walks. */
    @ParameterizedTest
    @EnumSource
    void aJumpOverNothingCostsNothing(QueueCase queueCase) {
        TimerQueue queue = queueCase.make();
        queue.arm(0, 0, 2 * TEN_YEARS_NS);
        long visits = queue.counts().slotVisits();
        assertThat(Expiries.of(queue, HOUR_NS)).isEmpty();
        assertThat(Expiries.of(queue, 2 * HOUR_NS)).isEmpty();
        assertThat(Expiries.of(queue, TEN_YEARS_NS)).isEmpty();
        assertThat(queue.counts().slotVisits() - visits).isLessThanOrEqualTo(3);
        assertThat(queue.counts().emptyAdvances()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void aDeadlineInThePastFiresAtTheNextAdvance(QueueCase queueCase) {
        for (long startNs : new long[] {-HOUR_NS, 0, 1, LATE_NS}) {
            TimerQueue queue = queueCase.make();
            queue.advance(startNs, ALL, new Expiries());
            long handOutNs = queueCase.rule().handOutNs(startNs, startNs);
            queue.arm(0, startNs, -TimerQueue.MAX_TIME_NS);
            queue.arm(1, startNs, startNs - 1);
            assertThat(queue.size()).as("still armed when the call returns").isEqualTo(2);
            assertThat(queue.deadlineNs(0)).isEqualTo(startNs);
            assertThat(queue.nextExpiryNs()).isLessThanOrEqualTo(handOutNs);
            Expiries expiries = new Expiries();
            queue.advance(handOutNs, ALL, expiries);
            assertThat(expiries.all()).hasSize(2).allMatch(expiry -> expiry.deadlineNs() == startNs);
        }
    }

    @ParameterizedTest
    @EnumSource
    void roundingStaysWithinItsBound(QueueCase queueCase) {
        TimerQueue queue = queueCase.make();
        SplittableRandom random = new SplittableRandom(41);
        long nowNs = 0;
        for (int i = 0; i < 5_000; i++) {
            nowNs += random.nextLong(SECOND_NS);
            long delayNs = random.nextLong(1L << random.nextInt(1, 61));
            long roundingNs = queue.arm(i % 50, nowNs, nowNs + delayNs) - (nowNs + delayNs);
            assertThat(roundingNs).as("delay %d", delayNs).isBetween(0L, queue.roundingBoundNs(delayNs));
        }
    }

    /** On itself and on one that is about to fire, and then throwing: the queue is as if it had not thrown. */
    @ParameterizedTest
    @EnumSource
    void aHandlerMayArmItselfCancelOthersAndThrow(QueueCase queueCase) {
        TimerQueue queue = queueCase.make();
        for (int timer = 0; timer < 3; timer++) {
            queue.arm(timer, 0, SECOND_NS);
        }
        Expiries expiries = new Expiries();
        assertThatThrownBy(() -> queue.advance(LATE_NS, ALL, (timer, deadlineNs, expiryNs) -> {
                    expiries.onExpiry(timer, deadlineNs, expiryNs);
                    queue.arm(timer, LATE_NS, LATE_NS + HOUR_NS);
                    queue.arm(timer, LATE_NS, LATE_NS);
                    queue.cancel((timer + 1) % 3);
                    throw new IllegalStateException("callback");
                }))
                .hasMessage("callback");
        int fired = expiries.timers().get(0);
        queue.checkInvariants();
        assertThat(queue.isArmed((fired + 1) % 3)).isFalse();
        assertThat(queue.counts().rearms()).isEqualTo(1);
        assertThat(Expiries.of(queue, queueCase.rule().handOutNs(LATE_NS, LATE_NS)))
                .containsExactlyInAnyOrder(fired, (fired + 2) % 3);
    }

    @ParameterizedTest
    @EnumSource
    void aBudgetEndsTheCallAndTheNextGoesOn(QueueCase queueCase) {
        TimerQueue queue = queueCase.make();
        int timers = 50;
        for (int timer = 0; timer < timers; timer++) {
            queue.arm(timer, 0, (timer % 10) * 30_000_000L);
        }
        Expiries expiries = new Expiries();
        for (int call = 0; call < timers; call++) {
            assertThat(queue.nextExpiryNs()).isLessThanOrEqualTo(LATE_NS);
            assertThat(queue.advance(LATE_NS, 0, expiries)).isZero();
            assertThat(queue.advance(LATE_NS, 1, expiries)).isEqualTo(1);
        }
        assertThat(queue.nextExpiryNs()).isEqualTo(TimerQueue.NONE);
        assertThat(expiries.all()).extracting(Expiries.Expiry::expiryNs).isSorted();
        assertThat(expiries.timers()).doesNotHaveDuplicates().hasSize(timers);
    }

    @ParameterizedTest
    @EnumSource
    void aTimerArmedByAHandlerForNowWaitsForTheNextCall(QueueCase queueCase) {
        TimerQueue queue = queueCase.make();
        queue.arm(0, 0, SECOND_NS);
        queue.arm(1, 0, 2 * SECOND_NS);
        long nowNs = 3600 * SECOND_NS;
        Expiries expiries = new Expiries();
        queue.advance(nowNs, ALL, (timer, deadlineNs, expiryNs) -> {
            expiries.onExpiry(timer, deadlineNs, expiryNs);
            queue.arm(timer, nowNs, 0);
            queue.arm(timer + 2, nowNs, nowNs);
            assertThat(queue.isArmed(timer)).isTrue();
            assertThat(queue.nextExpiryNs())
                    .isLessThanOrEqualTo(queueCase.rule().handOutNs(nowNs, nowNs));
        });
        assertThat(expiries.timers()).containsExactly(0, 1);
        queue.checkInvariants();
        assertThat(Expiries.of(queue, queueCase.rule().handOutNs(nowNs, nowNs))).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerMayCancelAndRearmWhatIsAboutToFire(QueueCase queueCase) {
        TimerQueue queue = queueCase.make();
        for (int timer = 0; timer < 6; timer++) {
            queue.arm(timer, 0, SECOND_NS);
        }
        Expiries expiries = new Expiries();
        queue.advance(LATE_NS, ALL, (timer, deadlineNs, expiryNs) -> {
            expiries.onExpiry(timer, deadlineNs, expiryNs);
            assertThat(queue.cancel(timer)).as("the timer that fires").isFalse();
            for (int other = 0; other < 6; other++) {
                if (other != timer && other % 2 == 0) {
                    assertThat(queue.cancel(other)).isTrue();
                } else if (other != timer) {
                    queue.arm(other, LATE_NS, LATE_NS + SECOND_NS);
                }
            }
        });
        assertThat(expiries.all()).hasSize(1);
        int fired = expiries.timers().get(0);
        queue.checkInvariants();
        List<Integer> odd = new ArrayList<>(List.of(1, 3, 5));
        odd.remove(Integer.valueOf(fired));
        assertThat(Expiries.of(queue, 2 * LATE_NS)).containsExactlyInAnyOrderElementsOf(odd);
    }

    @ParameterizedTest
    @EnumSource
    void aThrowingHandlerLosesNothing(QueueCase queueCase) {
        TimerQueue queue = queueCase.make();
        for (int timer = 0; timer < 4; timer++) {
            queue.arm(timer, 0, SECOND_NS);
        }
        Expiries expiries = new Expiries();
        assertThatThrownBy(() -> queue.advance(LATE_NS, ALL, (timer, deadlineNs, expiryNs) -> {
                    expiries.onExpiry(timer, deadlineNs, expiryNs);
                    queue.arm(7, LATE_NS, LATE_NS);
                    throw new IllegalStateException("callback");
                }))
                .hasMessage("callback");
        queue.checkInvariants();
        assertThat(queue.counts().expiries()).isEqualTo(1);
        assertThat(queue.size()).isEqualTo(4);
        queue.advance(2 * LATE_NS, ALL, expiries);
        assertThat(expiries.timers()).containsExactlyInAnyOrder(0, 1, 2, 3, 7);
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerMayNotAdvance(QueueCase queueCase) {
        TimerQueue queue = queueCase.make();
        queue.arm(0, 0, 0);
        queue.arm(1, 0, 0);
        ExpiryHandler nested = (timer, deadlineNs, expiryNs) -> queue.advance(LATE_NS, 1, new Expiries());
        assertThatThrownBy(() -> queue.advance(LATE_NS, ALL, nested))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("handler");
        assertThat(Expiries.of(queue, LATE_NS)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aClockThatGoesBackIsClampedAndCounted(QueueCase queueCase) {
        TimerQueue queue = queueCase.make();
        queue.arm(0, HOUR_NS, HOUR_NS + SECOND_NS);
        queue.arm(1, 0, 5);
        assertThat(queue.deadlineNs(1)).isEqualTo(HOUR_NS);
        assertThat(queue.counts().clockRegressions()).isEqualTo(1);
        assertThat(queue.advance(HOUR_NS, ALL, new Expiries()))
                .isEqualTo(queueCase.rule().handOutNs(0, HOUR_NS) == HOUR_NS ? 1 : 0);
        assertThat(queue.advance(-5, ALL, new Expiries())).isZero();
        assertThat(queue.counts().clockRegressions()).isEqualTo(2);
    }

    /** An owner that is busy arms at its own time, and only then looks back at what expired meanwhile. */
    @ParameterizedTest
    @EnumSource
    void anAdvanceBehindTheLastArmingHandsOutOnlyWhatHasExpiredByItsOwnTime(QueueCase queueCase) {
        TimerQueue queue = queueCase.make();
        queue.arm(0, 0, SECOND_NS);
        queue.arm(1, 0, 3 * SECOND_NS);
        queue.arm(2, 4 * SECOND_NS, 5 * SECOND_NS);
        assertThat(Expiries.of(queue, 2 * SECOND_NS)).hasSize(1);
        assertThat(queue.isArmed(1)).isTrue();
        assertThat(Expiries.of(queue, HOUR_NS)).hasSize(2);
        assertThat(queue.counts().clockRegressions()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void countsEveryOperation(QueueCase queueCase) {
        TimerQueue queue = queueCase.make();
        OperationCounts counts = queue.counts();
        queue.advance(0, ALL, new Expiries());
        queue.arm(0, 0, SECOND_NS);
        queue.arm(0, 0, 2 * SECOND_NS);
        queue.arm(1, 0, SECOND_NS);
        queue.cancel(1);
        queue.cancel(1);
        queue.cancel(9_999);
        queue.cancel(-1);
        queue.advance(LATE_NS, ALL, new Expiries());
        assertThat(counts.arms()).isEqualTo(2);
        assertThat(counts.rearms()).isEqualTo(1);
        assertThat(counts.superseded()).isEqualTo(1);
        assertThat(counts.cancels()).isEqualTo(1);
        assertThat(counts.expiries()).isEqualTo(1);
        assertThat(counts.emptyAdvances()).isEqualTo(1);
        assertThat(counts.slotVisits()).isNotNegative();
    }

    @ParameterizedTest
    @EnumSource
    void theSameCallsGiveTheSameOrder(QueueCase queueCase) {
        assertThat(orderOfARun(queueCase)).isEqualTo(orderOfARun(queueCase)).hasSizeGreaterThan(1_000);
    }

    private static List<Integer> orderOfARun(QueueCase queueCase) {
        TimerQueue queue = queueCase.make();
        SplittableRandom random = new SplittableRandom(11);
        Expiries expiries = new Expiries();
        for (int i = 0; i < 5_000; i++) {
            long nowNs = i * 1_000_000L;
            queue.arm(random.nextInt(500), nowNs, nowNs + random.nextLong(SECOND_NS / 4));
            queue.advance(nowNs, random.nextInt(3), expiries);
        }
        queue.advance(LATE_NS, ALL, expiries);
        return expiries.timers();
    }

    @ParameterizedTest
    @EnumSource
    void growsToTheLargestNumber(QueueCase queueCase) {
        TimerQueue queue = queueCase.make();
        for (int timer : new int[] {0, 63, 64, 65, 100_000, 3}) {
            queue.arm(timer, 0, SECOND_NS);
        }
        assertThat(queue.isArmed(99_999)).isFalse();
        assertThat(queue.deadlineNs(99_999)).isEqualTo(TimerQueue.NONE);
        queue.checkInvariants();
        assertThat(Expiries.of(queue, LATE_NS)).containsExactlyInAnyOrder(0, 3, 63, 64, 65, 100_000);
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatItCannotMean(QueueCase queueCase) {
        TimerQueue queue = queueCase.make();
        long beyondNs = TimerQueue.MAX_TIME_NS + 1;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.arm(-1, 0, 0))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.arm(0, 0, beyondNs))
                .withMessageContaining("deadlineNs " + beyondNs);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.arm(0, -beyondNs, 0))
                .withMessageContaining("nowNs -" + beyondNs);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.arm(0, Long.MIN_VALUE, 0))
                .withMessageContaining("nowNs " + Long.MIN_VALUE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.advance(0, -3, new Expiries()))
                .withMessageContaining("budget -3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.roundingBoundNs(-4))
                .withMessageContaining("-4");
        assertThatNullPointerException().isThrownBy(() -> queue.advance(0, 1, nothing()));
        assertThat(queue.size()).isZero();
        queue.checkInvariants();
    }

    @SuppressWarnings("NullAway") // what a caller without null checks may pass
    private static ExpiryHandler nothing() {
        return null;
    }
}
