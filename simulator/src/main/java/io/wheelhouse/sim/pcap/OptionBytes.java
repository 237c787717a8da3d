package io.wheelhouse.sim.pcap;

import java.util.Arrays;

/** The options of a TCP header, as bytes: at most 40 of them, padded to words with zeros. RFC 9293, 2018 and 7323. */
public final class OptionBytes {
    private static final int MOST = 40;
    private static final int WORD = 4;
    private static final int NOP = 1;
    private static final int MSS = 2;
    private static final int WINDOW_SCALE = 3;
    private static final int SACK_PERMITTED = 4;
    private static final int SACK = 5;
    private static final int TIMESTAMPS = 8;
    private static final int BLOCK_LENGTH = 8;

    private final byte[] bytes = new byte[MOST];
    private int length;

    public OptionBytes nop() {
        return put(NOP);
    }

    /** The end of the options; what follows is padding. */
    public OptionBytes end() {
        return put(0);
    }

    public OptionBytes mss(int mss) {
        return put(MSS).put(4).put(mss >> 8).put(mss);
    }

    public OptionBytes windowScale(int shift) {
        return put(WINDOW_SCALE).put(3).put(shift);
    }

    public OptionBytes sackPermitted() {
        return put(SACK_PERMITTED).put(2);
    }

    public OptionBytes timestamps(int value, int echo) {
        return put(TIMESTAMPS).put(10).putInt(value).putInt(echo);
    }

    /** Begins selective acknowledgments: so many {@link #block}s follow. */
    public OptionBytes sack(int blocks) {
        return put(SACK).put(2 + blocks * BLOCK_LENGTH);
    }

    public OptionBytes block(int left, int right) {
        return putInt(left).putInt(right);
    }

    private OptionBytes putInt(int value) {
        return put(value >> 24).put(value >> 16).put(value >> 8).put(value);
    }

    private OptionBytes put(int value) {
        if (length == MOST) {
            throw new IllegalStateException("a TCP header has no room for more than " + MOST + " bytes of options");
        }
        bytes[length++] = (byte) value;
        return this;
    }

    /** All of them, a multiple of four bytes. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, (length + WORD - 1) / WORD * WORD);
    }
}
