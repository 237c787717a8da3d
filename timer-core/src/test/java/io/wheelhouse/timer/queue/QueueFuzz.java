package io.wheelhouse.timer.queue;

import java.util.SplittableRandom;

/**
 * Drives a structure and the sorted model through the same random operations and compares every answer: mixed arms,
 * re-arms, cancels and advances with budgets; handlers that do the same, to themselves and others, and throw; clocks that
 * crawl, jump by an hour and by ten years, and go back; advances that look back behind the last arming; deadlines in the
 * past and at both ends of time; numbers dense and sparse, with room made ahead or on the way.
 *
 * <p>The seed draws what kind of sequence it is: how many timers, how far apart, whether time jumps. A check is a plain
 * comparison, so that a long run spends its time on structures.
 */
final class QueueFuzz {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long HOUR_NS = 3_600 * SECOND_NS;
    private static final long TEN_YEARS_NS = 10L * 366 * 24 * HOUR_NS;
    private static final int MOST_NESTED = 6;
    private static final int OPERATIONS_A_CHECK = 512;
    private static final int LARGEST_NUMBER = 20_000;

    private final QueueCase queueCase;
    private final SplittableRandom random;
    private final TimerQueue queue;
    private final SortedModel model;
    private final int timers;
    private final int stride;
    private final boolean jumps;
    private long nowNs;

    /** The number of the advance that is running, or one that never was. */
    private long runningCall = -1;

    private long calls;
    private long runningCallNs;
    private int nested;
    private long operations;
    private long arms;
    private long rearms;
    private long cancels;
    private long expiries;

    private static final class HandlerFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        HandlerFailure() {
            super("thrown on purpose", null, false, false);
        }
    }

    QueueFuzz(QueueCase queueCase, CornerClock clock, long seed) {
        this.queueCase = queueCase;
        int kinds = QueueCase.values().length * CornerClock.values().length;
        int kind = queueCase.ordinal() * CornerClock.values().length + clock.ordinal();
        random = new SplittableRandom(seed * kinds + kind);
        queue = queueCase.make();
        model = new SortedModel(queueCase.rule());
        timers = pick(1, 3, 40, 300, 2_000);
        stride = random.nextBoolean() ? 1 : random.nextInt(1, LARGEST_NUMBER / timers + 1);
        jumps = random.nextBoolean();
        nowNs = clock.startNs(random);
    }

    private int pick(int... of) {
        return of[random.nextInt(of.length)];
    }

    private int pickTimer() {
        return random.nextInt(timers) * stride;
    }

    /** Runs at least that many operations and answers how many. */
    long run(long wanted) {
        long nextCheck = OPERATIONS_A_CHECK;
        while (operations < wanted) {
            moveClock();
            operate();
            if (operations >= nextCheck) {
                nextCheck = operations + OPERATIONS_A_CHECK;
                checkAll();
            }
        }
        drain();
        checkAll();
        return operations;
    }

    private void checkAll() {
        queue.checkInvariants();
        OperationCounts counts = queue.counts();
        same("arms", counts.arms(), arms);
        same("re-arms", counts.rearms(), rearms);
        same("cancels", counts.cancels(), cancels);
        same("expiries", counts.expiries(), expiries);
        same("clock regressions", counts.clockRegressions(), model.clockRegressions());
    }

    private static void same(String what, Object found, Object wanted) {
        if (!found.equals(wanted)) {
            throw wrong(what, found, wanted);
        }
    }

    private static AssertionError wrong(String what, Object found, Object wanted) {
        return new AssertionError(what + ": found " + found + ", wanted " + wanted);
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
        } else if (kind < 994) {
            stepNs = -random.nextLong(SECOND_NS);
        } else if (!jumps) {
            stepNs = 0;
        } else if (kind < 998) {
            stepNs = HOUR_NS;
        } else {
            stepNs = random.nextInt(10) == 0 ? TEN_YEARS_NS : 24 * HOUR_NS;
        }
        nowNs = clampNs(nowNs + stepNs);
    }

    private static long clampNs(long timeNs) {
        return Math.max(-TimerQueue.MAX_TIME_NS, Math.min(TimerQueue.MAX_TIME_NS, timeNs));
    }

    private void operate() {
        int kind = random.nextInt(1_000);
        if (kind < 500) {
            arm(pickTimer());
        } else if (kind < 650) {
            cancel(pickTimer());
        } else if (kind < 720) {
            compareState(pickTimer() + random.nextInt(-1, 2));
        } else if (kind < 721) {
            operations++;
            queue.reserve(random.nextInt(2 * timers * stride));
        } else if (kind < 725) {
            refuse();
        } else {
            advance(advanceTimeNs(), pick(0, 1, 1, 2, 10, Integer.MAX_VALUE));
        }
    }

    /** Now, or as an owner that was busy looks back, some time since the last advance. */
    private long advanceTimeNs() {
        long lastNs = model.advanceClockNs();
        boolean back = lastNs != Long.MIN_VALUE && lastNs < nowNs && random.nextInt(5) == 0;
        return back ? random.nextLong(lastNs, nowNs) : nowNs;
    }

    private long drawDeadlineNs() {
        if (random.nextInt(200) == 0) {
            return random.nextBoolean() ? TimerQueue.MAX_TIME_NS : -TimerQueue.MAX_TIME_NS;
        }
        long wantedNs = clampNs(nowNs + drawDelayNs());
        // Some deadlines are shared by many timers, or lie on a boundary of ticks.
        return random.nextInt(8) == 0 ? wantedNs / SECOND_NS * SECOND_NS : wantedNs;
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
        long wantedNs = drawDeadlineNs();
        long expiryNs = queue.arm(timer, nowNs, wantedNs);
        if (model.get(timer) == null) {
            arms++;
        } else {
            rearms++;
        }
        SortedModel.Arming arming = model.arm(timer, nowNs, wantedNs, runningCall);
        if (expiryNs != arming.expiryNs()) {
            throw wrong("expiry of " + arming, expiryNs, arming.expiryNs());
        }
        long roundingNs = expiryNs - arming.deadlineNs();
        long boundNs = queue.roundingBoundNs(arming.deadlineNs() - model.armClockNs());
        if (roundingNs < 0 || roundingNs > boundNs) {
            throw wrong("rounding of " + arming, roundingNs, "0.." + boundNs);
        }
        compareNext();
    }

    private void cancel(int timer) {
        operations++;
        boolean armed = model.remove(timer);
        cancels += armed ? 1 : 0;
        if (queue.cancel(timer) != armed) {
            throw wrong("cancel of " + timer, !armed, armed);
        }
        compareNext();
    }

    private void compareState(int timer) {
        operations++;
        SortedModel.Arming arming = model.get(timer);
        same("timer " + timer + " armed", queue.isArmed(timer), arming != null);
        same("deadline of " + timer, queue.deadlineNs(timer), arming == null ? TimerQueue.NONE : arming.deadlineNs());
        same("size", queue.size(), model.size());
    }

    /** What lies outside time is refused, and nothing has changed. */
    private void refuse() {
        operations++;
        long outsideNs = random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
        int timer = pickTimer();
        try {
            queue.arm(timer, nowNs, outsideNs);
        } catch (IllegalArgumentException e) {
            compareState(timer);
            return;
        }
        throw wrong("arming for " + outsideNs, "accepted", "refused");
    }

    private void compareNext() {
        // Not always: asking also tidies what a structure remembers, and nobody has to ask.
        if (random.nextInt(3) != 0) {
            checkNext();
        }
    }

    private void checkNext() {
        long nextNs = queue.nextExpiryNs();
        long latestNs = model.firstHandOutNs();
        boolean right = model.size() == 0 ? nextNs == TimerQueue.NONE : nextNs <= latestNs;
        if (!right) {
            throw wrong("next expiry of " + model.size() + " timers", nextNs, "at most " + latestNs);
        }
    }

    private void advance(long timeNs, int budget) {
        operations++;
        calls++;
        runningCall = calls;
        runningCallNs = model.advanceClock(timeNs);
        nested = 0;
        long expiriesBefore = expiries;
        boolean threw = false;
        int handedOut = 0;
        try {
            handedOut = queue.advance(timeNs, budget, this::onExpiry);
        } catch (HandlerFailure e) {
            threw = true;
        }
        if (!threw) {
            checkHandedOut(handedOut, expiries - expiriesBefore, budget);
        }
        runningCall = -1;
        compareNext();
        same("size", queue.size(), model.size());
    }

    private void checkHandedOut(int handedOut, long seen, int budget) {
        if (handedOut != seen || handedOut > budget) {
            throw wrong("handed out by a budget of " + budget, handedOut, seen);
        }
        SortedModel.Arming left = model.firstDue(runningCallNs, runningCall);
        if (left != null && handedOut < budget) {
            throw wrong("left behind by an advance to " + runningCallNs, left, "nothing");
        }
    }

    private void onExpiry(int timer, long deadlineNs, long expiryNs) {
        SortedModel.Arming due = model.firstDue(runningCallNs, runningCall);
        SortedModel.Arming given = model.get(timer);
        if (given == null || due == null) {
            throw wrong(
                    "timer " + timer + ", handed out at " + runningCallNs, String.valueOf(given), String.valueOf(due));
        }
        boolean asArmed = deadlineNs == given.deadlineNs() && expiryNs == given.expiryNs();
        if (!asArmed || given.call() == runningCall) {
            throw wrong("handed out in call " + runningCall, deadlineNs + ", expiry " + expiryNs, given);
        }
        boolean inOrder = queueCase.isByDeadline() ? given.equals(due) : given.handOutNs() == due.handOutNs();
        if (!inOrder) {
            throw wrong("first of what is handed out", given, due);
        }
        expiries++;
        model.fired(timer);
        if (queue.isArmed(timer) || queue.size() != model.size()) {
            throw wrong("armed in its own handler, or size", queue.size(), model.size());
        }
        actInHandler(timer);
    }

    private void actInHandler(int timer) {
        if (nested >= MOST_NESTED && random.nextInt(4) != 0) {
            return;
        }
        nested++;
        switch (random.nextInt(18)) {
            case 0, 1, 2 -> arm(timer);
            case 3 -> arm(pickTimer());
            case 4 -> cancel(pickTimer());
            case 5 -> cancel(timer);
            case 6 -> compareState(pickTimer());
            case 7 -> {
                // Work takes time: a handler may arm at a later time than that of the advance.
                nowNs = clampNs(nowNs + random.nextLong(10_000_000));
                arm(pickTimer());
            }
            case 8 -> {
                arm(timer);
                throw new HandlerFailure();
            }
            case 9 -> {
                cancel(pickTimer());
                throw new HandlerFailure();
            }
            default -> {}
        }
    }

    /** Follows the next expiry for a while, as an owner with nothing else to do, and then lets everything fire. */
    private void drain() {
        for (int i = 0; i < 200 && model.size() > 0; i++) {
            long nextNs = clampNs(Math.max(queue.nextExpiryNs(), model.advanceClockNs()));
            nowNs = Math.max(nowNs, nextNs);
            long before = expiries;
            advance(nextNs, pick(1, Integer.MAX_VALUE));
            // A next expiry may be too early, but not for ever. At the end of time it lies beyond.
            boolean onward = expiries > before || queue.nextExpiryNs() > nextNs || nextNs == TimerQueue.MAX_TIME_NS;
            if (!onward) {
                throw wrong("next expiry after an advance that found nothing", queue.nextExpiryNs(), "after " + nextNs);
            }
        }
        nowNs = TimerQueue.MAX_TIME_NS;
        for (int i = 0; i < 50; i++) {
            advance(nowNs, Integer.MAX_VALUE);
        }
    }
}
