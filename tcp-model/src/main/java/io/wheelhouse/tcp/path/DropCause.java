package io.wheelhouse.tcp.path;

import java.util.Locale;

/** Why the path dropped a packet. */
public enum DropCause {
    /** The connection's path was out when the packet was sent. */
    OUTAGE,
    /** Too many packets waited for the connection's link. */
    QUEUE,
    /** The packet's own bad luck. */
    LOSS;

    /** The name used in metrics, for example {@code outage}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
