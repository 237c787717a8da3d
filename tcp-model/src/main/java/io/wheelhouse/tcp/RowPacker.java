package io.wheelhouse.tcp;

/**
 * Packs a row of ints into bytes and back, without loss.
 *
 * <p>Each int is told as its difference from what it is likely to be: zero, or what an earlier int of the row is. For
 * each eight ints a byte says which differ; of those the difference follows, seven bits a byte, zigzag, low bits first.
 * A row of an idle connection, most of whose ints are zero or follow from others, packs to about a quarter. Cost: O(ints).
 */
final class RowPacker {
    /** An int that is likely zero. */
    static final int ZERO = -1;

    private static final int GROUP = 8;
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;
    private static final int BYTES_MAX = 5;

    private final int[] likely;

    /** @param likely for each int the place of an earlier one that it likely equals, or {@link #ZERO} */
    RowPacker(int[] likely) {
        for (int i = 0; i < likely.length; i++) {
            if (likely[i] >= i || likely[i] < ZERO) {
                throw new IllegalArgumentException("int " + i + " cannot follow from int " + likely[i]);
            }
        }
        this.likely = likely.clone();
    }

    /** The most bytes that a row can take. */
    int bytesMax() {
        return (likely.length + GROUP - 1) / GROUP + likely.length * BYTES_MAX;
    }

    /** Packs the ints from {@code base} on into the bytes from {@code to} on, and tells where these end. */
    int pack(int[] ints, int base, byte[] bytes, int to) {
        int length = to;
        for (int group = 0; group < likely.length; group += GROUP) {
            int differ = 0;
            int differAt = length++;
            int end = Math.min(group + GROUP, likely.length);
            for (int i = group; i < end; i++) {
                int from = likely[i];
                int difference = ints[base + i] - (from == ZERO ? 0 : ints[base + from]);
                if (difference != 0) {
                    differ |= 1 << (i - group);
                    length = put((difference << 1) ^ (difference >> (Integer.SIZE - 1)), bytes, length);
                }
            }
            bytes[differAt] = (byte) differ;
        }
        return length;
    }

    /** Puts at most five bytes, and tells where they end. In a straight line this takes a fifth off the packing of a row. */
    private static int put(int value, byte[] bytes, int at) {
        if ((value & -MORE) == 0) {
            bytes[at] = (byte) value;
            return at + 1;
        }
        bytes[at] = (byte) (value | MORE);
        int rest = value >>> BITS;
        if ((rest & -MORE) == 0) {
            bytes[at + 1] = (byte) rest;
            return at + 2;
        }
        bytes[at + 1] = (byte) (rest | MORE);
        rest >>>= BITS;
        if ((rest & -MORE) == 0) {
            bytes[at + 2] = (byte) rest;
            return at + 3;
        }
        bytes[at + 2] = (byte) (rest | MORE);
        rest >>>= BITS;
        if ((rest & -MORE) == 0) {
            bytes[at + 3] = (byte) rest;
            return at + 4;
        }
        bytes[at + 3] = (byte) (rest | MORE);
        bytes[at + 4] = (byte) (rest >>> BITS);
        return at + 5;
    }

    /** Unpacks into the ints from {@code base} on, and tells where the bytes end. */
    int unpack(byte[] bytes, int from, int[] ints, int base) {
        int at = from;
        for (int group = 0; group < likely.length; group += GROUP) {
            int differ = bytes[at++];
            int end = Math.min(group + GROUP, likely.length);
            for (int i = group; i < end; i++) {
                int value = likely[i] == ZERO ? 0 : ints[base + likely[i]];
                if ((differ & (1 << (i - group))) != 0) {
                    int rest = 0;
                    int shift = 0;
                    byte next;
                    do {
                        next = bytes[at++];
                        rest |= (next & (MORE - 1)) << shift;
                        shift += BITS;
                    } while (next < 0);
                    value += (rest >>> 1) ^ -(rest & 1);
                }
                ints[base + i] = value;
            }
        }
        return at;
    }
}
