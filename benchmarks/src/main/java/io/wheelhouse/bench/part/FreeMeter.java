package io.wheelhouse.bench.part;

import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.ServiceMeter;

/** A processor's clock on which nothing takes time but waiting. */
final class FreeMeter implements ServiceMeter {
    private long nowNs;

    @Override
    public long nowNs() {
        return nowNs;
    }

    @Override
    public void charge(Cost cost, long count) {}

    @Override
    public void chargeNs(long serviceNs) {}

    void idleUntil(long atNs) {
        nowNs = Math.max(nowNs, atNs);
    }
}
