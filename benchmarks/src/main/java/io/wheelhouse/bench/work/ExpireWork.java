package io.wheelhouse.bench.work;

import io.wheelhouse.bench.structure.Contender;
import io.wheelhouse.bench.structure.TimerAdapter;

/**
 * Expire: all timers are armed, in a random order, for times uniform over a spread; then the clock moves tick by tick
 * until all have fired. Measured are the ticks; an operation is an expiry. A pass is a slice of the time, so that a
 * structure which takes too long can be stopped in between.
 */
final class ExpireWork implements Work {
    private static final long SEED = 0x3_5e47;
    private static final long TICKS_OF_SLICE = 500;
    private static final int MOST_SLICES = 1_000;

    /** A coalescing wheel may be late by an eighth of the delay. */
    private static final int LATENESS_SHARE = 7;

    private final Draws draws = new Draws(SEED);
    private final TimerSet timers;
    private final int[] order;
    private final long spreadNs;
    private final int slices;
    private final long ticksOfSlice;
    private int slice;

    ExpireWork(Contender contender, Size size, long spreadNs) {
        this.timers = new TimerSet(contender, size, (timer, nowNs) -> {});
        this.order = timers.shuffled(draws);
        this.spreadNs = spreadNs;
        long ticks = (spreadNs + spreadNs / LATENESS_SHARE) / TimerAdapter.TICK_NS + 4;
        this.slices = (int) Math.min(MOST_SLICES, (ticks + TICKS_OF_SLICE - 1) / TICKS_OF_SLICE);
        this.ticksOfSlice = (ticks + slices - 1) / slices;
    }

    @Override
    public void prepare() {
        if (slice == 0) {
            for (int timer : order) {
                timers.arm(timer, timers.nowNs() + 1 + draws.below(spreadNs));
            }
        }
    }

    @Override
    public long pass() {
        long firedBefore = timers.fired();
        for (long tick = 0; tick < ticksOfSlice; tick++) {
            timers.tick();
        }
        slice++;
        if (slice == slices) {
            slice = 0;
            if (timers.armed() != 0) {
                throw new AssertionError(timers.armed() + " timers of " + order.length + " did not fire");
            }
        }
        return timers.fired() - firedBefore;
    }

    @Override
    public int passesOfRound() {
        return slices;
    }

    /** All of them once: numbers of handles that come back then have room. */
    @Override
    public int passesToSettle() {
        return slices;
    }
}
