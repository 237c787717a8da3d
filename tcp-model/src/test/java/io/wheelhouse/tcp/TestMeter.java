package io.wheelhouse.tcp;

import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.ServiceMeter;

/** A processor's clock on which every operation costs the same, 0 unless told otherwise. */
final class TestMeter implements ServiceMeter {
    private final long operationNs;
    private long nowNs;

    TestMeter(long operationNs) {
        this.operationNs = operationNs;
    }

    @Override
    public long nowNs() {
        return nowNs;
    }

    @Override
    public void charge(Cost cost, long count) {
        nowNs += count * operationNs;
    }

    @Override
    public void chargeNs(long serviceNs) {
        nowNs += serviceNs;
    }

    void idleUntil(long atNs) {
        nowNs = Math.max(nowNs, atNs);
    }
}
