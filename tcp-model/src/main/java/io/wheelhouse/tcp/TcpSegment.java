package io.wheelhouse.tcp;

import java.util.List;
import java.util.Objects;

/**
 * One segment as it crosses the wire: what a {@link SoloEnd} is handed, and what it sends.
 *
 * @param flags FIN 1, SYN 2, RST 4, PSH 8, ACK 16, as in TCP's header
 * @param seq the sequence number, modulo 2^32
 * @param ack the acknowledgment number; means nothing without the ACK flag
 * @param length bytes of data
 * @param window the window in bytes: scaled, unless the segment is a SYN
 * @param options what else it carries
 */
public record TcpSegment(int flags, int seq, int ack, int length, int window, Options options) {
    public static final int FIN = Segments.FIN;
    public static final int SYN = Segments.SYN;
    public static final int RST = Segments.RST;
    public static final int PSH = Segments.PSH;
    public static final int ACK = Segments.ACK;

    private static final int FLAGS_MAX = FIN | SYN | RST | PSH | ACK;
    private static final String FLAG_LETTERS = "FSRP.";

    public TcpSegment {
        Objects.requireNonNull(options, "options");
        if ((flags & ~FLAGS_MAX) != 0) {
            throw new IllegalArgumentException("flags must lie in 0.." + FLAGS_MAX + ": " + flags);
        }
        if (length < 0 || length > 0xFFFF) {
            throw new IllegalArgumentException("a segment has 0 to 65535 bytes of data: " + length);
        }
        if (window < 0) {
            throw new IllegalArgumentException("a window must not be negative: " + window);
        }
    }

    /**
     * The options that the model knows of.
     *
     * @param mss on a SYN, the maximum segment size offered; 0 for no such option
     * @param windowScale on a SYN, the bits that later windows are shifted by; -1 for no such option
     * @param sackPermitted on a SYN, whether selective acknowledgments are welcome
     * @param timestamps whether there is a timestamps option
     * @param tsValue the sender's clock, in the unit of the sender's timestamps
     * @param tsEcho the clock value echoed
     * @param sackBlocks selective acknowledgments, the most recent first; a duplicate report (RFC 2883) before the others
     */
    public record Options(
            int mss,
            int windowScale,
            boolean sackPermitted,
            boolean timestamps,
            int tsValue,
            int tsEcho,
            List<SackBlock> sackBlocks) {
        /** No options. */
        public static final Options NONE = new Options(0, -1, false, false, 0, 0, List.of());

        public Options {
            sackBlocks = List.copyOf(sackBlocks);
        }

        /** What a SYN offers, without timestamps. */
        public static Options ofSyn(int mss, int windowScale, boolean sackPermitted) {
            return new Options(mss, windowScale, sackPermitted, false, 0, 0, List.of());
        }

        public Options withTimestamps(int value, int echo) {
            return new Options(mss, windowScale, sackPermitted, true, value, echo, sackBlocks);
        }

        public Options withSackBlocks(List<SackBlock> blocks) {
            return new Options(mss, windowScale, sackPermitted, timestamps, tsValue, tsEcho, blocks);
        }
    }

    /** A segment without options. */
    public static TcpSegment of(int flags, int seq, int ack, int length, int window) {
        return new TcpSegment(flags, seq, ack, length, window, Options.NONE);
    }

    public TcpSegment with(Options newOptions) {
        return new TcpSegment(flags, seq, ack, length, window, newOptions);
    }

    /** Whether all of some flags are set. */
    public boolean has(int someFlags) {
        return (flags & someFlags) == someFlags;
    }

    /** The sequence number after its last: a SYN and a FIN take one each. */
    public int end() {
        return seq + length + (has(SYN) ? 1 : 0) + (has(FIN) ? 1 : 0);
    }

    /** The flags in packetdrill's letters, FIN, SYN, RST, PSH, and a dot for ACK. */
    public String flagText() {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < FLAG_LETTERS.length(); bit++) {
            if ((flags & 1 << bit) != 0) {
                text.append(FLAG_LETTERS.charAt(bit));
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        String text = flagText() + " " + Integer.toUnsignedString(seq) + ":" + Integer.toUnsignedString(seq + length)
                + "(" + length + ")" + (has(ACK) ? " ack " + Integer.toUnsignedString(ack) : "") + " win " + window;
        StringBuilder all = new StringBuilder(text);
        for (SackBlock block : options.sackBlocks()) {
            all.append(" sack ")
                    .append(Integer.toUnsignedString(block.from()))
                    .append(':')
                    .append(Integer.toUnsignedString(block.to()));
        }
        return all.toString();
    }
}
