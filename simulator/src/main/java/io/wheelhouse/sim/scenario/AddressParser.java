package io.wheelhouse.sim.scenario;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses and ports from text. Nothing is looked up: what is not an address is refused. */
final class AddressParser {
    private static final int GROUPS = 8;
    private static final int LONGEST_TEXT = 64;

    private static final Pattern IPV4 = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})");
    private static final Pattern IPV6_GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final Pattern ENDPOINT = Pattern.compile("(?:\\[([^\\[\\]]*)\\]|([^:\\[\\]]*)):([0-9]{1,5})");
    private static final Pattern SPACE = Pattern.compile(
            "(?:\\[([^\\[\\]]*)\\]|([^:\\[\\]/]*))(?:/([0-9]{1,3}))?" + "(?::([0-9]{1,5})(?:-([0-9]{1,5}))?)?");
    private static final Pattern BARE_IPV6_SPACE = Pattern.compile("([0-9a-fA-F:]*)(?:/([0-9]{1,3}))?");

    private static final String ENDPOINT_FORM = "an address and port such as 10.0.0.1:443 or [2001:db8::1]:443";
    private static final String SPACE_FORM =
            "addresses such as 100.64.0.0/10, 192.0.2.1:80 or [2001:db8::]/64:1024-65535";

    private AddressParser() {}

    static ScalarType<Endpoint> endpointType() {
        return new ScalarType<>(
                ENDPOINT_FORM, (node, scope) -> endpoint(node.text()), endpoint -> Type.scalar(endpoint.toString()));
    }

    static ScalarType<RemoteSpace> spaceType() {
        return new ScalarType<>(
                SPACE_FORM, (node, scope) -> space(node.text()), space -> Type.scalar(space.toString()));
    }

    static Endpoint endpoint(String text) throws BadValue {
        Matcher matcher = ENDPOINT.matcher(text);
        if (text.length() > LONGEST_TEXT || !matcher.matches()) {
            throw new BadValue(Text.quote(text) + " is not " + ENDPOINT_FORM);
        }
        IpAddress address = matcher.group(1) != null ? ipv6(matcher.group(1), text) : ipv4(matcher.group(2), text);
        return new Endpoint(address, port(matcher.group(3), text));
    }

    static RemoteSpace space(String text) throws BadValue {
        Matcher bare = BARE_IPV6_SPACE.matcher(text);
        if (text.length() <= LONGEST_TEXT && text.indexOf(':') != text.lastIndexOf(':') && bare.matches()) {
            return space(text, ipv6(bare.group(1), text), bare.group(2), null, null);
        }
        Matcher matcher = SPACE.matcher(text);
        if (text.length() > LONGEST_TEXT || !matcher.matches()) {
            throw new BadValue(Text.quote(text) + " is not " + SPACE_FORM);
        }
        IpAddress address = matcher.group(1) != null ? ipv6(matcher.group(1), text) : ipv4(matcher.group(2), text);
        return space(text, address, matcher.group(3), matcher.group(4), matcher.group(5));
    }

    private static RemoteSpace space(
            String text,
            IpAddress address,
            @org.jspecify.annotations.Nullable String length,
            @org.jspecify.annotations.Nullable String from,
            @org.jspecify.annotations.Nullable String to)
            throws BadValue {
        int prefixLength = length == null ? address.bits() : Integer.parseInt(length);
        if (prefixLength > address.bits()) {
            throw new BadValue(
                    Text.quote(text) + " has a prefix longer than the " + address.bits() + " bits there are");
        }
        IpAddress prefix = RemoteSpace.masked(address, prefixLength);
        if (!prefix.equals(address)) {
            throw new BadValue(Text.quote(text) + " has address bits set beyond its prefix"
                    + Suggestions.didYouMean(text.replaceFirst("[0-9a-fA-F.:]+", prefix.toString())));
        }
        if (from == null) {
            return new RemoteSpace(prefix, prefixLength, RemoteSpace.EPHEMERAL_FROM, RemoteSpace.EPHEMERAL_TO);
        }
        int portFrom = port(from, text);
        int portTo = to == null ? portFrom : port(to, text);
        if (portTo < portFrom) {
            throw new BadValue(Text.quote(text) + " has a port range that ends before it begins");
        }
        return new RemoteSpace(prefix, prefixLength, portFrom, portTo);
    }

    private static int port(String digits, String text) throws BadValue {
        int port = Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            throw new BadValue(Text.quote(text) + " has the port " + port + "; ports are 1 to 65535");
        }
        return port;
    }

    static IpAddress ipv4(String address, String text) throws BadValue {
        Matcher matcher = IPV4.matcher(address);
        if (!matcher.matches()) {
            throw notAnAddress(address, text);
        }
        int bits = 0;
        for (int i = 1; i <= 4; i++) {
            String digits = matcher.group(i);
            int octet = Integer.parseInt(digits);
            if (octet > 255 || (digits.length() > 1 && digits.charAt(0) == '0')) {
                throw notAnAddress(address, text);
            }
            bits = bits << 8 | octet;
        }
        return IpAddress.ofIpv4(bits);
    }

    static IpAddress ipv6(String address, String text) throws BadValue {
        int gap = address.indexOf("::");
        if (gap < 0) {
            return ipv6(groups(address, text), new int[0], address, text);
        }
        return ipv6(groups(address.substring(0, gap), text), groups(address.substring(gap + 2), text), address, text);
    }

    /** Puts zeros between the groups before and those after the gap. */
    private static IpAddress ipv6(int[] before, int[] after, String address, String text) throws BadValue {
        boolean hasGap = address.contains("::");
        int given = before.length + after.length;
        if (hasGap ? given >= GROUPS : given != GROUPS) {
            throw notAnAddress(address, text);
        }
        long[] halves = new long[2];
        for (int i = 0; i < GROUPS; i++) {
            int fromEnd = i - (GROUPS - after.length);
            int group = i < before.length ? before[i] : fromEnd >= 0 ? after[fromEnd] : 0;
            halves[i / 4] = halves[i / 4] << 16 | group;
        }
        return new IpAddress(true, halves[0], halves[1]);
    }

    private static int[] groups(String part, String text) throws BadValue {
        if (part.isEmpty()) {
            return new int[0];
        }
        String[] words = part.split(":", -1);
        int[] groups = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            if (!IPV6_GROUP.matcher(words[i]).matches()) {
                throw notAnAddress(part, text);
            }
            groups[i] = Integer.parseInt(words[i], 16);
        }
        return groups;
    }

    private static BadValue notAnAddress(String address, String text) {
        String of = address.equals(text) ? "" : " of " + Text.quote(text);
        return new BadValue(Text.quote(address) + of + " is not an IP address");
    }
}
