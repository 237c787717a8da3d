package io.wheelhouse.bench.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every adapter does what a comparison takes for granted: each timer fires once, not early, and not much too late. */
class TimerAdapterTest {
    private static final int TIMERS = 300;
    private static final int TICKS = 4_000;
    private static final long SEED = 11;
    private static final long NOT_ARMED = -1;
    private static final long TICK_NS = TimerAdapter.TICK_NS;

    /** Agrona's tick is the longest, and a timer may fall just behind one. */
    private static final long MOST_LATE_NS = (1 << 20) + 2 * TICK_NS;

    /** A timer's deadline as the test knows it, and what came of it. */
    private static final class Model implements TimerAdapter.Handler {
        final long[] deadlinesNs = new long[TIMERS];
        final long[] armedNs = new long[TIMERS];
        final long mostLateShare;
        long nowNs;
        int armed;
        int fired;

        Model(Contender contender) {
            // The coalescing wheel rounds by up to an eighth of the delay.
            this.mostLateShare = contender == Contender.COALESCING ? 7 : Long.MAX_VALUE;
            Arrays.fill(deadlinesNs, NOT_ARMED);
        }

        void arm(int timer, long deadlineNs) {
            armed += deadlinesNs[timer] == NOT_ARMED ? 1 : 0;
            deadlinesNs[timer] = deadlineNs;
            armedNs[timer] = nowNs;
        }

        void cancel(int timer) {
            armed -= deadlinesNs[timer] == NOT_ARMED ? 0 : 1;
            deadlinesNs[timer] = NOT_ARMED;
        }

        @Override
        public void onExpiry(int timer, long firedNs) {
            long deadlineNs = deadlinesNs[timer];
            assertThat(firedNs)
                    .as("time told for timer %d, seed %d", timer, SEED)
                    .isEqualTo(nowNs);
            assertThat(deadlineNs).as("timer %d fired, seed %d", timer, SEED).isNotEqualTo(NOT_ARMED);
            assertThat(firedNs).as("timer %d early, seed %d", timer, SEED).isGreaterThanOrEqualTo(deadlineNs);
            cancel(timer);
            fired++;
        }

        /** All that should have fired by now has. */
        void assertNoneOverdue() {
            for (int timer = 0; timer < TIMERS; timer++) {
                if (deadlinesNs[timer] != NOT_ARMED) {
                    long mostLateNs = MOST_LATE_NS + (deadlinesNs[timer] - armedNs[timer]) / mostLateShare;
                    assertThat(nowNs - deadlinesNs[timer])
                            .as("lateness of timer %d, seed %d", timer, SEED)
                            .isLessThanOrEqualTo(mostLateNs);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
    void firesEachOnceAndNotEarly(Contender contender) {
        Model model = new Model(contender);
        TimerAdapter adapter = contender.create(TIMERS, model);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int tick = 1; tick <= TICKS; tick++) {
            for (int operation = random.nextInt(6); operation > 0; operation--) {
                operate(adapter, model, random);
            }
            advance(adapter, model, TICK_NS);
            // The pool's deadlines come from the system's clock: how late is up to the machine.
            if (contender != Contender.SCHEDULED_POOL) {
                model.assertNoneOverdue();
            }
        }
        advance(adapter, model, 20_000_000_000L);
        advance(adapter, model, 2 * TICK_NS);
        assertThat(model.armed).isZero();
        assertThat(adapter.size()).isZero();
        assertThat(model.fired).isGreaterThan(1_000);
    }

    private static void operate(TimerAdapter adapter, Model model, SplittableRandom random) {
        int timer = random.nextInt(TIMERS);
        if (random.nextInt(4) == 0) {
            model.cancel(timer);
            adapter.cancel(timer);
            return;
        }
        long mostAheadNs = random.nextInt(20) == 0 ? 5_000_000_000L : 60_000_000L;
        long deadlineNs = model.nowNs + 2 * TICK_NS + random.nextLong(mostAheadNs);
        model.arm(timer, deadlineNs);
        adapter.arm(timer, model.nowNs, deadlineNs);
    }

    private static void advance(TimerAdapter adapter, Model model, long byNs) {
        model.nowNs += byNs;
        adapter.advance(model.nowNs);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
    void handlersArmAndCancel(Contender contender) {
        int[] fired = new int[2];
        TimerAdapter[] adapter = new TimerAdapter[1];
        adapter[0] = contender.create(3, (timer, nowNs) -> {
            fired[timer]++;
            adapter[0].cancel(2);
            adapter[0].arm(timer, nowNs, nowNs + 100_000_000);
        });
        adapter[0].arm(0, 0, 50_000_000);
        adapter[0].arm(1, 0, 50_000_000);
        adapter[0].arm(2, 0, 5_000_000_000L);
        for (long tick = 1; tick <= 1_000; tick++) {
            adapter[0].advance(tick * TICK_NS);
        }
        assertThat(fired[0]).isBetween(8, 10);
        assertThat(fired[1]).isEqualTo(fired[0]);
        assertThat(adapter[0].size()).isEqualTo(2);
    }

    @Test
    void purgesStaleEntries() {
        PriorityQueueAdapter adapter =
                new PriorityQueueAdapter(10, PriorityQueueAdapter.Kind.PURGED, (timer, nowNs) -> {});
        for (int count = 0; count < 100_000; count++) {
            adapter.arm(count % 10, 0, 1_000_000_000L + count);
        }
        assertThat(adapter.size()).isEqualTo(10);
        assertThat(adapter.entries()).isLessThan(100);
    }

    @Test
    void anUnknownNameIsAnErrorThatListsThem() {
        assertThat(Contender.ofKey("priority-queue")).isEqualTo(Contender.PRIORITY_QUEUE);
        assertThatThrownBy(() -> Contender.ofKey("skiplist"))
                .hasMessageContaining("unknown structure 'skiplist'")
                .hasMessageContaining("hierarchical-exact");
    }
}
