package io.wheelhouse.sim.scenario;

import java.util.Objects;

/** An address and a port, written {@code 10.0.0.1:443} or {@code [2001:db8::1]:443}. */
public record Endpoint(IpAddress address, int port) {
    public Endpoint {
        Objects.requireNonNull(address, "address");
        Check.that(port >= 1 && port <= 65_535, "port", port);
    }

    @Override
    public String toString() {
        return address.ipv6() ? "[" + address + "]:" + port : address + ":" + port;
    }
}
