package io.wheelhouse.timer.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.ManualMeter;
import io.wheelhouse.timer.queue.CoalescingWheel;
import io.wheelhouse.timer.queue.TimerQueue;
import io.wheelhouse.timer.queue.WheelShape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One bucket, driven by hand. In the log, a timer's lateness is rounding+tick+handoff+queueing=total. */
class TimerBucketTest {
    private final ScriptedWork work = new ScriptedWork();
    private final ManualMeter meter = new ManualMeter();
    private final TimerBucket bucket = TestBuckets.bucket(7, work);

    @BeforeEach
    void ownedFromTheStart() {
        bucket.handTo(0, TickGrid.NONE, 0, 0);
    }

    private void serveAt(long timeNs) {
        meter.idleUntil(timeNs);
        assertThat(bucket.serve(meter, 0)).isTrue();
    }

    @Test
    void aTimerFiresOnce() {
        bucket.arm(1, 100, meter);
        assertThat(bucket.nextInstantNs()).isEqualTo(100);
        assertThat(bucket.happen(100, 0)).isTrue();
        assertThat(bucket.dueSinceNs(1)).isEqualTo(100);
        serveAt(130);
        assertThat(work.log).containsExactly("timer 1 at 130: 0+0+0+30=30");
        assertThat(bucket.serve(meter, 0)).isFalse();
        assertThat(bucket.dueSinceNs(1)).isEqualTo(TimerQueue.NONE);
        assertThat(bucket.timersServed()).isEqualTo(1);
        assertThat(bucket.hasWork()).isFalse();
        assertThat(bucket.nextInstantNs()).isEqualTo(TimerQueue.NONE);
    }

    @Test
    void aCancelledTimerDoesNotFireAlsoWhenItHasExpired() {
        bucket.arm(1, 100, meter);
        bucket.arm(2, 100, meter);
        bucket.arm(3, 200, meter);
        bucket.happen(100, 0);
        assertThat(bucket.dueTimers()).isEqualTo(2);
        meter.idleUntil(140);
        assertThat(bucket.cancel(1, meter)).isTrue();
        assertThat(bucket.cancel(1, meter)).isFalse();
        assertThat(bucket.cancel(3, meter)).isTrue();
        assertThat(bucket.waiting()).isEqualTo(1);
        serveAt(150);
        assertThat(work.log).containsExactly("timer 2 at 150: 0+0+0+50=50");
        assertThat(bucket.serve(meter, 0)).isFalse();
        assertThat(bucket.cancelledWhileDue()).isEqualTo(1);
    }

    @Test
    void anExpiredTimerThatIsRearmedFiresAtItsNewDeadlineOnly() {
        bucket.arm(1, 100, meter);
        bucket.happen(100, 0);
        meter.idleUntil(160);
        bucket.arm(1, 300, meter);
        assertThat(bucket.supersededWhileDue()).isEqualTo(1);
        assertThat(bucket.hasWork()).isFalse();
        assertThat(bucket.serve(meter, 0)).isFalse();
        assertThat(bucket.nextInstantNs()).isEqualTo(300);
        bucket.happen(300, 0);
        serveAt(300);
        assertThat(work.log).containsExactly("timer 1 at 300: 0+0+0+0=0");
    }

    @Test
    void aTimerMayExpireAgainWhileItsWithdrawnFiringIsStillQueued() {
        bucket.arm(1, 100, meter);
        bucket.happen(100, 0);
        meter.idleUntil(110);
        bucket.arm(1, 120, meter);
        bucket.happen(120, 0);
        assertThat(bucket.waiting()).isEqualTo(1);
        serveAt(125);
        assertThat(work.log).containsExactly("timer 1 at 125: 0+0+0+5=5");
        assertThat(bucket.serve(meter, 0)).isFalse();
    }

    @Test
    void aCallbackMayArmItselfAndCancelAnExpiredNeighbour() {
        work.whenExpired(1, (self, clock) -> {
            self.arm(1, clock.nowNs() + 50, clock);
            self.cancel(2, clock);
        });
        bucket.arm(1, 100, meter);
        bucket.arm(2, 100, meter);
        bucket.happen(100, 0);
        serveAt(100);
        assertThat(bucket.cancelledWhileDue()).isEqualTo(1);
        assertThat(bucket.serve(meter, 0)).isFalse();
        bucket.happen(150, 0);
        serveAt(150);
        assertThat(work.log).containsExactly("timer 1 at 100: 0+0+0+0=0", "timer 1 at 150: 0+0+0+0=0");
    }

    @Test
    void atOneInstantPacketsComeBeforeTimersAndOutsideBetween() {
        bucket.arm(1, 100, meter);
        bucket.armOutside(5, 0, 100);
        bucket.schedule(100, 9, 42);
        bucket.schedule(100, 4, 41);
        bucket.happen(100, 0);
        serveAt(100);
        serveAt(100);
        serveAt(100);
        assertThat(work.log)
                .containsExactly(
                        "event 41 at 100",
                        "event 42 at 100",
                        "outside 5 at 100",
                        "packet 41 at 100",
                        "packet 42 at 100",
                        "timer 1 at 100: 0+0+0+0=0");
    }

    @Test
    void latenessIsRoundingThenTickThenQueueing() {
        WheelShape shape = WheelShape.linux(1_000);
        TimerBucket coarse = TestBuckets.bucket(1, work, new CoalescingWheel(shape));
        coarse.handTo(0, new TickGrid(10_000_000, 0), 0, 0);
        // 200 ms lies in the level of 8 ms: 208 ms at most; and then the owner wakes at the next 10 ms.
        long deadlineNs = 200_500_000;
        coarse.arm(1, deadlineNs, meter);
        while (!coarse.hasWork()) {
            coarse.happen(coarse.nextInstantNs(), 0);
        }
        meter.idleUntil(215_000_000);
        coarse.serve(meter, 0);
        assertThat(work.log).containsExactly("timer 1 at 215000000: 7500000+2000000+0+5000000=14500000");
    }

    @Test
    void transitAfterTheWakeUpIsHandoff() {
        bucket.arm(1, 80, meter);
        bucket.happen(80, 0);
        bucket.handTo(0, TickGrid.NONE, 90, 150);
        assertThat(bucket.isServable(149)).isFalse();
        assertThat(bucket.nextInstantNs()).isEqualTo(150);
        assertThat(bucket.isServable(150)).isTrue();
        serveAt(160);
        assertThat(work.log).containsExactly("timer 1 at 160: 0+0+60+20=80");
    }

    @Test
    void transitBeforeTheWakeUpIsNotHandoff() {
        bucket.arm(1, 100, meter);
        bucket.handTo(0, TickGrid.NONE, 90, 150);
        bucket.happen(100, 0);
        serveAt(170);
        assertThat(work.log).containsExactly("timer 1 at 170: 0+0+50+20=70");
    }

    @Test
    void movedAgainBeforeItArrivedIsOneLongerTransit() {
        bucket.arm(1, 100, meter);
        bucket.handTo(0, TickGrid.NONE, 90, 150);
        bucket.happen(100, 0);
        bucket.handTo(0, TickGrid.NONE, 120, 200);
        serveAt(210);
        assertThat(work.log).containsExactly("timer 1 at 210: 0+0+100+10=110");
    }

    @Test
    void aShorterSecondTransitDoesNotShortenTheFirst() {
        bucket.arm(1, 100, meter);
        bucket.handTo(0, TickGrid.NONE, 90, 150);
        bucket.happen(100, 0);
        bucket.handTo(0, TickGrid.NONE, 120, 130);
        assertThat(bucket.isServable(149)).isFalse();
        serveAt(150);
        assertThat(work.log).containsExactly("timer 1 at 150: 0+0+50+0=50");
    }

    @Test
    void transitsOneAfterTheOtherAddUp() {
        bucket.arm(1, 10, meter);
        bucket.happen(10, 0);
        bucket.handTo(0, TickGrid.NONE, 20, 30);
        bucket.handTo(0, TickGrid.NONE, 30, 35);
        bucket.handTo(0, TickGrid.NONE, 50, 70);
        serveAt(100);
        assertThat(work.log).containsExactly("timer 1 at 100: 0+0+35+55=90");
        assertThat(bucket.epoch()).isEqualTo(4);
    }

    @Test
    void busyTimeIsWhatServiceTookAndUpkeep() {
        meter.cost(Cost.EXPIRE, 30).cost(Cost.ARM, 5).cost(Cost.SLOT_VISIT, 2);
        work.whenPacket(1, (self, clock) -> {
            clock.chargeNs(100);
            self.arm(1, 500, clock);
        });
        bucket.schedule(50, 0, 1);
        bucket.happen(50, 0);
        serveAt(50);
        assertThat(bucket.busyNs()).isEqualTo(105);
        bucket.happen(500, 0);
        meter.idleUntil(500);
        bucket.chargeUpkeep(meter);
        long visits = bucket.timers().counts().slotVisits();
        assertThat(bucket.busyNs()).isEqualTo(105 + 2 * visits);
        bucket.chargeUpkeep(meter);
        serveAt(meter.nowNs());
        assertThat(bucket.busyNs()).isEqualTo(105 + 2 * visits + 30);
    }

    @Test
    void aStrangersTouchIsCounted() {
        bucket.happen(10, 3);
        bucket.packetArrived(0, 1, 10);
        bucket.serve(meter, 2);
        assertThat(bucket.laws().wrongOwnerTouches()).isEqualTo(2);
    }

    @Test
    void theFingerprintTellsOrders() {
        TimerBucket other = TestBuckets.bucket(8, new ScriptedWork());
        other.handTo(0, TickGrid.NONE, 0, 0);
        bucket.note(1);
        bucket.note(2);
        other.note(2);
        other.note(1);
        assertThat(bucket.fingerprint()).isNotEqualTo(other.fingerprint());
    }

    @Test
    void anEventBeforeTheBucketsTimeIsABug() {
        bucket.happen(100, 0);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> bucket.schedule(99, 0, 1))
                .withMessageContaining("99 ns")
                .withMessageContaining("100 ns");
    }

    @Test
    void theServiceInWhichAConnectionEndsIsItsOwn() {
        work.whenPacket(1, (its, itsMeter) -> {
            its.connectionEnded(2, 0);
            its.connectionEnded(4, 0);
            itsMeter.chargeNs(7);
        });
        work.whenPacket(2, (its, itsMeter) -> itsMeter.chargeNs(50));
        work.whenPacket(3, (its, itsMeter) -> itsMeter.chargeNs(1));
        bucket.packetArrived(4, 2, 0);
        serveAt(0);
        bucket.packetArrived(2, 1, 50);
        serveAt(50);
        bucket.packetArrived(2, 3, 60);
        serveAt(60);
        bucket.connectionTimes()
                .forEachGroup(
                        connection -> 0,
                        (group, timeNs, largestNs) -> work.log.add(timeNs + " ns, largest " + largestNs));
        assertThat(work.log).last().isEqualTo("58 ns, largest 50");
    }
}
