package io.wheelhouse.sim.drill;

import java.util.List;

/** Is told of the segments of a script's connection, in order of time. */
@FunctionalInterface
public interface SegmentTap {

    /** Listens to nothing. */
    SegmentTap NONE = (outbound, atNs, segment) -> {};

    /**
     * A segment, as on the wire.
     *
     * @param window the field of the header
     */
    record Seen(int flags, int seq, int ack, int length, int window, List<TcpOption> options) {
        public Seen {
            options = List.copyOf(options);
        }
    }

    /**
     * A segment has been sent.
     *
     * @param outbound whether the model sent it, and not the script
     * @param atNs after the script's start
     */
    void segment(boolean outbound, long atNs, Seen segment);
}
