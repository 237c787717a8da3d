package io.wheelhouse.sim.scenario;

import io.wheelhouse.tcp.HostPort;
import io.wheelhouse.tcp.IpAddress;
import io.wheelhouse.tcp.Prefix;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses and ports that remote ends may have, written {@code 100.64.0.0/10}, {@code 192.0.2.1:80} or
 * {@code [2001:db8::]/64:1024-65535}.
 */
public record RemoteSpace(Prefix block, int portFrom, int portTo) {

    /** First of the ports that are taken where none is named: Linux's default ip_local_port_range. */
    public static final int EPHEMERAL_FROM = 32_768;

    /** Last of them. */
    public static final int EPHEMERAL_TO = 60_999;

    private static final Pattern WITH_PORTS =
            Pattern.compile("(\\[[^\\[\\]]*\\]|[^\\[\\]:/]*)(/[0-9]{1,3})?(?::([0-9]{1,5})(?:-([0-9]{1,5}))?)?");

    public RemoteSpace {
        Objects.requireNonNull(block, "block");
        Check.that(portFrom >= 1 && portFrom <= HostPort.PORT_MAX, "ports are 1 to 65535", portFrom);
        Check.that(portTo >= 1 && portTo <= HostPort.PORT_MAX, "ports are 1 to 65535", portTo);
        Check.that(portTo >= portFrom, "a range of ports ends before it begins", portFrom + "-" + portTo);
    }

    /**
     * Reads a space.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static RemoteSpace parse(String text) {
        Matcher matcher = WITH_PORTS.matcher(text);
        if (!matcher.matches()) {
            return new RemoteSpace(Prefix.parse(text), EPHEMERAL_FROM, EPHEMERAL_TO);
        }
        String address = matcher.group(1);
        boolean isBracketed = address.startsWith("[");
        String bare = isBracketed ? address.substring(1, address.length() - 1) : address;
        Prefix block = Prefix.parse(matcher.group(2) == null ? bare : bare + matcher.group(2));
        Check.that(block.first().isV6() == isBracketed, "an IPv6 address, and no other, stands in brackets", text);
        if (matcher.group(3) == null) {
            return new RemoteSpace(block, EPHEMERAL_FROM, EPHEMERAL_TO);
        }
        int portFrom = Integer.parseInt(matcher.group(3));
        int portTo = matcher.group(4) == null ? portFrom : Integer.parseInt(matcher.group(4));
        return new RemoteSpace(block, portFrom, portTo);
    }

    /** The first address. */
    public IpAddress prefix() {
        return block.first();
    }

    /** How many leading bits all the addresses share. */
    public int prefixLength() {
        return block.length();
    }

    @Override
    public String toString() {
        String addresses = (prefix().isV6() ? "[" + prefix() + "]" : prefix().toString()) + "/" + prefixLength();
        return portFrom == portTo ? addresses + ":" + portFrom : addresses + ":" + portFrom + "-" + portTo;
    }
}
