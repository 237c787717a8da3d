package io.wheelhouse.tcp;

import io.wheelhouse.tcp.path.DropCause;
import org.jspecify.annotations.Nullable;

/** Is told of every segment that an end sends: a capture, for traces and tests. */
public interface SegmentListener {

    /**
     * A segment has been sent.
     *
     * @param index the connection's number in the run
     * @param from the end that sent it
     * @param flags FIN 1, SYN 2, RST 4, PSH 8, ACK 16, as in TCP's header
     * @param length bytes of data
     * @param dropped why the path drops it; null if it arrives
     */
    void segmentSent(
            int index, Side from, long atNs, int seq, int ack, int flags, int length, @Nullable DropCause dropped);
}
