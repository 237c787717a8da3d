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
 * @param counts what was counted; every {@link TcpCount} has an entry
 */
public record GroupResult(String name, long connections, long open, Map<TcpCount, Long> counts) {
    public GroupResult {
        counts = Collections.unmodifiableMap(new EnumMap<>(counts));
    }

    /** One of the counts. */
    public long count(TcpCount what) {
        return counts.getOrDefault(what, 0L);
    }
}
