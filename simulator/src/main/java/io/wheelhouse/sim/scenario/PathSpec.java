package io.wheelhouse.sim.scenario;

import java.util.List;
import java.util.Objects;

/**
 * The path between the two ends of a connection.
 *
 * @param delay one way, in nanoseconds
 * @param loss the fraction of segments lost, each by itself
 */
public record PathSpec(DistributionSpec delay, double loss, List<Outage> outages) {

    /**
     * A time [fromNs, toNs) in which the path of some connections loses everything.
     *
     * @param share the fraction of the group's connections
     */
    public record Outage(double share, long fromNs, long toNs, Direction direction) {
        public Outage {
            Objects.requireNonNull(direction, "direction");
            Check.fraction(share, "share");
            Check.that(fromNs >= 0, "fromNs", fromNs);
            Check.that(toNs > fromNs, "toNs", toNs);
        }
    }

    /** The direction of a segment, seen from the modeled host. */
    public enum Direction {
        /** What the local end sends. */
        UP,
        /** What the local end would receive. */
        DOWN,
        /** Both. */
        BOTH
    }

    public PathSpec {
        Objects.requireNonNull(delay, "delay");
        Check.fraction(loss, "loss");
        outages = List.copyOf(outages);
    }
}
