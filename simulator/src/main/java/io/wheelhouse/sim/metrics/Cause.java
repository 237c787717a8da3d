package io.wheelhouse.sim.metrics;

import java.util.List;
import java.util.Locale;

/** The four parts of lateness. They add up to it exactly, for every firing. */
public enum Cause {
    /** The structure gave the timer a later instant than its deadline. */
    ROUNDING,
    /** The owner woke up later than that instant. */
    TICK,
    /** The bucket was in transit between two owners. */
    HANDOFF,
    /** The callback waited for the processor. */
    QUEUEING;

    /** All of them, in the order in which they come about. */
    public static final List<Cause> ALL = List.of(values());

    /** The name used in metrics and files, for example {@code queueing}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
