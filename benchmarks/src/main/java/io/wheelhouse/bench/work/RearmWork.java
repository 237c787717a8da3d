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
            if (redrawn) {
                rearmRedrawn();
            } else {
                rearmFixed();
            }
            timers.tick();
        }
        return (long) TICKS_OF_PASS * rearmsOfTick;
    }

    private void rearmRedrawn() {
        int timersOfQueue = timers.size().timersOfQueue();
        long nowNs = timers.nowNs();
        for (int count = 0; count < rearmsOfTick; count++) {
            long draw = draws.next();
            timers.arm(timers.pick(draw, timersOfQueue), nowNs + Rto.drawnNs(draw));
        }
    }

    private void rearmFixed() {
        int timersOfQueue = timers.size().timersOfQueue();
        long nowNs = timers.nowNs();
        for (int count = 0; count < rearmsOfTick; count++) {
            int timer = timers.pick(draws.next(), timersOfQueue);
            timers.arm(timer, nowNs + Rto.ofConnectionNs(timer));
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
