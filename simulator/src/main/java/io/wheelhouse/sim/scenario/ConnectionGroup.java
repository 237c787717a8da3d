package io.wheelhouse.sim.scenario;

import io.wheelhouse.tcp.HostPort;
import io.wheelhouse.tcp.TupleSpace;
import java.util.Objects;

/**
 * Connections that are alike.
 *
 * @param name letters, digits, {@code . _ -}, a letter first; unique in the scenario
 * @param local the address and port of the modeled host, the same for all of the group
 * @param remote where the remote ends are; connection i of the group takes the i-th 4-tuple of it
 * @param openedBy which end opens
 * @param arrivals when connections open
 * @param remoteTcp the stack of the remote ends
 * @param closing which end closes once the traffic is done
 */
public record ConnectionGroup(
        String name,
        int count,
        HostPort local,
        RemoteSpace remote,
        End openedBy,
        Arrivals arrivals,
        TcpSpec remoteTcp,
        PathSpec path,
        Traffic traffic,
        Closing closing) {

    /** Which end closes a connection once its traffic is done. */
    public enum Closing {
        /** Neither: the connection stays open to the end of the run. */
        NEVER,
        /** The modeled host. */
        LOCAL,
        /** The remote end. */
        REMOTE
    }

    public ConnectionGroup {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(local, "local");
        Objects.requireNonNull(remote, "remote");
        Objects.requireNonNull(openedBy, "openedBy");
        Objects.requireNonNull(arrivals, "arrivals");
        Objects.requireNonNull(remoteTcp, "remoteTcp");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(traffic, "traffic");
        Objects.requireNonNull(closing, "closing");
        Check.that(count > 0, "count", count);
        long room = tuples(local, remote, 0).size();
        Check.that(count <= room, "count, where the 4-tuples are " + room, count);
    }

    /**
     * The 4-tuples that the group may have.
     *
     * @param seed decides how addresses and ports are scattered
     */
    public TupleSpace tuples(long seed) {
        return tuples(local, remote, seed);
    }

    static TupleSpace tuples(HostPort local, RemoteSpace remote, long seed) {
        return new TupleSpace(local, remote.block(), remote.portFrom(), remote.portTo(), seed);
    }
}
