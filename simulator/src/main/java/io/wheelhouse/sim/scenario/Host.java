package io.wheelhouse.sim.scenario;

import io.wheelhouse.timer.Cost;
import java.util.List;
import java.util.Objects;

/**
 * The modeled machine.
 *
 * @param processors how many, each with one timer thread
 * @param tickNs the period of a timer thread; {@link #NO_TICK}: timers fire at their own instant
 * @param costs what the timer subsystem takes
 * @param background load on processors that is not the timer subsystem's
 * @param offline when processors are not there; no two times of one processor overlap
 */
public record Host(int processors, long tickNs, CostProfile costs, List<Background> background, List<Offline> offline) {

    /** The tick that a file writes as {@code none}. */
    public static final long NO_TICK = 0;

    public Host {
        Check.that(processors > 0, "processors", processors);
        Check.that(tickNs >= 0, "tickNs", tickNs);
        Objects.requireNonNull(costs, "costs");
        background = List.copyOf(background);
        offline = List.copyOf(offline);
    }

    /** What an operation takes, in nanoseconds. */
    public DistributionSpec cost(Cost operation) {
        return costs.of(operation);
    }
}
