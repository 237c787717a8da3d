package io.wheelhouse.timer;

import java.util.EnumMap;
import java.util.Map;

/** A modeled clock for tests: charges advance it by costs that start at zero. */
public final class ManualMeter implements ServiceMeter {
    private final Map<Cost, Long> costsNs = new EnumMap<>(Cost.class);
    private long nowNs;

    /** Sets what an operation costs. */
    public ManualMeter cost(Cost cost, long costNs) {
        costsNs.put(cost, costNs);
        return this;
    }

    public void idleUntil(long timeNs) {
        if (timeNs < nowNs) {
            throw new AssertionError("clock set back from " + nowNs + " to " + timeNs);
        }
        nowNs = timeNs;
    }

    @Override
    public long nowNs() {
        return nowNs;
    }

    @Override
    public void charge(Cost cost, long count) {
        nowNs += costsNs.getOrDefault(cost, 0L) * count;
    }

    @Override
    public void chargeNs(long serviceNs) {
        if (serviceNs < 0) {
            throw new AssertionError("negative service time " + serviceNs);
        }
        nowNs += serviceNs;
    }
}
