package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wheelhouse.sim.metrics.LawReport;
import io.wheelhouse.sim.metrics.LawReport.Law;
import io.wheelhouse.sim.metrics.LawReport.Verdict;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.timer.bucket.QueueDiscipline;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.queue.ExpiryHandler;
import io.wheelhouse.timer.queue.OperationCounts;
import io.wheelhouse.timer.queue.TimerQueue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Breaks each law on purpose, and sees the run fail by that law. */
class BrokenLawsTest {
    private static final int EVERY = 50;

    private static LawReport run(Instrumentation instrumentation, String... settings) {
        RunResult result =
                VirtualEngine.run(Scenarios.of(Scenarios.BUSY, settings), EngineOptions.quiet(1), instrumentation);
        return result.laws();
    }

    private static LawReport run(UnaryOperator<TimerQueue> queues) {
        return run(new Instrumentation(queues, UnaryOperator.identity(), null, (atNs, buckets) -> {}));
    }

    private static List<Law> broken(LawReport report) {
        return report.verdicts().stream()
                .filter(verdict -> !verdict.kept())
                .map(Verdict::law)
                .toList();
    }

    @Test
    void anUnbrokenRunKeepsAllLaws() {
        assertThat(broken(run(Instrumentation.NONE))).isEmpty();
    }

    @Test
    void aBucketWithTwoOwnersIsNoticed() {
        Instrumentation twoOwners =
                new Instrumentation(UnaryOperator.identity(), UnaryOperator.identity(), null, (atNs, buckets) -> {
                    if (atNs == 500_000_000) {
                        buckets.get(5).handTo((buckets.get(5).owner() + 1) % 4, TickGrid.NONE, atNs, atNs);
                    }
                });
        assertThat(broken(run(twoOwners, "assigner.policy=static"))).contains(Law.ONE_OWNER);
    }

    /** TCP itself stumbles over a timer that it armed and the queue does not have: a bug stops the run. */
    @Test
    void aLostTimerStopsTheRun() {
        assertThatThrownBy(() -> run(Losing::new))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not in the queue");
    }

    @Test
    void anExpiryThatIsSwallowedIsNoticed() {
        assertThat(broken(run(Swallowing::new))).contains(Law.FIRED_ONCE);
    }

    @Test
    void aQueueThatNeverAsksToBeWokenIsNoticed() {
        assertThat(broken(run(queue -> new Drowsy(queue, Long.MAX_VALUE)))).contains(Law.FIRED_ONCE);
    }

    @Test
    void aQueueThatAsksTooLateIsNoticed() {
        assertThat(broken(run(queue -> new Drowsy(queue, 100_000_000)))).contains(Law.FIRED_ONCE);
    }

    @Test
    void aTimerThatFiresTwiceIsNoticed() {
        assertThat(broken(run(Doubling::new))).contains(Law.FIRED_ONCE);
    }

    @Test
    void aTimerThatFiresEarlyIsNoticed() {
        assertThat(broken(run(Hasty::new))).contains(Law.NEVER_EARLY);
    }

    @Test
    void roundingPastTheStatedBoundIsNoticed() {
        assertThat(broken(run(Boastful::new))).contains(Law.NEVER_EARLY);
    }

    @Test
    void packetsOutOfOrderAreNoticed() {
        Instrumentation lastInFirstOut =
                new Instrumentation(UnaryOperator.identity(), LastFirst::new, null, (atNs, buckets) -> {});
        assertThat(broken(run(lastInFirstOut))).contains(Law.IN_ORDER);
    }

    @Test
    void countsThatDoNotBalanceAreNoticed() {
        assertThat(broken(run(Uncounted::new))).contains(Law.COUNTS_BALANCE);
    }

    /** Passes everything on; subclasses break one thing. */
    private static class Passing implements TimerQueue {
        final TimerQueue queue;

        Passing(TimerQueue queue) {
            this.queue = queue;
        }

        @Override
        public long arm(int timer, long nowNs, long deadlineNs) {
            return queue.arm(timer, nowNs, deadlineNs);
        }

        @Override
        public boolean cancel(int timer) {
            return queue.cancel(timer);
        }

        @Override
        public boolean isArmed(int timer) {
            return queue.isArmed(timer);
        }

        @Override
        public long deadlineNs(int timer) {
            return queue.deadlineNs(timer);
        }

        @Override
        public int advance(long nowNs, int budget, ExpiryHandler handler) {
            return queue.advance(nowNs, budget, handler);
        }

        @Override
        public long nextExpiryNs() {
            return queue.nextExpiryNs();
        }

        @Override
        public int size() {
            return queue.size();
        }

        @Override
        public long roundingBoundNs(long delayNs) {
            return queue.roundingBoundNs(delayNs);
        }

        @Override
        public OperationCounts counts() {
            return queue.counts();
        }

        @Override
        public void checkInvariants() {
            queue.checkInvariants();
        }
    }

    /** Forgets a timer now and then. */
    private static final class Losing extends Passing {
        private int arms;

        Losing(TimerQueue queue) {
            super(queue);
        }

        @Override
        public long arm(int timer, long nowNs, long deadlineNs) {
            long expiryNs = super.arm(timer, nowNs, deadlineNs);
            if (++arms % EVERY == 0) {
                queue.cancel(timer);
            }
            return expiryNs;
        }
    }

    /** Keeps the last expiries of the run to itself. */
    private static final class Swallowing extends Passing {
        Swallowing(TimerQueue queue) {
            super(queue);
        }

        @Override
        public int advance(long nowNs, int budget, ExpiryHandler handler) {
            ExpiryHandler nobody = (timer, deadlineNs, expiryNs) -> {};
            return super.advance(nowNs, budget, nowNs < 1_950_000_000 ? handler : nobody);
        }
    }

    /** Names its next expiry later than it is. */
    private static final class Drowsy extends Passing {
        private final long byNs;

        Drowsy(TimerQueue queue, long byNs) {
            super(queue);
            this.byNs = byNs;
        }

        @Override
        public long nextExpiryNs() {
            long nextNs = super.nextExpiryNs();
            return nextNs > NONE - byNs ? NONE : nextNs + byNs;
        }
    }

    /** Hands every timer out twice. */
    private static final class Doubling extends Passing {
        Doubling(TimerQueue queue) {
            super(queue);
        }

        @Override
        public int advance(long nowNs, int budget, ExpiryHandler handler) {
            return super.advance(nowNs, budget, (timer, deadlineNs, expiryNs) -> {
                handler.onExpiry(timer, deadlineNs, expiryNs);
                handler.onExpiry(timer, deadlineNs, expiryNs);
            });
        }
    }

    /** Hands timers out before the deadline that it names. */
    private static final class Hasty extends Passing {
        Hasty(TimerQueue queue) {
            super(queue);
        }

        @Override
        public int advance(long nowNs, int budget, ExpiryHandler handler) {
            return super.advance(
                    nowNs,
                    budget,
                    (timer, deadlineNs, expiryNs) -> handler.onExpiry(timer, deadlineNs + 1_000_000_000, expiryNs));
        }
    }

    /** States a bound that it does not keep. */
    private static final class Boastful extends Passing {
        Boastful(TimerQueue queue) {
            super(queue);
        }

        @Override
        public long roundingBoundNs(long delayNs) {
            return 0;
        }
    }

    /** Says that it holds one timer less than its counts say. */
    private static final class Uncounted extends Passing {
        Uncounted(TimerQueue queue) {
            super(queue);
        }

        @Override
        public int size() {
            return Math.max(0, super.size() - 1);
        }
    }

    /** Serves the newest item first. */
    private static final class LastFirst implements QueueDiscipline {
        private final Deque<Integer> stack = new ArrayDeque<>();

        LastFirst(QueueDiscipline replaced) {
            assertThat(replaced.size()).isZero();
        }

        @Override
        public void enqueue(int item, int connection) {
            stack.push(item);
        }

        @Override
        public int dequeue() {
            return stack.isEmpty() ? NONE : stack.pop();
        }

        @Override
        public void charge(int connection, long serviceNs) {}

        @Override
        public void remove(int item, int connection) {
            stack.remove(item);
        }

        @Override
        public int size() {
            return stack.size();
        }

        @Override
        public void forEach(ItemVisitor visitor) {
            stack.forEach(visitor::item);
        }
    }
}
