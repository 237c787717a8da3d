package io.wheelhouse.sim.metrics;

import io.wheelhouse.tcp.TcpCount;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of one group of connections.
 *
 * @param name the group's name in the scenario
 * @param connections how many the scenario has
 * @param open how many were established at the end
 * @param busy the processor time that its connections used after the warm-up, as a share of one processor's
 * @param largestShare that of the one connection that used most
 * @param counts what was counted; every {@link TcpCount} has an entry
 */
public record GroupResult(
        String name, long connections, long open, double busy, double largestShare, Map<TcpCount, Long> counts) {
    public GroupResult {
        counts = Collections.unmodifiableMap(new EnumMap<>(counts));
    }

    /** One of the counts. */
    public long count(TcpCount what) {
        return counts.getOrDefault(what, 0L);
    }
}
