package io.wheelhouse.sim.scenario;

import java.util.StringJoiner;

/**
 * An IPv4 or IPv6 address.
 *
 * @param ipv6 whether it is an IPv6 address
 * @param high the upper 64 bits of an IPv6 address, 0 for IPv4
 * @param low the lower 64 bits of an IPv6 address, or the 32 bits of an IPv4 address
 */
public record IpAddress(boolean ipv6, long high, long low) {

    private static final int GROUPS = 8;

    public IpAddress {
        Check.that(ipv6 || (high == 0 && low >>> 32 == 0), "address", high + ", " + low);
    }

    /** An IPv4 address from its 32 bits. */
    public static IpAddress ofIpv4(int bits) {
        return new IpAddress(false, 0, Integer.toUnsignedLong(bits));
    }

    /** Its length in bits: 32 or 128. */
    public int bits() {
        return ipv6 ? 128 : 32;
    }

    /** Dotted for IPv4; the canonical form of RFC 5952 for IPv6. */
    @Override
    public String toString() {
        return ipv6 ? ipv6Text() : ipv4Text();
    }

    private String ipv4Text() {
        return (low >>> 24) + "." + ((low >>> 16) & 0xff) + "." + ((low >>> 8) & 0xff) + "." + (low & 0xff);
    }

    private String ipv6Text() {
        int longestFrom = 0;
        int longest = 0;
        for (int from = 0; from < GROUPS; from++) {
            int zeros = zerosFrom(from);
            if (zeros > longest) {
                longestFrom = from;
                longest = zeros;
            }
        }
        if (longest < 2) {
            return groups(0, GROUPS);
        }
        return groups(0, longestFrom) + "::" + groups(longestFrom + longest, GROUPS);
    }

    private int zerosFrom(int from) {
        int to = from;
        while (to < GROUPS && group(to) == 0) {
            to++;
        }
        return to - from;
    }

    private String groups(int from, int to) {
        StringJoiner text = new StringJoiner(":");
        for (int i = from; i < to; i++) {
            text.add(Integer.toHexString(group(i)));
        }
        return text.toString();
    }

    private int group(int i) {
        long half = i < GROUPS / 2 ? high : low;
        return (int) (half >>> (16 * (3 - i % 4))) & 0xffff;
    }
}
