package io.wheelhouse.sim.engine;

import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.ServiceMeter;

/** The modeled clock of one processor: charges advance it by the cost model. */
final class VirtualMeter implements ServiceMeter {
    private final CostModel costs;
    private final int processor;
    private long nowNs;
    private long draws;

    VirtualMeter(CostModel costs, int processor) {
        this.costs = costs;
        this.processor = processor;
    }

    @Override
    public long nowNs() {
        return nowNs;
    }

    @Override
    public void charge(Cost cost) {
        nowNs += costs.isConstant(cost) ? costs.constantNs(cost) : costs.drawnNs(cost, processor, draws++);
    }

    @Override
    public void charge(Cost cost, long count) {
        if (costs.isConstant(cost)) {
            nowNs += count * costs.constantNs(cost);
            return;
        }
        for (long i = 0; i < count; i++) {
            nowNs += costs.drawnNs(cost, processor, draws++);
        }
    }

    @Override
    public void chargeNs(long serviceNs) {
        assert serviceNs >= 0 : serviceNs;
        nowNs += serviceNs;
    }

    /** Lets an idle processor's clock go on to an instant that is not in its past. */
    void idleUntil(long atNs) {
        assert atNs >= nowNs : "processor " + processor + ": idle until " + atNs + " ns at " + nowNs + " ns";
        nowNs = atNs;
    }
}
