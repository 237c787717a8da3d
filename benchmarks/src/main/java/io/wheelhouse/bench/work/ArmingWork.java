package io.wheelhouse.bench.work;

import io.wheelhouse.bench.structure.Contender;

/**
 * Insert and cancel: all timers are armed, in a random order, with RTOs redrawn, then all are cancelled in another; each
 * half takes 50 ticks, and none expires. One half is measured, with its ticks.
 */
final class ArmingWork implements Work {
    private static final long SEED = 0x1_5e47;

    private final Draws draws = new Draws(SEED);
    private final TimerSet timers;
    private final int[] armOrder;
    private final int[] cancelOrder;
    private final boolean arming;
    private boolean armed;

    private ArmingWork(Contender contender, Size size, boolean arming) {
        this.timers = new TimerSet(contender, size, (timer, nowNs) -> {
            throw new AssertionError("timer " + timer + " fired at " + nowNs + " ns, before its deadline");
        });
        this.armOrder = timers.shuffled(draws);
        this.cancelOrder = timers.shuffled(draws);
        this.arming = arming;
    }

    static Work insert(Contender contender, Size size) {
        return new ArmingWork(contender, size, true);
    }

    static Work cancel(Contender contender, Size size) {
        return new ArmingWork(contender, size, false);
    }

    @Override
    public void prepare() {
        if (arming && armed) {
            cancelAll();
        } else if (!arming && !armed) {
            armAll();
        }
    }

    @Override
    public long pass() {
        if (arming) {
            armAll();
        } else {
            cancelAll();
        }
        return armOrder.length;
    }

    private void armAll() {
        int next = 0;
        for (int tick = 1; tick <= Rto.TICKS_BETWEEN_SEGMENTS; tick++) {
            int end = shareUntil(tick);
            for (; next < end; next++) {
                timers.arm(armOrder[next], timers.nowNs() + Rto.drawnNs(draws.next()));
            }
            timers.tick();
        }
        armed = true;
    }

    private void cancelAll() {
        int next = 0;
        for (int tick = 1; tick <= Rto.TICKS_BETWEEN_SEGMENTS; tick++) {
            int end = shareUntil(tick);
            for (; next < end; next++) {
                timers.cancel(cancelOrder[next]);
            }
            timers.tick();
        }
        armed = false;
    }

    private int shareUntil(int tick) {
        return (int) ((long) armOrder.length * tick / Rto.TICKS_BETWEEN_SEGMENTS);
    }
}
