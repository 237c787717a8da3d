package io.wheelhouse.sim.metrics;

import io.wheelhouse.tcp.TimerCount;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of one kind of timer.
 *
 * @param counts how its armings began and ended; every {@link TimerCount} has an entry
 * @param lateness of the firings after the warm-up
 * @param ended those cancelled or re-armed after their expiry
 * @param groups the same by group of connections, by group number
 */
public record TimerResult(
        Lane lane, Map<TimerCount, Long> counts, Lateness lateness, Ended ended, List<InGroup> groups) {

    /** Timers cancelled or re-armed after they had expired, before they were served, with the time between. */
    public record Ended(long count, double meanAgeNs, long maxAgeNs) {}

    /** The part of one group. */
    public record InGroup(Map<TimerCount, Long> counts, Lateness lateness) {
        public InGroup {
            counts = Collections.unmodifiableMap(new EnumMap<>(counts));
        }

        /** One of the counts. */
        public long count(TimerCount what) {
            return counts.getOrDefault(what, 0L);
        }
    }

    public TimerResult {
        counts = Collections.unmodifiableMap(new EnumMap<>(counts));
        groups = List.copyOf(groups);
    }

    /** One of the counts. */
    public long count(TimerCount what) {
        return counts.getOrDefault(what, 0L);
    }

    /** Arms and re-arms. */
    public long armings() {
        return count(TimerCount.ARMS) + count(TimerCount.REARMS);
    }

    /** Armings that have not ended. */
    public long pending() {
        return armings() - count(TimerCount.FIRED) - count(TimerCount.CANCELLED) - count(TimerCount.SUPERSEDED);
    }
}
