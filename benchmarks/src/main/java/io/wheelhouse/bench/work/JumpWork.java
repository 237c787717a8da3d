package io.wheelhouse.bench.work;

import io.wheelhouse.bench.structure.Contender;

/**
 * Clock jump: all timers are armed for times uniform over the next two hours, and the clock jumps an hour, as after a
 * suspension. An operation is an expiry: half of the timers fire.
 */
final class JumpWork implements Work {
    private static final long SEED = 0x6_5e47;
    private static final long HOUR_NS = 3_600_000_000_000L;

    private final Draws draws = new Draws(SEED);
    private final TimerSet timers;
    private final int[] order;

    JumpWork(Contender contender, Size size) {
        this.timers = new TimerSet(contender, size, (timer, nowNs) -> {});
        this.order = timers.shuffled(draws);
    }

    @Override
    public void prepare() {
        for (int timer : order) {
            timers.arm(timer, timers.nowNs() + 1 + draws.below(2 * HOUR_NS));
        }
        timers.tick();
    }

    @Override
    public long pass() {
        long firedBefore = timers.fired();
        timers.jump(HOUR_NS);
        return timers.fired() - firedBefore;
    }
}
