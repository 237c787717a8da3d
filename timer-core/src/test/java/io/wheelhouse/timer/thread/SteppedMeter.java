package io.wheelhouse.timer.thread;

import io.wheelhouse.timer.Cost;

/** A live meter whose clock goes on by a nanosecond at each look, and by what is charged. */
final class SteppedMeter implements LiveMeter {
    private final long[] clockNs;
    private long beganNs;
    private long heldNs;
    private boolean holds;

    /** @param clockNs the clock, shared by all meters of a machine */
    SteppedMeter(long[] clockNs) {
        this.clockNs = clockNs;
    }

    @Override
    public long nowNs() {
        return holds ? beganNs : ++clockNs[0];
    }

    @Override
    public long begin() {
        beganNs = ++clockNs[0];
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
        clockNs[0] += heldNs;
        return heldNs;
    }

    @Override
    public void end() {}

    @Override
    public void charge(Cost cost, long count) {
        chargeNs(count * 10);
    }

    @Override
    public void chargeNs(long serviceNs) {
        if (holds) {
            heldNs += serviceNs;
        } else {
            clockNs[0] += serviceNs;
        }
    }
}
