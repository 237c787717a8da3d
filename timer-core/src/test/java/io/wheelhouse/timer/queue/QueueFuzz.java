package io.wheelhouse.timer.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;

/**
 * Drives a structure and the sorted model through the same random operations and compares every answer: mixed arms,
 * re-arms, cancels and advances with budgets, handlers that do the same and throw, clocks that crawl, jump and go back.
 */
final class QueueFuzz {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int MOST_NESTED = 6;
    private static final int OPERATIONS_A_CHECK = 512;

    private final QueueCase queueCase;
    private final SplittableRandom random;
    private final TimerQueue queue;
    private final SortedModel model;
    private final int timers;
    private long nowNs;

    /** The number of the advance that is running, or one that never was. */
    private long runningCall = -1;

    private long calls;
    private long runningCallNs;
    private int nested;
    private long operations;

    private static final class HandlerFailure extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    QueueFuzz(QueueCase queueCase, CornerClock clock, long seed) {
        this.queueCase = queueCase;
        random = new SplittableRandom(seed);
        queue = queueCase.make();
        model = new SortedModel(queueCase.rule());
        timers = pick(1, 3, 40, 300, 2_000);
        nowNs = clock.startNs(random);
    }

    private int pick(int... of) {
        return of[random.nextInt(of.length)];
    }

    /** Runs at least that many operations and answers how many. */
    long run(long wanted) {
        long nextCheck = OPERATIONS_A_CHECK;
        while (operations < wanted) {
            moveClock();
            operate();
            if (operations >= nextCheck) {
                nextCheck = operations + OPERATIONS_A_CHECK;
                queue.checkInvariants();
            }
        }
        drain();
        queue.checkInvariants();
        return operations;
    }

    private void moveClock() {
        int kind = random.nextInt(1_000);
        if (kind < 600) {
            return;
        }
        long stepNs;
        if (kind < 800) {
            stepNs = random.nextLong(2_000);
        } else if (kind < 970) {
            stepNs = random.nextLong(20_000_000);
        } else if (kind < 990) {
            stepNs = random.nextLong(2 * SECOND_NS);
        } else if (kind < 996) {
            stepNs = -random.nextLong(SECOND_NS);
        } else if (kind < 999) {
            stepNs = 3_600 * SECOND_NS;
        } else {
            stepNs = random.nextInt(20) == 0 ? 10L * 366 * 86_400 * SECOND_NS : 86_400 * SECOND_NS;
        }
        nowNs = clampNs(nowNs + stepNs);
    }

    private static long clampNs(long timeNs) {
        return Math.max(-TimerQueue.MAX_TIME_NS, Math.min(TimerQueue.MAX_TIME_NS, timeNs));
    }

    private void operate() {
        int kind = random.nextInt(100);
        if (kind < 50) {
            arm(random.nextInt(timers));
        } else if (kind < 65) {
            cancel(random.nextInt(timers));
        } else if (kind < 72) {
            compareState(random.nextInt(-1, timers + 2));
        } else {
            advance(pick(0, 1, 1, 2, 10, Integer.MAX_VALUE));
        }
    }

    private long drawDelayNs() {
        return switch (random.nextInt(10)) {
            case 0 -> 0;
            case 1 -> -random.nextLong(SECOND_NS);
            case 2 -> random.nextLong(3_000);
            case 3 -> random.nextLong(3) * 4_000_000;
            case 4, 5, 6 -> random.nextLong(SECOND_NS / 5, SECOND_NS);
            case 7 -> random.nextLong(100 * SECOND_NS);
            case 8 -> 7_200 * SECOND_NS + random.nextLong(SECOND_NS);
            default -> 1L << random.nextInt(62);
        };
    }

    private void arm(int timer) {
        operations++;
        // A few deadlines are shared by many timers, or lie on a boundary of ticks.
        long wantedNs = clampNs(nowNs + drawDelayNs());
        if (random.nextInt(8) == 0) {
            wantedNs = wantedNs / SECOND_NS * SECOND_NS;
        }
        long expiryNs = queue.arm(timer, nowNs, wantedNs);
        SortedModel.Arming arming = model.arm(timer, nowNs, wantedNs, runningCall);
        assertThat(expiryNs).as("expiry of %s", arming).isEqualTo(arming.expiryNs());
        long delayNs = arming.deadlineNs() - model.armClock(nowNs);
        assertThat(expiryNs - arming.deadlineNs())
                .as("rounding of %s", arming)
                .isBetween(0L, queue.roundingBoundNs(delayNs));
        compareNext();
    }

    private void cancel(int timer) {
        operations++;
        assertThat(queue.cancel(timer)).as("cancel of %d", timer).isEqualTo(model.remove(timer));
        compareNext();
    }

    private void compareState(int timer) {
        operations++;
        SortedModel.Arming arming = model.get(timer);
        assertThat(queue.isArmed(timer)).as("timer %d armed", timer).isEqualTo(arming != null);
        assertThat(queue.deadlineNs(timer))
                .as("deadline of %d", timer)
                .isEqualTo(arming == null ? TimerQueue.NONE : arming.deadlineNs());
        assertThat(queue.size()).isEqualTo(model.size());
    }

    private void compareNext() {
        // Not always: asking also tidies what a structure remembers, and nobody has to ask.
        if (random.nextInt(3) == 0) {
            return;
        }
        long firstNs = model.firstHandOutNs();
        if (model.size() == 0) {
            assertThat(queue.nextExpiryNs()).as("next expiry of an empty queue").isEqualTo(TimerQueue.NONE);
        } else {
            assertThat(queue.nextExpiryNs()).as("next expiry").isLessThanOrEqualTo(firstNs);
        }
    }

    private void advance(int budget) {
        operations++;
        calls++;
        runningCall = calls;
        runningCallNs = model.advanceClock(nowNs);
        nested = 0;
        long expiriesBefore = queue.counts().expiries();
        boolean threw = false;
        int handedOut = 0;
        try {
            handedOut = queue.advance(nowNs, budget, this::onExpiry);
        } catch (HandlerFailure e) {
            threw = true;
        }
        if (!threw) {
            assertThat((long) handedOut).isEqualTo(queue.counts().expiries() - expiriesBefore);
            assertThat(handedOut).isLessThanOrEqualTo(budget);
            if (handedOut < budget) {
                assertThat(model.firstDue(runningCallNs, runningCall))
                        .as("left behind by an advance to %d", runningCallNs)
                        .isNull();
            }
        }
        runningCall = -1;
        compareNext();
        assertThat(queue.size()).isEqualTo(model.size());
    }

    private void onExpiry(int timer, long deadlineNs, long expiryNs) {
        SortedModel.Arming due = model.firstDue(runningCallNs, runningCall);
        SortedModel.Arming given = model.get(timer);
        assertThat(given).as("timer %d, handed out at %d", timer, runningCallNs).isNotNull();
        assertThat(due).as("timer %s, handed out at %d", given, runningCallNs).isNotNull();
        if (given == null || due == null) {
            return;
        }
        assertThat(deadlineNs).as("deadline of %s", given).isEqualTo(given.deadlineNs());
        assertThat(expiryNs).as("expiry of %s", given).isEqualTo(given.expiryNs());
        assertThat(given.call()).as("call that armed %s", given).isNotEqualTo(runningCall);
        if (queueCase.isByDeadline()) {
            assertThat(given).isEqualTo(due);
        } else {
            assertThat(given.handOutNs()).as("handed out before %s", due).isEqualTo(due.handOutNs());
        }
        model.remove(timer);
        assertThat(queue.isArmed(timer)).isFalse();
        actInHandler(timer);
    }

    private void actInHandler(int timer) {
        if (nested >= MOST_NESTED && random.nextInt(4) != 0) {
            return;
        }
        nested++;
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> arm(timer);
            case 3 -> arm(random.nextInt(timers));
            case 4 -> cancel(random.nextInt(timers));
            case 5 -> compareState(random.nextInt(timers));
            case 6 -> {
                // Work takes time: a handler may arm at a later time than that of the advance.
                nowNs = clampNs(nowNs + random.nextLong(10_000_000));
                arm(random.nextInt(timers));
            }
            case 7 -> {
                arm(timer);
                throw new HandlerFailure();
            }
            default -> {}
        }
    }

    /** Lets everything fire, in steps of one and then at once. */
    private void drain() {
        for (int i = 0; i < 100; i++) {
            advance(1);
        }
        nowNs = TimerQueue.MAX_TIME_NS;
        for (int i = 0; i < 50; i++) {
            advance(Integer.MAX_VALUE);
        }
    }
}
