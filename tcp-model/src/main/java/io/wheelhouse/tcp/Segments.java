package io.wheelhouse.tcp;

/**
 * The segments of a bucket that are in flight or wait for the processor: rows of ints with a free list. A row is one
 * segment from the moment it is sent until it is processed; its number is the event and the packet that the bucket
 * carries.
 *
 * <p>Windows are in bytes, as if scaled without loss; timestamps are in ticks of the sender's timestamp clock, modulo 2^32
 * (RFC 7323, section 5.4), and an echo of 0 is none. The few segments with SACK blocks have a row for them.
 */
final class Segments {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int PSH = 8;
    static final int ACK = 16;
    /** Not a flag of TCP's: the segment goes to the processor's side. */
    private static final int FOR_LOCAL = 128;

    private static final int FLAG_BITS = 8;
    private static final int FLAG_MASK = (1 << FLAG_BITS) - 1;

    private static final int SEQ = 0;
    private static final int ACK_NUMBER = 1;
    private static final int LENGTH_AND_FLAGS = 2;
    private static final int WINDOW = 3;
    private static final int TS_VALUE = 4;
    private static final int TS_ECHO = 5;
    private static final int ORDINAL = 6;
    private static final int SACK = 7;
    private static final int INTS = 8;
    private static final int ROWS_A_PIECE = 16;

    // a row of blocks: how many, then their bounds
    private static final int SACK_INTS = 1 + 2 * SackBlocks.MAX;
    private static final int SACK_ROWS_A_PIECE = 8;

    private final PooledRows rows;
    private final PooledRows sacks;

    Segments(AtHand at) {
        rows = new PooledRows(RowKind.SEGMENT, INTS, ROWS_A_PIECE, at);
        sacks = new PooledRows(RowKind.SACK, SACK_INTS, SACK_ROWS_A_PIECE, at);
    }

    int take(Side to, int seq, int ack, int flags, int length, int window, int tsValue, int tsEcho) {
        int row = rows.takeAnyhow();
        int[] ints = rows.piece(row);
        int base = rows.base(row);
        ints[base + SEQ] = seq;
        ints[base + ACK_NUMBER] = ack;
        ints[base + LENGTH_AND_FLAGS] = length << FLAG_BITS | flags | (to == Side.LOCAL ? FOR_LOCAL : 0);
        ints[base + WINDOW] = window;
        ints[base + TS_VALUE] = tsValue;
        ints[base + TS_ECHO] = tsEcho;
        ints[base + ORDINAL] = 0;
        ints[base + SACK] = 0;
        return row;
    }

    /** Reads a segment, and gives its row back. */
    void takeOut(int row, ArrivedSegment segment) {
        int[] ints = rows.piece(row);
        int base = rows.base(row);
        segment.seq = ints[base + SEQ];
        segment.ack = ints[base + ACK_NUMBER];
        segment.length = ints[base + LENGTH_AND_FLAGS] >>> FLAG_BITS;
        segment.flags = ints[base + LENGTH_AND_FLAGS] & FLAG_MASK & ~FOR_LOCAL;
        segment.window = ints[base + WINDOW];
        segment.tsValue = ints[base + TS_VALUE];
        segment.tsEcho = ints[base + TS_ECHO];
        segment.sacks.clear();
        int sack = ints[base + SACK] - 1;
        if (sack != IntRows.NONE) {
            sackInto(sack, segment.sacks);
            sacks.release(sack);
        }
        rows.release(row);
    }

    /** Gives the segment a SACK option with these blocks, if there are any. */
    void sack(int row, SackBlocks blocks) {
        assert rows.get(row, SACK) == 0 : "a second SACK option";
        if (blocks.count() == 0) {
            return;
        }
        int sack = sacks.take();
        rows.set(row, SACK, sack + 1);
        sacks.set(sack, 0, blocks.count());
        for (int block = 0; block < blocks.count(); block++) {
            sacks.set(sack, 1 + 2 * block, blocks.from(block));
            sacks.set(sack, 2 + 2 * block, blocks.to(block));
        }
    }

    private void sackInto(int sack, SackBlocks blocks) {
        int count = sacks.get(sack, 0);
        for (int block = 0; block < count; block++) {
            blocks.add(sacks.get(sack, 1 + 2 * block), sacks.get(sack, 2 + 2 * block));
        }
    }

    void release(int row) {
        int sack = rows.get(row, SACK) - 1;
        if (sack != IntRows.NONE) {
            sacks.release(sack);
        }
        rows.release(row);
    }

    /** Segments sent and neither processed nor dropped. */
    int taken() {
        return rows.taken();
    }

    void trim() {
        rows.trim();
        sacks.trim();
    }

    boolean isForLocal(int row) {
        return (rows.get(row, LENGTH_AND_FLAGS) & FOR_LOCAL) != 0;
    }

    /** The same of a segment whose bucket need not be at hand. */
    static boolean isForLocal(RowArena arena, int row) {
        return (arena.piece(row)[IntRows.offset(row) + LENGTH_AND_FLAGS] & FOR_LOCAL) != 0;
    }

    /** The place in its connection's order of arrival. */
    int ordinal(int row) {
        return rows.get(row, ORDINAL);
    }

    void ordinal(int row, int ordinal) {
        rows.set(row, ORDINAL, ordinal);
    }
}
