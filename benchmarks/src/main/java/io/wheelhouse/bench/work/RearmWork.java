package io.wheelhouse.bench.work;

import io.wheelhouse.bench.structure.Contender;

/**
 * Re-arm: a random timer is re-armed, again and again, 200..1000 ms ahead; the clock moves so that each is re-armed every
 * 50 ms on average. A gap longer than the RTO is rare (0.12 %): such a timer expires, and is armed when its turn comes.
 * A pass is ten ticks; an operation is a re-arm, with its share of the ticks.
 */
final class RearmWork implements Work {
    private static final long SEED = 0x2_5e47;
    private static final int TICKS_OF_PASS = 10;

    /** So that deadlines lie as the last passes left them, and not as the first did. */
    private static final int TICKS_TO_SETTLE = 1_000;

    /**
     * So many re-arms are drawn ahead: drawing has more instructions than some re-arms, and a processor that waits for
     * memory looks ahead by instructions.
     */
    private static final int BATCH = 512;

    private final int[] picked = new int[BATCH];
    private final long[] deadlinesNs = new long[BATCH];
    private final Draws draws = new Draws(SEED);
    private final TimerSet timers;
    private final int rearmsOfTick;
    private final boolean redrawn;

    /** @param redrawn whether each re-arm draws another RTO; else each timer keeps its own */
    RearmWork(Contender contender, Size size, boolean redrawn) {
        this.timers = new TimerSet(contender, size, (timer, nowNs) -> {});
        this.rearmsOfTick = Math.max(1, size.timers() / Rto.TICKS_BETWEEN_SEGMENTS);
        this.redrawn = redrawn;
        for (int timer : timers.shuffled(draws)) {
            timers.arm(timer, Rto.drawnNs(draws.next()));
        }
    }

    @Override
    public long pass() {
        for (int tick = 0; tick < TICKS_OF_PASS; tick++) {
            for (int done = 0; done < rearmsOfTick; done += BATCH) {
                rearm(Math.min(BATCH, rearmsOfTick - done));
            }
            timers.tick();
        }
        return (long) TICKS_OF_PASS * rearmsOfTick;
    }

    private void rearm(int count) {
        if (redrawn) {
            drawRedrawn(count);
        } else {
            drawFixed(count);
        }
        for (int index = 0; index < count; index++) {
            timers.arm(picked[index], deadlinesNs[index]);
        }
    }

    private void drawRedrawn(int count) {
        int timersOfQueue = timers.size().timersOfQueue();
        long nowNs = timers.nowNs();
        for (int index = 0; index < count; index++) {
            long draw = draws.next();
            picked[index] = timers.pick(draw, timersOfQueue);
            deadlinesNs[index] = nowNs + Rto.drawnNs(draw);
        }
    }

    private void drawFixed(int count) {
        int timersOfQueue = timers.size().timersOfQueue();
        long nowNs = timers.nowNs();
        for (int index = 0; index < count; index++) {
            picked[index] = timers.pick(draws.next(), timersOfQueue);
            deadlinesNs[index] = nowNs + Rto.ofConnectionNs(picked[index]);
        }
    }

    @Override
    public int passesToSettle() {
        return TICKS_TO_SETTLE / TICKS_OF_PASS;
    }

    /** How many timers have expired so far. */
    long fired() {
        return timers.fired();
    }
}
