package io.wheelhouse.tcp;

import io.wheelhouse.tcp.random.Draw;

/**
 * The 4-tuples of a group of connections, computed from the connection's index in the group and never stored.
 *
 * <p>The local end is fixed; remote ends come from a block of addresses and a range of ports. Index to 4-tuple is a
 * bijection onto the whole space: the low bits of the index choose the address, so every address is used once before
 * any is used twice, and the rest chooses the port. Addresses, and the ports of an address, are scattered rather than
 * counted up: Toeplitz is linear, which would make the buckets of consecutive numbers far more even than chance, and
 * leave nothing to balance.
 *
 * <p>Cost: about a dozen mixes. Immutable; any thread.
 */
public final class TupleSpace {
    /** First of the ports that remote ends use unless told otherwise: Linux's default ip_local_port_range. */
    public static final int FIRST_PORT = 32_768;
    /** Last of them. */
    public static final int LAST_PORT = 60_999;
    /** More host bits than this are left zero, so that an index is always a long. */
    public static final int HOST_BITS_MAX = 46;

    private static final int ROUNDS = 4;

    private final HostPort local;
    private final Prefix remote;
    private final int firstPort;
    private final int portCount;
    private final int addressBits;
    private final long seed;

    /** Remote ports from {@link #FIRST_PORT} to {@link #LAST_PORT}. */
    public TupleSpace(HostPort local, Prefix remote, long seed) {
        this(local, remote, FIRST_PORT, LAST_PORT, seed);
    }

    /**
     * Makes the space.
     *
     * @param local the local end of every connection
     * @param remote the block of remote addresses, of the same family
     * @param firstPort the least remote port
     * @param lastPort the greatest remote port
     * @param seed decides how addresses and ports are scattered
     */
    public TupleSpace(HostPort local, Prefix remote, int firstPort, int lastPort, long seed) {
        HostPort.requirePort(firstPort);
        HostPort.requirePort(lastPort);
        if (firstPort > lastPort) {
            throw new IllegalArgumentException("first port " + firstPort + " is greater than last port " + lastPort);
        }
        if (local.address().isV6() != remote.first().isV6()) {
            throw new IllegalArgumentException("one end is IPv4 and the other IPv6: " + local + " and " + remote);
        }
        this.local = local;
        this.remote = remote;
        this.firstPort = firstPort;
        this.portCount = lastPort - firstPort + 1;
        this.addressBits = Math.min(remote.hostBits(), HOST_BITS_MAX);
        this.seed = seed;
    }

    /** How many 4-tuples there are. */
    public long size() {
        return ((long) portCount) << addressBits;
    }

    /**
     * The 4-tuple of a connection.
     *
     * @param index 0 to {@link #size()} - 1
     */
    public FourTuple tuple(long index) {
        if (index < 0 || index >= size()) {
            throw new IllegalArgumentException(
                    "index must lie between 0 and " + (size() - 1) + " in " + this + ": " + index);
        }
        long host = scatter(index & addressMask(), addressBits, seed);
        long port = firstPort + scatterPort(index >>> addressBits, host);
        return new FourTuple(local.address(), local.port(), remote.withHost(host), (int) port);
    }

    /** Whether some 4-tuple could be in both spaces. */
    public boolean overlaps(TupleSpace other) {
        return local.equals(other.local)
                && remote.overlaps(other.remote)
                && firstPort < other.firstPort + other.portCount
                && other.firstPort < firstPort + portCount;
    }

    private long addressMask() {
        return (1L << addressBits) - 1;
    }

    /**
     * A bijection of the numbers below the port count, another one for each address: a bijection of the power of two
     * above is repeated until it comes back below. It does, at the latest at the number itself, for it runs in a cycle;
     * on average in less than two steps.
     */
    private long scatterPort(long number, long host) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(portCount - 1);
        long key = Draw.mix(seed) + host * Draw.STRIDE;
        long z = number;
        do {
            z = scatter(z, bits, key);
        } while (z >= portCount);
        return z;
    }

    /** A bijection of the numbers of {@code bits} bits: each of its steps, add, shift-xor, odd product, is one. */
    private static long scatter(long number, int bits, long key) {
        long mask = (1L << bits) - 1;
        int shift = Math.max(1, bits / 2);
        long z = number;
        for (int round = 1; round <= ROUNDS; round++) {
            z = (z + Draw.mix(key + round * Draw.STRIDE)) & mask;
            z ^= z >>> shift;
            z = (z * Draw.STRIDE) & mask;
        }
        return z ^ (z >>> shift);
    }

    @Override
    public String toString() {
        return local + " - " + remote + ":" + firstPort + ".." + (firstPort + portCount - 1);
    }
}
