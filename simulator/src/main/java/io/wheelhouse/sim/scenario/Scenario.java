package io.wheelhouse.sim.scenario;

import java.util.List;
import java.util.Objects;

/**
 * One experiment, complete: with a version of the program it determines the result of a run to the byte. Every default is
 * resolved, so a reader of these records never has to know one. Times are nanoseconds of virtual time since the start of
 * the run.
 *
 * @param name names the output folder: letters, digits, {@code . _ -}
 * @param description one line on what it shows, possibly empty
 * @param seed what all random draws are made from
 * @param durationNs how long the run lasts, greater than 0
 * @param warmupNs cut from lateness and utilization, never from the laws; less than the duration
 * @param tcp the local ends' stack; a group names the stack of its remote ends
 * @param connections at least one group, names unique, no two groups sharing a 4-tuple
 * @param expect what the run must show, in the order of the file
 */
public record Scenario(
        String name,
        String description,
        long seed,
        long durationNs,
        long warmupNs,
        Host host,
        HashSpec hash,
        TimerSpec timers,
        QueueingSpec queueing,
        AssignerSpec assigner,
        TcpSpec tcp,
        List<ConnectionGroup> connections,
        List<Expectation> expect,
        OutputSpec output) {

    public Scenario {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(timers, "timers");
        Objects.requireNonNull(queueing, "queueing");
        Objects.requireNonNull(assigner, "assigner");
        Objects.requireNonNull(tcp, "tcp");
        Objects.requireNonNull(output, "output");
        Check.that(durationNs > 0, "durationNs", durationNs);
        Check.that(warmupNs >= 0 && warmupNs < durationNs, "warmupNs", warmupNs);
        connections = List.copyOf(connections);
        expect = List.copyOf(expect);
        Check.that(!connections.isEmpty(), "connections", connections);
    }

    /** The number of connections of all groups together. */
    public long connectionCount() {
        return connections.stream().mapToLong(ConnectionGroup::count).sum();
    }
}
