package io.wheelhouse.tcp;

import java.util.List;

/**
 * Says which end of a packet is local, so that a packet's (source, destination) becomes the oriented 4-tuple.
 *
 * <p>An end is local if its address lies in one of the given blocks. Where that decides nothing, because both ends lie
 * there or neither does, the lesser (address, port) counts as local: arbitrary, but the same for both directions, which
 * is what matters.
 *
 * @param localBlocks the blocks of local addresses; may be empty
 */
public record Orientation(List<Prefix> localBlocks) {
    public Orientation {
        localBlocks = List.copyOf(localBlocks);
    }

    /** Whether a packet from {@code source} to {@code destination} leaves the local end. */
    public boolean isOutgoing(HostPort source, HostPort destination) {
        boolean fromLocal = isLocal(source.address());
        boolean toLocal = isLocal(destination.address());
        return fromLocal == toLocal ? source.compareTo(destination) <= 0 : fromLocal;
    }

    /** The 4-tuple of the packet's connection: the same for packets of both directions. */
    public FourTuple orient(HostPort source, HostPort destination) {
        return isOutgoing(source, destination) ? FourTuple.of(source, destination) : FourTuple.of(destination, source);
    }

    private boolean isLocal(IpAddress address) {
        for (Prefix block : localBlocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
