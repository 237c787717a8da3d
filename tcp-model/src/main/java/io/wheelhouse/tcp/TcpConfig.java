package io.wheelhouse.tcp;

import java.util.List;
import java.util.Objects;

/**
 * What all buckets of a run share. Immutable.
 *
 * @param seed of the draws that are TCP's own: initial sequence numbers
 * @param groups the groups of connections, numbered from 0
 * @param entries how the timers of the processor's side become entries of its timer queue
 */
public record TcpConfig(long seed, List<TcpGroup> groups, EntrySharing entries) {
    public TcpConfig {
        groups = List.copyOf(groups);
        Objects.requireNonNull(entries, "entries");
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("there must be a group of connections");
        }
    }
}
