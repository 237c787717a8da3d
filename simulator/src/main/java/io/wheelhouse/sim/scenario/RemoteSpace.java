package io.wheelhouse.sim.scenario;

import java.util.Objects;

/**
 * The addresses and ports that remote ends may have, written {@code 100.64.0.0/10}, {@code 192.0.2.1:80} or
 * {@code [2001:db8::]/64:1024-65535}.
 *
 * @param prefix the first address
 * @param prefixLength how many leading bits all the addresses share
 */
public record RemoteSpace(IpAddress prefix, int prefixLength, int portFrom, int portTo) {

    /** First of the ports that are taken where none is named: Linux's default ip_local_port_range. */
    public static final int EPHEMERAL_FROM = 32_768;

    /** Last of them. */
    public static final int EPHEMERAL_TO = 60_999;

    private static final int COUNTABLE_BITS = 40;

    public RemoteSpace {
        Objects.requireNonNull(prefix, "prefix");
        Check.that(prefixLength >= 0 && prefixLength <= prefix.bits(), "prefixLength", prefixLength);
        Check.that(portFrom >= 1 && portFrom <= 65_535, "portFrom", portFrom);
        Check.that(portTo >= portFrom && portTo <= 65_535, "portTo", portTo);
        Check.that(hostBitsAreZero(prefix, prefixLength), "prefix", prefix + "/" + prefixLength);
    }

    /** How many addresses there are; a number beyond 2^40 is given as 2^40. */
    public long addresses() {
        return 1L << Math.min(COUNTABLE_BITS, prefix.bits() - prefixLength);
    }

    /** How many ports each address has. */
    public int ports() {
        return portTo - portFrom + 1;
    }

    /** How many remote ends there are; a number of addresses beyond 2^40 counts as 2^40. */
    public long capacity() {
        return addresses() * ports();
    }

    /** Whether that many connections have a remote end of their own each. */
    public boolean holds(long connections) {
        return connections <= capacity();
    }

    /** Whether some address and port belong to both. */
    public boolean overlaps(RemoteSpace other) {
        int shared = Math.min(prefixLength, other.prefixLength);
        return prefix.ipv6() == other.prefix.ipv6()
                && masked(prefix, shared).equals(masked(other.prefix, shared))
                && portFrom <= other.portTo
                && other.portFrom <= portTo;
    }

    /** The address with all but the leading bits cleared. */
    static IpAddress masked(IpAddress address, int leadingBits) {
        if (!address.ipv6()) {
            return new IpAddress(false, 0, address.low() & mask(leadingBits + 32));
        }
        return new IpAddress(true, address.high() & mask(leadingBits), address.low() & mask(leadingBits - 64));
    }

    private static boolean hostBitsAreZero(IpAddress prefix, int prefixLength) {
        return masked(prefix, prefixLength).equals(prefix);
    }

    private static long mask(int leadingBits) {
        if (leadingBits <= 0) {
            return 0;
        }
        return leadingBits >= 64 ? -1L : -1L << (64 - leadingBits);
    }

    @Override
    public String toString() {
        String addresses = (prefix.ipv6() ? "[" + prefix + "]" : prefix.toString()) + "/" + prefixLength;
        return portFrom == portTo ? addresses + ":" + portFrom : addresses + ":" + portFrom + "-" + portTo;
    }
}
