package io.wheelhouse.sim.pcap;

/**
 * A segment as a capture shows it.
 *
 * @param flags as in TCP's header: FIN 1, SYN 2, RST 4, PSH 8, ACK 16
 * @param length bytes of data
 * @param window the field of the header
 * @param options the bytes of the options, a multiple of four
 */
public record PcapSegment(int flags, int seq, int ack, int length, int window, byte[] options) {
    private static final int MAX_OPTIONS = 40;
    private static final int MAX_16_BITS = 65_535;

    public PcapSegment {
        if (options.length % 4 != 0 || options.length > MAX_OPTIONS) {
            throw new IllegalArgumentException("options must be up to ten words, not " + options.length + " bytes");
        }
        if (window < 0 || window > MAX_16_BITS) {
            throw new IllegalArgumentException("a window must fit into 16 bits: " + window);
        }
        if (length < 0 || length > MAX_16_BITS) {
            throw new IllegalArgumentException("a segment has 0 to 65535 bytes of data: " + length);
        }
        options = options.clone();
    }

    @Override
    public byte[] options() {
        return options.clone();
    }
}
