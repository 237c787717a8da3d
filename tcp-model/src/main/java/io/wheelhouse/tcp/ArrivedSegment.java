package io.wheelhouse.tcp;

/** The segment that an end is processing; its row in {@link Segments} has been given back. */
final class ArrivedSegment {
    int seq;
    int ack;
    int length;
    int flags;
    int window;
    int tsValue;
    int tsEcho;
    final SackBlocks sacks = new SackBlocks();

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Whether this is a SYN that opens a connection. */
    boolean isOpening() {
        return (flags & (Segments.SYN | Segments.ACK | Segments.RST)) == Segments.SYN;
    }

    /** SEG.LEN: sequence numbers taken, a SYN and a FIN included. */
    int span() {
        return length + (flags & Segments.FIN) + ((flags & Segments.SYN) >> 1);
    }
}
