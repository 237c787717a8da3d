package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.timer.bucket.BucketListener;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Modeled processors of uneven load leave no host thread idle. Two host threads run sixteen; the one that did most in the
 * interval before is held up until all others are at work. So it must have been taken first, and the other host thread
 * must take all the others: were they shared out beforehand, or it not the first of its thread, the run would stand still
 * or the thread would have run more.
 */
class UnevenLoadTest {
    private static final int PROCESSORS = 16;
    private static final int NONE = -1;
    private static final long NOBODY = 0;
    private static final int LEAD = 3;
    private static final long SETTLED_NS = 300_000_000;
    private static final long PATIENCE_S = 60;

    private static final Scenario SCENARIO = Scenarios.of(
            Scenarios.BUSY,
            "host.processors=" + PROCESSORS,
            "host.background=[]",
            "assigner.policy=static",
            "assigner.interval=100ms",
            "duration=3s");

    /** Holds up the busiest processor of the interval before; says which host thread ran which. */
    private static final class Holdup implements BucketListener {
        private final long[] threadOf = new long[PROCESSORS];
        private final int[] served = new int[PROCESSORS];
        private CountDownLatch others = new CountDownLatch(0);
        private int heldUp = NONE;
        private int rounds;
        private int laterThanFirstTwo;

        @Override
        public void packetServed(
                TimerBucket bucket, int connection, int packet, long arrivalNs, long startNs, long endNs) {
            served(bucket.owner());
        }

        @Override
        public void timerServed(TimerBucket bucket, int connection, int timer, Firing firing, long endNs) {
            served(bucket.owner());
        }

        private void served(int processor) {
            if (served[processor]++ > 0) {
                return;
            }
            threadOf[processor] = Thread.currentThread().getId();
            if (processor != heldUp) {
                others.countDown();
                return;
            }
            try {
                assertThat(others.await(PATIENCE_S, TimeUnit.SECONDS))
                        .as("processors that nobody has taken: %d", others.getCount())
                        .isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** Nothing runs. */
        void atBarrier(long atNs) {
            if (heldUp != NONE) {
                rounds++;
                laterThanFirstTwo += heldUp < 2 ? 0 : 1;
                long held = threadOf[heldUp];
                for (int p = 0; p < PROCESSORS; p++) {
                    assertThat(threadOf[p]).as("processor %d", p).isNotEqualTo(NOBODY);
                    assertThat(threadOf[p] == held)
                            .as("processor %d is run by the thread of %d, which is held up", p, heldUp)
                            .isEqualTo(p == heldUp);
                }
            }
            heldUp = atNs < SETTLED_NS ? NONE : busiest();
            others = new CountDownLatch(PROCESSORS - 1);
            Arrays.fill(threadOf, NOBODY);
            Arrays.fill(served, 0);
        }

        /** The processor that served most, if it was clearly more than any other. */
        private int busiest() {
            int[] sorted = served.clone();
            Arrays.sort(sorted);
            int most = sorted[PROCESSORS - 1];
            return most - sorted[PROCESSORS - 2] < LEAD
                    ? NONE
                    : Arrays.stream(served).boxed().toList().indexOf(most);
        }
    }

    @Test
    void theBusiestIsTakenFirstAndWhoIsFreeTakesTheRest() {
        Holdup holdup = new Holdup();
        Instrumentation instrumentation = new Instrumentation(
                UnaryOperator.identity(), UnaryOperator.identity(), holdup, (atNs, buckets) -> holdup.atBarrier(atNs));
        RunResult result =
                VirtualEngine.run(SCENARIO, new EngineOptions(2, RunListener.NONE, () -> false), instrumentation);
        assertThat(holdup.rounds).isGreaterThan(10);
        assertThat(holdup.laterThanFirstTwo)
                .as("in another order than by number")
                .isGreaterThan(5);
        assertThat(result.fingerprint())
                .isEqualTo(VirtualEngine.run(SCENARIO, EngineOptions.quiet(1)).fingerprint());
    }
}
