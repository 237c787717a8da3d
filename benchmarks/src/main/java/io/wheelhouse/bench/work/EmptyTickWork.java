package io.wheelhouse.bench.work;

import io.wheelhouse.bench.structure.Contender;
import io.wheelhouse.bench.structure.TimerAdapter;

/**
 * Empty ticks: all timers are two to four hours ahead, as keepalives are, and the clock moves tick by tick through less
 * than two hours. An operation is a tick of one queue.
 */
final class EmptyTickWork implements Work {
    private static final long SEED = 0x5_5e47;
    private static final long TWO_HOURS_NS = 7_200_000_000_000L;
    private static final long TICKS_OF_PASS = 50_000;

    private final Draws draws = new Draws(SEED);
    private final TimerSet timers;
    private final int[] order;
    private long armedNs = -TWO_HOURS_NS;

    EmptyTickWork(Contender contender, Size size) {
        this.timers = new TimerSet(contender, size, (timer, nowNs) -> {
            throw new AssertionError("timer " + timer + " fired at " + nowNs + " ns, before its deadline");
        });
        this.order = timers.shuffled(draws);
    }

    @Override
    public void prepare() {
        if (timers.nowNs() + TICKS_OF_PASS * TimerAdapter.TICK_NS < armedNs + TWO_HOURS_NS) {
            return;
        }
        letGo();
        armedNs = timers.nowNs();
        for (int timer : order) {
            timers.arm(timer, armedNs + TWO_HOURS_NS + draws.below(TWO_HOURS_NS));
        }
        // What a structure does at the first tick after arming is not this workload's affair.
        timers.tick();
    }

    /** What a structure left lying of earlier armings would come up in the ticks: it is let go, and the clock moves past it. */
    private void letGo() {
        if (timers.armed() > 0) {
            for (int timer : order) {
                timers.cancel(timer);
            }
            timers.jump(2 * TWO_HOURS_NS);
        }
    }

    @Override
    public long pass() {
        for (long tick = 0; tick < TICKS_OF_PASS; tick++) {
            timers.tick();
        }
        return TICKS_OF_PASS * timers.size().queues();
    }
}
