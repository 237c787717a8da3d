package io.wheelhouse.tcp.path;

/**
 * A time in which a share of the paths drops every packet sent.
 *
 * @param share the probability with which a connection's path is touched, 0 to 1
 * @param fromNs the first instant of it
 * @param toNs the first instant after it
 * @param up whether packets up are dropped
 * @param down whether packets down are dropped
 */
public record Outage(double share, long fromNs, long toNs, boolean up, boolean down) {
    public Outage {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("an outage's share must lie between 0 and 1: " + share);
        }
        if (fromNs > toNs) {
            throw new IllegalArgumentException("an outage ends before it begins: " + fromNs + " ns to " + toNs + " ns");
        }
    }

    /** An outage of both directions. */
    public static Outage both(double share, long fromNs, long toNs) {
        return new Outage(share, fromNs, toNs, true, true);
    }

    boolean covers(Direction direction, long nowNs) {
        return nowNs >= fromNs && nowNs < toNs && (direction == Direction.UP ? up : down);
    }
}
