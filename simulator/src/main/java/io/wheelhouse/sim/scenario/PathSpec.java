package io.wheelhouse.sim.scenario;

import java.util.List;
import java.util.Objects;

/**
 * The path between the two ends of a connection.
 *
 * @param delay one way, in nanoseconds
 * @param loss the fraction of segments lost, each by itself
 * @param link what each connection's packets go through, one after the other
 */
public record PathSpec(DistributionSpec delay, double loss, Link link, List<Outage> outages) {

    /**
     * The link that each direction of each connection has to itself. It sends one packet at a time, and the others wait.
     *
     * @param bitsPerSecond its rate, or {@link #UNLIMITED}
     * @param queuePackets how many packets may wait; one that finds as many is dropped
     */
    public record Link(long bitsPerSecond, int queuePackets) {
        /** No time passes while a packet is sent, and none waits; a file writes {@code unlimited}. */
        public static final long UNLIMITED = Long.MAX_VALUE;

        /** The queue of a Linux interface: its default txqueuelen. */
        public static final int USUAL_QUEUE_PACKETS = 1_000;

        /** No link at all. */
        public static final Link NONE = new Link(UNLIMITED, USUAL_QUEUE_PACKETS);

        public Link {
            Check.that(bitsPerSecond > 0, "bitsPerSecond", bitsPerSecond);
            Check.that(queuePackets > 0, "queuePackets", queuePackets);
        }
    }

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
        Objects.requireNonNull(link, "link");
        Check.fraction(loss, "loss");
        outages = List.copyOf(outages);
    }
}
