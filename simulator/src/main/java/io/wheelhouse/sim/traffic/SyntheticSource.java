package io.wheelhouse.sim.traffic;

import io.wheelhouse.sim.scenario.Traffic;
import io.wheelhouse.tcp.random.Distribution;
import io.wheelhouse.tcp.random.Draw;
import io.wheelhouse.tcp.random.Stream;

/**
 * What the connections of one group of synthetic traffic draw: when they arm, for how long, whether they cancel, and how
 * long a callback takes. The n-th arming of a connection is the same whatever else the run does. Immutable.
 */
public final class SyntheticSource {
    private static final double NS_PER_SECOND = 1e9;

    private final long seed;
    private final boolean periodic;
    private final Distribution gap;
    private final Distribution delay;
    private final double cancelledShare;
    private final Distribution service;

    /** The group's draws under one seed. */
    public SyntheticSource(Traffic.Synthetic spec, long seed) {
        this.seed = seed;
        Traffic.Arming arming = spec.arrivals();
        periodic = arming instanceof Traffic.Arming.Periodic;
        gap = gapOf(arming);
        delay = Distributions.of(spec.delay());
        cancelledShare = spec.cancelled();
        service = Distributions.of(spec.service());
    }

    private static Distribution gapOf(Traffic.Arming arming) {
        if (arming instanceof Traffic.Arming.Periodic every) {
            return Distribution.constant((double) every.intervalNs());
        }
        if (arming instanceof Traffic.Arming.Poisson poisson) {
            return Distribution.exponential(NS_PER_SECOND / poisson.perSecond());
        }
        throw new AssertionError("no arming process for " + arming);
    }

    /** From the arming before (or the opening, for the first) to this one, in nanoseconds. */
    long gapNs(long connection, long ordinal) {
        if (periodic && ordinal == 0) {
            return Draw.below(Math.max(1, Math.round(gap.mean())), seed, connection, Stream.SPREAD, 0);
        }
        return Draw.sampleLong(gap, seed, connection, Stream.THINK, ordinal);
    }

    long delayNs(long connection, long ordinal) {
        return Draw.sampleLong(delay, seed, connection, Stream.TIMER_DELAY, ordinal);
    }

    boolean isCancelled(long connection, long ordinal) {
        return Draw.chance(cancelledShare, seed, connection, Stream.TIMER_CANCEL, 2 * ordinal);
    }

    /** When in its delay a timer that is cancelled is cancelled: uniform in [0, delay). */
    long cancelAfterNs(long connection, long ordinal, long delayNs) {
        return delayNs == 0 ? 0 : Draw.below(delayNs, seed, connection, Stream.TIMER_CANCEL, 2 * ordinal + 1);
    }

    long serviceNs(long connection, long ordinal) {
        return Draw.sampleLong(service, seed, connection, Stream.SERVICE, ordinal);
    }
}
