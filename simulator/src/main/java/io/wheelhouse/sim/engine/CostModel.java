package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.scenario.DistributionSpec;
import io.wheelhouse.sim.scenario.Host;
import io.wheelhouse.sim.traffic.Distributions;
import io.wheelhouse.tcp.random.Distribution;
import io.wheelhouse.tcp.random.Draw;
import io.wheelhouse.tcp.random.Stream;
import io.wheelhouse.timer.Cost;
import org.jspecify.annotations.Nullable;

/**
 * What the operations of the timer subsystem take on a modeled processor: constants, or distributions drawn by processor
 * and ordinal of the charge. Immutable; shared by all processors.
 */
public final class CostModel {
    private static final Cost[] COSTS = Cost.values();

    private final long seed;
    private final long[] constantsNs = new long[COSTS.length];
    private final @Nullable Distribution[] distributions = new @Nullable Distribution[COSTS.length];

    public CostModel(Host host, long seed) {
        this.seed = seed;
        for (Cost cost : COSTS) {
            DistributionSpec spec = host.cost(cost);
            if (spec instanceof DistributionSpec.Constant constant) {
                constantsNs[cost.ordinal()] = constant.value();
            } else {
                distributions[cost.ordinal()] = Distributions.of(spec);
            }
        }
    }

    /** Whether an operation takes the same time always. */
    public boolean isConstant(Cost cost) {
        return distributions[cost.ordinal()] == null;
    }

    /** The time of an operation whose time is constant, in nanoseconds. */
    public long constantNs(Cost cost) {
        return constantsNs[cost.ordinal()];
    }

    /** The time of the n-th drawn operation of a processor, in nanoseconds. */
    public long drawnNs(Cost cost, int processor, long ordinal) {
        Distribution distribution = distributions[cost.ordinal()];
        return distribution == null
                ? constantsNs[cost.ordinal()]
                : Draw.sampleLong(distribution, seed, processor, Stream.COST, ordinal);
    }
}
