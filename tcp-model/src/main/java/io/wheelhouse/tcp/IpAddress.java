package io.wheelhouse.tcp;

import java.util.Locale;

/**
 * An IPv4 or IPv6 address as a number. Names are never looked up.
 *
 * <p>Text is read as RFC 4291, section 2.2, allows it, and written as RFC 5952 recommends. An IPv4-mapped IPv6 address
 * stays an IPv6 address.
 *
 * @param isV6 whether it is an IPv6 address
 * @param high the first 64 bits of an IPv6 address; 0 for IPv4
 * @param low the last 64 bits of an IPv6 address; the 32 bits of an IPv4 address
 */
public record IpAddress(boolean isV6, long high, long low) implements Comparable<IpAddress> {
    /** The bits of an IPv4 address. */
    public static final int V4_BITS = 32;
    /** The bits of an IPv6 address. */
    public static final int V6_BITS = 128;

    private static final int GROUPS = 8;

    public IpAddress {
        if (!isV6 && (high != 0 || low >>> V4_BITS != 0)) {
            throw new IllegalArgumentException("not 32 bits: high " + high + ", low " + low);
        }
    }

    /** The IPv4 address with these 32 bits, most significant first. */
    public static IpAddress v4(int bits) {
        return new IpAddress(false, 0, Integer.toUnsignedLong(bits));
    }

    /** The IPv6 address with these 128 bits, most significant first. */
    public static IpAddress v6(long high, long low) {
        return new IpAddress(true, high, low);
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if the text is not an IPv4 or IPv6 address
     */
    public static IpAddress parse(String text) {
        return text.indexOf(':') < 0 ? v4(parseV4(text, text)) : parseV6(text);
    }

    private static int parseV4(String text, String whole) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw notAnAddress(whole);
        }
        int bits = 0;
        for (String part : parts) {
            boolean padded = part.length() > 1 && part.charAt(0) == '0';
            if (padded || part.length() > 3 || !isDecimal(part) || Integer.parseInt(part) > 255) {
                throw notAnAddress(whole);
            }
            bits = bits << 8 | Integer.parseInt(part);
        }
        return bits;
    }

    private static IpAddress parseV6(String text) {
        String full = withoutEmbeddedV4(text);
        int gap = full.indexOf("::");
        if (gap != full.lastIndexOf("::")) {
            throw notAnAddress(text);
        }
        int[] head = groups(gap < 0 ? full : full.substring(0, gap), text);
        int[] tail = gap < 0 ? new int[0] : groups(full.substring(gap + 2), text);
        int given = head.length + tail.length;
        if (gap < 0 ? given != GROUPS : given >= GROUPS) {
            throw notAnAddress(text);
        }
        int[] all = new int[GROUPS];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(tail, 0, all, GROUPS - tail.length, tail.length);
        return v6(join(all, 0), join(all, GROUPS / 2));
    }

    /** Replaces a dotted quad at the end by the two groups that it stands for. */
    private static String withoutEmbeddedV4(String text) {
        if (text.indexOf('.') < 0) {
            return text;
        }
        int start = text.lastIndexOf(':') + 1;
        int bits = parseV4(text.substring(start), text);
        return text.substring(0, start) + Integer.toHexString(bits >>> 16) + ":" + Integer.toHexString(bits & 0xFFFF);
    }

    private static int[] groups(String text, String whole) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] parts = text.split(":", -1);
        int[] groups = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isEmpty() || parts[i].length() > 4 || !isHexadecimal(parts[i])) {
                throw notAnAddress(whole);
            }
            groups[i] = Integer.parseInt(parts[i], 16);
        }
        return groups;
    }

    private static long join(int[] groups, int from) {
        long bits = 0;
        for (int i = from; i < from + GROUPS / 2; i++) {
            bits = bits << 16 | groups[i];
        }
        return bits;
    }

    private static boolean isDecimal(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isHexadecimal(String text) {
        return text.toLowerCase(Locale.ROOT).chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException("not an IPv4 or IPv6 address: \"" + text + "\"");
    }

    /** 32 or 128. */
    public int bits() {
        return isV6 ? V6_BITS : V4_BITS;
    }

    /** IPv4 before IPv6, then by number. */
    @Override
    public int compareTo(IpAddress other) {
        if (isV6 != other.isV6) {
            return isV6 ? 1 : -1;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return isV6 ? v6Text() : v4Text();
    }

    private String v4Text() {
        return (low >>> 24) + "." + (low >>> 16 & 0xFF) + "." + (low >>> 8 & 0xFF) + "." + (low & 0xFF);
    }

    /** RFC 5952, section 4: the first longest run of two or more zero groups becomes "::". */
    private String v6Text() {
        int start = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = zeroRun(i);
            if (run > length) {
                start = i;
                length = run;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                boolean separated = text.length() == 0 || text.charAt(text.length() - 1) == ':';
                text.append(separated ? "" : ":").append(Integer.toHexString(group(i)));
            }
        }
        return text.toString();
    }

    private int zeroRun(int from) {
        int i = from;
        while (i < GROUPS && group(i) == 0) {
            i++;
        }
        return i - from;
    }

    private int group(int index) {
        long half = index < GROUPS / 2 ? high : low;
        return (int) (half >>> (48 - 16 * (index % (GROUPS / 2)))) & 0xFFFF;
    }
}
