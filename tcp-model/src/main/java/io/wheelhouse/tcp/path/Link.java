package io.wheelhouse.tcp.path;

/**
 * A link that each direction of a connection has to itself: it sends one packet at a time at a constant rate; those that
 * come meanwhile wait in order, and one that finds the queue full is dropped.
 *
 * @param bitsPerSecond the rate
 * @param queuePackets how many packets may wait, the one that is being sent not counted
 * @param headerBytes what the network layer adds to each TCP segment: 20 for IPv4, 40 for IPv6
 */
public record Link(long bitsPerSecond, int queuePackets, int headerBytes) {
    private static final long BIT_NS = 8L * 1_000_000_000;

    public Link {
        if (bitsPerSecond <= 0) {
            throw new IllegalArgumentException("a link's rate must be positive: " + bitsPerSecond + " bit/s");
        }
        if (queuePackets <= 0) {
            throw new IllegalArgumentException("at least one packet must be able to wait: " + queuePackets);
        }
        if (headerBytes < 0) {
            throw new IllegalArgumentException("a header cannot be so short: " + headerBytes + " bytes");
        }
    }

    /** How long it takes to send a TCP segment of so many bytes, its header included. */
    public long sendingNs(int segmentBytes) {
        return (segmentBytes + headerBytes) * BIT_NS / bitsPerSecond;
    }
}
