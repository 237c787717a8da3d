package io.wheelhouse.timer.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wheelhouse.timer.bucket.ScriptedWork;
import io.wheelhouse.timer.bucket.TestBuckets;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The steps of the handoff, one thread's turn at a time and in chosen orders. */
class HandoffTest {
    private static final long END_NS = 1_000_000_000;

    private final long[] clockNs = {0};
    private final Handoff handoff = new Handoff(1, 2);
    private final ScriptedWork work = new ScriptedWork();
    private final TimerBucket bucket = TestBuckets.bucket(0, work);
    private final List<Throwable> errors = new ArrayList<>();
    private final TimerThread[] threads = {thread(0), thread(1)};

    private TimerThread thread(int id) {
        return new TimerThread(
                new Processor(id, TickGrid.NONE),
                new SteppedMeter(clockNs),
                handoff,
                OtherWork.NONE,
                1,
                END_NS,
                adopted -> {},
                errors::add);
    }

    private void turns(int thread, int count) {
        for (int i = 0; i < count; i++) {
            threads[thread].doWork();
        }
    }

    private CompletableFuture<Boolean> arm(int timer, long deadlineNs) {
        return handoff.submit(0, (b, meter) -> {
            b.arm(timer, deadlineNs, meter);
            return true;
        });
    }

    private void tellToArm(int timer, long deadlineNs) {
        handoff.tell(0, (b, meter) -> b.arm(timer, deadlineNs, meter));
    }

    private CompletableFuture<Boolean> cancel(int timer) {
        return handoff.submit(0, (b, meter) -> b.cancel(timer, meter));
    }

    private int firings(int timer) {
        return (int) work.log.stream()
                .filter(line -> line.startsWith("timer " + timer + " "))
                .count();
    }

    @Test
    void commandsOfOthersAreRunByTheOwnerWhichTellsTheOutcome() {
        threads[0].own(bucket);
        CompletableFuture<Boolean> armed = arm(1, 1_000);
        CompletableFuture<Boolean> cancelled = cancel(1);
        CompletableFuture<Boolean> again = cancel(1);
        assertThat(armed).isNotDone();
        turns(0, 1);
        assertThat(armed).isCompletedWithValue(true);
        assertThat(cancelled).isCompletedWithValue(true);
        assertThat(again).isCompletedWithValue(false);
        clockNs[0] = 2_000;
        turns(0, 5);
        assertThat(firings(1)).isZero();
    }

    @Test
    void aMovedBucketFiresAtItsNewOwner() {
        threads[0].own(bucket);
        tellToArm(1, 1_000);
        turns(0, 1);
        assertThat(handoff.order(0, 0, 1, bucket.epoch())).isTrue();
        assertThat(handoff.outstanding()).isEqualTo(1);
        turns(0, 1);
        assertThat(threads[0].ownedBucket(0)).isNull();
        assertThat(threads[1].ownedBucket(0)).isNull();
        turns(1, 1);
        assertThat(threads[1].ownedBucket(0)).isSameAs(bucket);
        assertThat(bucket.owner()).isEqualTo(1);
        assertThat(handoff.outstanding()).isZero();
        clockNs[0] = 2_000;
        turns(0, 3);
        assertThat(firings(1)).isZero();
        turns(1, 3);
        assertThat(firings(1)).isEqualTo(1);
        assertThat(bucket.laws().wrongOwnerTouches()).isZero();
    }

    @Test
    void whatWaitsMovesAlongAndIsServed() {
        threads[0].own(bucket);
        tellToArm(1, 1_000);
        tellToArm(2, 1_000);
        turns(0, 1);
        clockNs[0] = 2_000;
        turns(0, 1);
        assertThat(firings(1) + firings(2)).isEqualTo(1);
        handoff.order(0, 0, 1, bucket.epoch());
        turns(0, 1);
        turns(1, 3);
        assertThat(firings(1)).isEqualTo(1);
        assertThat(firings(2)).isEqualTo(1);
        assertThat(work.log).anyMatch(line -> line.matches("timer \\d at \\d+: 0\\+\\d+\\+[1-9]\\d*\\+.*"));
    }

    @Test
    void aCommandLeftWhileTheBucketIsOnItsWayIsRunOnArrival() {
        threads[0].own(bucket);
        handoff.order(0, 0, 1, bucket.epoch());
        turns(0, 1);
        CompletableFuture<Boolean> armed = arm(1, 1_000);
        turns(0, 2);
        assertThat(armed).isNotDone();
        turns(1, 1);
        assertThat(armed).isCompletedWithValue(true);
    }

    /**
     * The order is read first and the hint after it, in the same turn. The command would be run on arrival without the
     * hint, too; so it is the mail of the new owner that tells whether it was passed on.
     */
    @Test
    void aStaleHintIsPassedOn() {
        threads[0].own(bucket);
        for (int from = 0; from < 2; from++) {
            int to = 1 - from;
            handoff.order(0, from, to, bucket.epoch());
            CompletableFuture<Boolean> armed = arm(1, 1_000);
            turns(from, 1);
            assertThat(armed).isNotDone();
            assertThat(threads[to].doWork())
                    .as("the arrival and the hint, in the mail of thread %d", to)
                    .isEqualTo(2);
            assertThat(armed).isCompletedWithValue(true);
            assertThat(bucket.owner()).isEqualTo(to);
            assertThat(mail(0)).isEmpty();
            assertThat(mail(1)).isEmpty();
        }
    }

    /** A hint that is there before the bucket is not sent round: the command is run on arrival. */
    @Test
    void aHintForABucketThatIsToComeIsNotPassedOn() {
        threads[0].own(bucket);
        handoff.settled(0, 1);
        CompletableFuture<Boolean> armed = arm(1, 1_000);
        assertThat(threads[1].doWork()).as("the hint").isEqualTo(1);
        assertThat(mail(0)).isEmpty();
        assertThat(mail(1)).isEmpty();
        assertThat(armed).isNotDone();
        handoff.order(0, 0, 1, bucket.epoch());
        turns(0, 1);
        turns(1, 1);
        assertThat(armed).isCompletedWithValue(true);
    }

    /** What is left in a thread's mailbox, which is empty afterwards. */
    private List<Mail> mail(int thread) {
        List<Mail> left = new ArrayList<>();
        handoff.read(thread, left::add);
        return left;
    }

    @Test
    void aStaleOrderIsDroppedAndCounted() {
        threads[0].own(bucket);
        assertThat(handoff.order(0, 0, 1, bucket.epoch() - 1)).isTrue();
        turns(0, 1);
        assertThat(bucket.owner()).isZero();
        assertThat(handoff.order(0, 1, 0, bucket.epoch())).isTrue();
        turns(1, 1);
        assertThat(bucket.owner()).isZero();
        assertThat(threads[0].staleOrders() + threads[1].staleOrders()).isEqualTo(2);
        assertThat(handoff.outstanding()).isZero();
    }

    @Test
    void oneOrderAtATime() {
        threads[0].own(bucket);
        assertThat(handoff.order(0, 0, 1, bucket.epoch())).isTrue();
        assertThat(handoff.order(0, 0, 1, bucket.epoch())).isFalse();
        turns(0, 1);
        assertThat(handoff.order(0, 1, 0, bucket.epoch() + 1)).isFalse();
        turns(1, 1);
        assertThat(handoff.order(0, 1, 0, bucket.epoch())).isTrue();
        assertThatThrownBy(() -> handoff.order(0, 1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCommandThatThrowsTellsSoAndTheNextOnesAreRun() {
        threads[0].own(bucket);
        CompletableFuture<Void> broken = handoff.submit(0, (b, meter) -> {
            throw new IllegalStateException("a command of the test");
        });
        CompletableFuture<Boolean> armed = arm(1, 1_000);
        turns(0, 1);
        assertThat(broken).isCompletedExceptionally();
        assertThat(armed).isCompletedWithValue(true);
        assertThat(errors).hasSize(1);
    }

    @Test
    void whenAllHasEndedCommandsAreCancelled() {
        threads[0].own(bucket);
        threads[0].stop();
        assertThatThrownBy(() -> threads[0].doWork()).isInstanceOf(AgentTerminationException.class);
        CompletableFuture<Boolean> armed = arm(1, 1_000);
        handoff.cancelCommands();
        assertThat(armed).isCancelled();
    }

    @Test
    void aCallbackThatThrowsLosesNothingElse() {
        threads[0].own(bucket);
        tellToArm(1, 1_000);
        tellToArm(2, 1_000);
        turns(0, 1);
        work.whenExpired(1, (b, meter) -> {
            throw new IllegalStateException("a callback of the test");
        });
        clockNs[0] = 2_000;
        assertThat(thrownIn(6)).isEqualTo(1);
        assertThat(firings(1)).isEqualTo(1);
        assertThat(firings(2)).isEqualTo(1);
    }

    /** What an event brought is served, though another of the same bucket and instant throws. */
    @Test
    void anEventThatThrowsLosesNothingElse() {
        threads[0].own(bucket);
        work.whenEvent(2, b -> {
            throw new IllegalStateException("a callback of the test");
        });
        handoff.tell(0, (b, meter) -> {
            for (int event = 1; event <= 2; event++) {
                b.schedule(1_000, event, event);
            }
        });
        turns(0, 1);
        clockNs[0] = 2_000;
        assertThat(thrownIn(8)).isEqualTo(1);
        assertThat(work.log).anyMatch(line -> line.startsWith("packet 1 "));
    }

    /** What is due at the end happens before anybody is asked, whatever of it throws; and only what is due before it. */
    @Test
    void whatThrowsAtTheEndIsToldAndTheRestHappens() {
        threads[0].own(bucket);
        for (int event : new int[] {1, 3}) {
            work.whenEvent(event, b -> {
                throw new IllegalStateException("event " + event + " of the test");
            });
        }
        handoff.tell(0, (b, meter) -> {
            for (int event = 1; event <= 4; event++) {
                b.schedule(1_000, event, event);
            }
            b.schedule(3_000, 5, 5);
        });
        turns(0, 1);
        clockNs[0] = 4_000;
        threads[0].finish(2_000);
        assertThat(errors)
                .extracting(Throwable::getMessage)
                .containsExactly("event 1 of the test", "event 3 of the test");
        assertThat(work.log).contains("event 2 at 1000", "event 4 at 1000").doesNotContain("event 5 at 3000");
        assertThat(bucket.nextInstantNs()).isEqualTo(3_000);
    }

    /** Turns of the first thread; returns how many threw. */
    private int thrownIn(int turns) {
        int thrown = 0;
        for (int i = 0; i < turns; i++) {
            try {
                threads[0].doWork();
            } catch (IllegalStateException e) {
                thrown++;
            }
        }
        return thrown;
    }

    /** Turns of both threads, orders (also stale ones) and commands in a random order: all balances in the end. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void nothingIsLostOrDoubledInAnyOrder(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        threads[0].own(bucket);
        List<CompletableFuture<Boolean>> cancels = new ArrayList<>();
        List<CompletableFuture<Boolean>> arms = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            switch (random.nextInt(6)) {
                case 0 -> arms.add(arm(random.nextInt(4), clockNs[0] + random.nextInt(500)));
                case 1 -> cancels.add(cancel(random.nextInt(4)));
                case 2 -> {
                    int from = random.nextInt(2);
                    handoff.order(0, from, 1 - from, bucket.epoch() - (random.nextInt(4) == 0 ? 1 : 0));
                }
                default -> turns(random.nextInt(2), 1);
            }
            clockNs[0] += random.nextInt(100);
        }
        clockNs[0] += 1_000;
        for (int i = 0; i < 100; i++) {
            turns(0, 1);
            turns(1, 1);
        }
        assertThat(arms).as("seed %d", seed).allMatch(CompletableFuture::isDone);
        assertThat(cancels).as("seed %d", seed).allMatch(CompletableFuture::isDone);
        long withdrawn = cancels.stream().filter(CompletableFuture::join).count();
        long began = bucket.timers().counts().arms() + bucket.timers().counts().rearms();
        assertThat(began).as("seed %d", seed).isEqualTo(arms.size());
        long superseded = bucket.timers().counts().superseded() + bucket.supersededWhileDue();
        assertThat(bucket.timersServed() + withdrawn + superseded)
                .as("seed %d: all armings have ended", seed)
                .isEqualTo(began);
        assertThat(bucket.laws().wrongOwnerTouches()).as("seed %d", seed).isZero();
        assertThat(bucket.laws().earlyFirings()).as("seed %d", seed).isZero();
        assertThat(bucket.epoch()).as("seed %d", seed).isGreaterThan(10);
        assertThat(handoff.outstanding()).as("seed %d", seed).isZero();
    }
}
