package io.wheelhouse.sim.live;

import io.wheelhouse.sim.engine.CostModel;
import io.wheelhouse.sim.engine.HostClock;
import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.thread.LiveMeter;

/**
 * The real clock of one timer thread. What is charged for is spent by spinning, as far as the real work has not taken
 * that long already; what the work took beyond its charges is the simulator's own, and is measured.
 *
 * <p>While it spins it looks at the clock all the time, so a gap between two looks is time in which the thread was not
 * running: taken by other threads, or by the machine beneath.
 *
 * <p>Nothing is spent after the end of the run: what is under way then ends there, however much of it is still to be spent.
 */
final class SpinningMeter implements LiveMeter {
    /** Looks at the clock that are further apart than this were interrupted. */
    static final long GAP_NS = 5_000;

    private final HostClock clock;
    private final CostModel costs;
    private final int processor;
    private long draws;
    private long beganNs;
    private long paidUntilNs;
    private long heldNs;
    private boolean holds;
    private volatile long endNs;

    private long ownNs;
    private long gapsNs;
    private long longestGapNs;

    SpinningMeter(HostClock clock, CostModel costs, int processor, long endNs) {
        this.clock = clock;
        this.costs = costs;
        this.processor = processor;
        this.endNs = endNs;
    }

    /** From an instant on nothing is spent. Any thread. */
    void endAt(long newEndNs) {
        endNs = newEndNs;
    }

    @Override
    public long nowNs() {
        return holds ? beganNs : clock.wallNs();
    }

    @Override
    public long begin() {
        beganNs = clock.wallNs();
        paidUntilNs = beganNs;
        return beganNs;
    }

    @Override
    public void hold() {
        holds = true;
        heldNs = 0;
    }

    @Override
    public long release() {
        holds = false;
        if (heldNs > 0) {
            chargeNs(heldNs);
        }
        return heldNs;
    }

    @Override
    public void end() {
        ownNs += Math.max(0, clock.wallNs() - paidUntilNs);
    }

    @Override
    public void charge(Cost cost, long count) {
        if (costs.isConstant(cost)) {
            chargeNs(count * costs.constantNs(cost));
            return;
        }
        long totalNs = 0;
        for (long i = 0; i < count; i++) {
            totalNs += costs.drawnNs(cost, processor, draws++);
        }
        chargeNs(totalNs);
    }

    @Override
    public void chargeNs(long serviceNs) {
        assert serviceNs >= 0 : serviceNs;
        if (holds) {
            heldNs += serviceNs;
            return;
        }
        paidUntilNs += serviceNs;
        spinUntilPaid();
    }

    private void spinUntilPaid() {
        long lastNs = clock.wallNs();
        while (lastNs < paidUntilNs && lastNs < endNs) {
            Thread.onSpinWait();
            long nowNs = clock.wallNs();
            long gapNs = nowNs - lastNs;
            if (gapNs > GAP_NS) {
                gapsNs += gapNs;
                longestGapNs = Math.max(longestGapNs, gapNs);
            }
            lastNs = nowNs;
        }
    }

    /** What work took beyond what was charged for it. */
    long ownNs() {
        return ownNs;
    }

    /** Time that was taken from the thread while it spun. */
    long gapsNs() {
        return gapsNs;
    }

    long longestGapNs() {
        return longestGapNs;
    }
}
