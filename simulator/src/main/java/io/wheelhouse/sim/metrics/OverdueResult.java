package io.wheelhouse.sim.metrics;

/**
 * Timers that had expired and were not served when the run ended: overload must not look better than it is.
 *
 * @param oldestAgeNs time since the expiry of the one that waited longest; 0 where there is none
 */
public record OverdueResult(long count, long oldestAgeNs) {}
