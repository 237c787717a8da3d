package io.wheelhouse.tcp;

/**
 * The four connection parameters, oriented: the local end is the one whose timers are under study, whoever opened the
 * connection and whichever way a packet goes. So both directions of a connection have one 4-tuple and one flow hash.
 *
 * @param localAddress address of the local end
 * @param localPort port of the local end
 * @param remoteAddress address of the remote end, of the same family
 * @param remotePort port of the remote end
 */
public record FourTuple(IpAddress localAddress, int localPort, IpAddress remoteAddress, int remotePort) {
    public FourTuple {
        HostPort.requirePort(localPort);
        HostPort.requirePort(remotePort);
        if (localAddress.isV6() != remoteAddress.isV6()) {
            throw new IllegalArgumentException(
                    "one end is IPv4 and the other IPv6: " + localAddress + " and " + remoteAddress);
        }
    }

    /** The 4-tuple of these two ends. */
    public static FourTuple of(HostPort local, HostPort remote) {
        return new FourTuple(local.address(), local.port(), remote.address(), remote.port());
    }

    /** The 4-tuple as the other end sees it. */
    public FourTuple reversed() {
        return new FourTuple(remoteAddress, remotePort, localAddress, localPort);
    }

    /** The local end. */
    public HostPort local() {
        return new HostPort(localAddress, localPort);
    }

    /** The remote end. */
    public HostPort remote() {
        return new HostPort(remoteAddress, remotePort);
    }

    /** Local end first: {@code 10.0.0.1:443 - 100.64.3.7:51234}. */
    @Override
    public String toString() {
        return local() + " - " + remote();
    }
}
