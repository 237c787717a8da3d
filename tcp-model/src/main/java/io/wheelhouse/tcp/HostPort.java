package io.wheelhouse.tcp;

/**
 * An address and a port: {@code 10.0.0.1:443} or {@code [2001:db8::1]:443}.
 *
 * @param address the address
 * @param port 0 to 65535
 */
public record HostPort(IpAddress address, int port) implements Comparable<HostPort> {
    /** The greatest port. */
    public static final int PORT_MAX = 0xFFFF;

    public HostPort {
        requirePort(port);
    }

    /**
     * Reads an address and a port.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (colon < 0 || !port.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("not an address and port such as 10.0.0.1:443: \"" + text + "\"");
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.indexOf(':') >= 0 && !bracketed) {
            throw new IllegalArgumentException(
                    "an IPv6 address with a port stands in brackets, as in [2001:db8::1]:443: \"" + text + "\"");
        }
        IpAddress address = IpAddress.parse(bracketed ? host.substring(1, host.length() - 1) : host);
        if (bracketed != address.isV6()) {
            throw new IllegalArgumentException("only an IPv6 address stands in brackets: \"" + text + "\"");
        }
        return new HostPort(address, Integer.parseInt(port));
    }

    static void requirePort(int port) {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("port must lie between 0 and " + PORT_MAX + ": " + port);
        }
    }

    /** By address, then by port. */
    @Override
    public int compareTo(HostPort other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
    }

    @Override
    public String toString() {
        return (address.isV6() ? "[" + address + "]" : address) + ":" + port;
    }
}
