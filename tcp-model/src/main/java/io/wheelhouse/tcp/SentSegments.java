package io.wheelhouse.tcp;

/**
 * The retransmission queues of a bucket's connections (RFC 9293, section 3.10): what was sent and is not acknowledged, a
 * row a segment, linked in order of sequence numbers. An idle connection has none; and the first segment of a queue, often
 * the only one, has its row within the {@link Flow}'s: {@link SendContext#takeSegment}.
 */
final class SentSegments {
    static final int NONE = IntRows.NONE;

    /** Sent more than once: gives no sample of the round-trip time (Karn). */
    static final int RETRANSMITTED = 1 << 5;
    /** Held for lost. */
    static final int LOST = 1 << 6;
    /** The segment being timed, where a stack times one at a time. */
    static final int TIMED = 1 << 7;
    /** Acknowledged selectively (RFC 2018). */
    static final int SACKED = 1 << 8;
    /** Sent again, and that is in flight. */
    static final int RESENT = 1 << 9;

    private static final int FLAG_BITS = 10;
    private static final int FLAG_MASK = (1 << FLAG_BITS) - 1;

    // where in a row what lies; Flow reads and writes its own segment's
    static final int NEXT = 0;
    static final int SEQ = 1;
    static final int LENGTH_AND_FLAGS = 2;
    static final int SENT_NS = 3;
    static final int DELIVERED = 5;
    static final int INTS = 6;
    private static final int ROWS_A_PIECE = 16;

    private final PooledRows rows;

    SentSegments(AtHand at) {
        rows = new PooledRows(RowKind.SENT, INTS, ROWS_A_PIECE, at);
    }

    int take(int seq, int flags, int length, long sentNs) {
        return fill(rows.takeAnyhow(), seq, flags, length, sentNs);
    }

    /** Has a segment in a row, which may be within another one. */
    int fill(int row, int seq, int flags, int length, long sentNs) {
        int[] ints = rows.piece(row);
        int base = rows.base(row);
        ints[base + NEXT] = NONE;
        ints[base + SEQ] = seq;
        ints[base + LENGTH_AND_FLAGS] = lengthAndFlags(length, flags);
        IntRows.longAt(ints, base + SENT_NS, sentNs);
        ints[base + DELIVERED] = 0;
        return row;
    }

    void release(int row) {
        rows.release(row);
    }

    int next(int row) {
        return rows.get(row, NEXT);
    }

    void next(int row, int link) {
        rows.set(row, NEXT, link);
    }

    int seq(int row) {
        return rows.get(row, SEQ);
    }

    int length(int row) {
        return rows.get(row, LENGTH_AND_FLAGS) >>> FLAG_BITS;
    }

    /** Length and flags as they stand in one int. */
    static int lengthAndFlags(int length, int flags) {
        return length << FLAG_BITS | flags;
    }

    /** TCP flags as in {@link Segments}, and those of this class. */
    int flags(int row) {
        return rows.get(row, LENGTH_AND_FLAGS) & FLAG_MASK;
    }

    boolean is(int row, int flag) {
        return (rows.get(row, LENGTH_AND_FLAGS) & flag) != 0;
    }

    void set(int row, int flag) {
        rows.set(row, LENGTH_AND_FLAGS, rows.get(row, LENGTH_AND_FLAGS) | flag);
    }

    void clear(int row, int flag) {
        rows.set(row, LENGTH_AND_FLAGS, rows.get(row, LENGTH_AND_FLAGS) & ~flag);
    }

    /** How many sequence numbers it takes: a SYN and a FIN take one each. */
    int span(int row) {
        int flags = flags(row);
        return length(row) + (flags & Segments.FIN) + ((flags & Segments.SYN) >> 1);
    }

    /** The sequence number after its last. */
    int end(int row) {
        return seq(row) + span(row);
    }

    long sentNs(int row) {
        return rows.getLong(row, SENT_NS);
    }

    void sentNs(int row, long sentNs) {
        rows.setLong(row, SENT_NS, sentNs);
    }

    /** What had been delivered when it was last sent: {@link Flow#DELIVERED} then. */
    int delivered(int row) {
        return rows.get(row, DELIVERED);
    }

    void delivered(int row, int before) {
        rows.set(row, DELIVERED, before);
    }

    /** Cuts off what has been acknowledged at its front. */
    void trim(int row, int ack) {
        int cut = ack - seq(row);
        assert cut > 0 && cut < span(row) && !is(row, Segments.SYN) : "cannot cut " + cut + " of " + span(row);
        rows.set(row, SEQ, ack);
        rows.set(row, LENGTH_AND_FLAGS, (length(row) - cut) << FLAG_BITS | flags(row));
    }

    /** Cuts a segment in two after so many bytes; returns the second, which has the same marks. */
    int split(int row, int bytes) {
        assert bytes > 0 && bytes < length(row) && !is(row, SACKED) : "cannot cut " + length(row) + " at " + bytes;
        int atEnd = Segments.FIN | Segments.PSH;
        int rest = take(seq(row) + bytes, flags(row) & ~TIMED, length(row) - bytes, sentNs(row));
        delivered(rest, delivered(row));
        next(rest, next(row));
        next(row, rest);
        rows.set(row, LENGTH_AND_FLAGS, bytes << FLAG_BITS | (flags(row) & ~atEnd));
        return rest;
    }

    /** Puts the next segment's data behind a segment's, and its flags of TCP's and some others to it: it is gone. */
    void merge(int row, int next, int marks) {
        assert next(row) == next && end(row) == seq(next) : "cannot join " + end(row) + " and " + seq(next);
        int kept = flags(next) & (Segments.FIN | Segments.PSH | marks);
        rows.set(row, LENGTH_AND_FLAGS, (length(row) + length(next)) << FLAG_BITS | flags(row) | kept);
        next(row, next(next));
        release(next);
    }

    void trim() {
        rows.trim();
    }

    /** Rows in use. */
    int taken() {
        return rows.taken();
    }
}
