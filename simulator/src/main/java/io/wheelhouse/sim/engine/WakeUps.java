package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.scenario.DistributionSpec;
import io.wheelhouse.sim.scenario.Host;
import io.wheelhouse.sim.traffic.Distributions;
import io.wheelhouse.tcp.random.Distribution;
import io.wheelhouse.tcp.random.Draw;
import io.wheelhouse.tcp.random.Stream;

/**
 * How long one modeled processor takes to wake up when it has had nothing to do: drawn by the processor and the ordinal of
 * the wake-up, so a function of what happens there alone.
 */
final class WakeUps {
    private final boolean atOnce;
    private final Distribution latency;
    private final long seed;
    private final int processor;
    private long ordinal;

    WakeUps(Host host, int processor, long seed) {
        DistributionSpec spec = host.costs().wakeUp();
        atOnce = spec instanceof DistributionSpec.Constant constant && constant.value() == 0;
        latency = Distributions.of(spec);
        this.processor = processor;
        this.seed = seed;
    }

    /** Whether waking up takes no time, ever. */
    boolean areAtOnce() {
        return atOnce;
    }

    /** What the next wake-up takes, in nanoseconds; the same until it {@link #happened}. */
    long nextNs() {
        return atOnce ? 0 : Draw.sampleLong(latency, seed, processor, Stream.WAKE_UP, ordinal);
    }

    /** The processor has woken up. */
    void happened() {
        ordinal++;
    }
}
