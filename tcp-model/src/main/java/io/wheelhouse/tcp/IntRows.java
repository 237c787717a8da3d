package io.wheelhouse.tcp;

/**
 * How rows of ints are numbered: a row's number is that of its piece in the {@link RowArena} and where it begins in the
 * piece, so that its ints are found without knowing what kind of row it is.
 *
 * <pre>
 *   row   [ piece | first int: {@value #OFFSET_BITS} bits ]
 * </pre>
 *
 * Long fields take two ints, low half first.
 */
final class IntRows {
    /** No row. */
    static final int NONE = -1;

    static final int OFFSET_BITS = 10;

    /** The most ints of a piece, which its last row may pass. */
    static final int PIECE_INTS_MAX = 1 << OFFSET_BITS;

    /** The most pieces: events have two more bits, and places say of a row whether it is packed. */
    static final int PIECES_MAX = 1 << (Integer.SIZE - 2 - OFFSET_BITS);

    private static final int OFFSET_MASK = PIECE_INTS_MAX - 1;

    private IntRows() {}

    static int row(int piece, int offset) {
        return piece << OFFSET_BITS | offset;
    }

    /** The number of the piece that holds a row. */
    static int piece(int row) {
        return row >>> OFFSET_BITS;
    }

    /** Where in the piece a row begins. */
    static int offset(int row) {
        return row & OFFSET_MASK;
    }

    static long longAt(int[] ints, int at) {
        return (ints[at] & 0xFFFF_FFFFL) | ((long) ints[at + 1] << 32);
    }

    static void longAt(int[] ints, int at, long value) {
        ints[at] = (int) value;
        ints[at + 1] = (int) (value >>> 32);
    }
}
