package io.wheelhouse.sim.live;

import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.ServiceMeter;
import java.util.function.LongSupplier;

/**
 * The meter of work that is measured: modeled time, which stands still unless it is set, a look at the real clock wherever
 * a live run takes one, and a count of the charges.
 */
final class ClockedMeter implements ServiceMeter {
    private static final Cost[] COSTS = Cost.values();

    private final LongSupplier clock;
    private final long[] counts = new long[COSTS.length];
    private long nowNs;
    private long lastLookNs;

    ClockedMeter(LongSupplier clock) {
        this.clock = clock;
    }

    void setNowNs(long newNowNs) {
        nowNs = newNowNs;
    }

    /** How many operations of a kind were charged for since the start. */
    long count(Cost cost) {
        return counts[cost.ordinal()];
    }

    @Override
    public long nowNs() {
        lastLookNs = clock.getAsLong();
        return nowNs;
    }

    @Override
    public void charge(Cost cost, long count) {
        counts[cost.ordinal()] += count;
        lastLookNs = clock.getAsLong();
    }

    @Override
    public void chargeNs(long serviceNs) {
        assert serviceNs >= 0 : serviceNs + " ns after " + lastLookNs;
    }
}
