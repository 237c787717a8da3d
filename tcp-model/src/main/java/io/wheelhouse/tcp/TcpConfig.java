package io.wheelhouse.tcp;

import io.wheelhouse.tcp.path.Path;
import java.util.List;
import java.util.Objects;

/** What all buckets of a run share: the groups of connections, with all that follows from their profiles. Immutable. */
public final class TcpConfig {
    private final long seed;
    private final List<TcpGroup> groups;
    private final EntrySharing entries;

    // by group
    final EndSettings[] localSettings;
    final EndSettings[] remoteSettings;
    final Path[] paths;
    final Application[] applications;

    /** Where the parts of a connection's row lie. */
    final ConnectionLayout layout;

    final RowTouch touch;

    /**
     * @param seed of the draws that are TCP's own: initial sequence numbers
     * @param groups the groups of connections, numbered from 0
     * @param entries how the timers of the processor's side become entries of its timer queue
     */
    public TcpConfig(long seed, List<TcpGroup> groups, EntrySharing entries) {
        this.seed = seed;
        this.groups = List.copyOf(groups);
        this.entries = Objects.requireNonNull(entries, "entries");
        int count = groups.size();
        if (count == 0) {
            throw new IllegalArgumentException("there must be a group of connections");
        }
        localSettings = new EndSettings[count];
        remoteSettings = new EndSettings[count];
        paths = new Path[count];
        applications = new Application[count];
        for (int group = 0; group < count; group++) {
            TcpGroup of = groups.get(group);
            localSettings[group] = new EndSettings(of.local(), of.remote(), of.readsAtOnce());
            remoteSettings[group] = new EndSettings(of.remote(), of.local(), true);
            paths[group] = of.path();
            applications[group] = of.application();
        }
        layout = new ConnectionLayout(localSettings, remoteSettings);
        touch = new RowTouch(layout);
    }

    /** The seed of TCP's own draws. */
    public long seed() {
        return seed;
    }

    /** The groups of connections, numbered from 0. */
    public List<TcpGroup> groups() {
        return groups;
    }

    /** How timers become entries. */
    public EntrySharing entries() {
        return entries;
    }
}
