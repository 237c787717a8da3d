package io.wheelhouse.sim.pcap;

import java.util.Objects;

/**
 * A segment as a capture shows it.
 *
 * @param flags as in TCP's header: FIN 1, SYN 2, RST 4, PSH 8, ACK 16
 * @param length bytes of data
 * @param window the field of the header
 */
public record PcapSegment(int flags, int seq, int ack, int length, int window, OptionBytes options) {
    private static final int MAX_16_BITS = 65_535;

    public PcapSegment {
        Objects.requireNonNull(options, "options");
        if (window < 0 || window > MAX_16_BITS) {
            throw new IllegalArgumentException("a window must fit into 16 bits: " + window);
        }
        if (length < 0 || length > MAX_16_BITS) {
            throw new IllegalArgumentException("a segment has 0 to 65535 bytes of data: " + length);
        }
    }
}
