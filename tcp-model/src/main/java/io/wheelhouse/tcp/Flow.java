package io.wheelhouse.tcp;

import java.util.Arrays;

/**
 * The sending half of an end at work: a flyweight over a row of {@link SendRows}, bound by {@link #at}. Fields are read and
 * written by their names.
 *
 * <p>Windows and what is in flight are counted in the profile's unit: bytes, as the RFCs count, or segments, as Linux does.
 * A segment in flight is in one of these states (RFC 6675, section 2; Linux has the same): sent; {@link
 * SentSegments#SACKED}; {@link SentSegments#LOST}; or lost and {@link SentSegments#RESENT}. {@link #inFlight} is the pipe
 * of RFC 6675.
 */
final class Flow {
    /** {@link #firstRetransmissionNs} while nothing has been retransmitted. */
    static final long NEVER = Long.MAX_VALUE;
    /** The same as it stands in the row: both of its ints are alike, and like no segment. */
    static final long KEPT_NEVER = SentSegments.NONE;

    // {@link #STATE}, in Linux's order (include/uapi/linux/tcp.h)
    /** Nothing dubious has been seen. */
    static final int OPEN = 0;
    /** Something arrived out of order, or a retransmission is not acknowledged yet. */
    static final int DISORDER = 1;
    /** The window is being reduced, without a retransmission. */
    static final int REDUCTION = 2;
    /** Between a fast retransmission and the acknowledgment of all that was in flight then. */
    static final int RECOVERY = 3;
    /** Between a timeout and the acknowledgment of all that was in flight then. */
    static final int LOSS = 4;

    // what only trouble and large writes need

    /** {@link #firstRetransmissionNs}; long. */
    static final int FIRST_RETRANSMISSION_NS = 0;
    /** SND.NXT when the state was entered: the trouble is over when it is acknowledged. */
    static final int HIGH_SEQ = 2;
    // undoing a reduction that turns out to be in vain
    /** SND.UNA when the window was reduced; means something while {@link #UNDOABLE}. */
    static final int UNDO_MARKER = 3;
    /** Retransmitted segments that have not been reported as duplicates; -1 while none was sent. */
    static final int UNDO_RESENT = 4;

    static final int PRIOR_THRESHOLD = 5;
    static final int PRIOR_WINDOW = 6;
    // proportional rate reduction
    static final int PRR_DELIVERED = 7;
    static final int PRR_OUT = 8;
    /** Segments retransmitted so far. */
    static final int RESENT_EVER = 9;
    /** Segments reported as duplicates so far. */
    static final int DUPLICATES_REPORTED = 10;
    /** How many segments reordering may displace a segment, as far as has been seen. */
    static final int REORDERING = 11;
    /** The sequence number after the highest acknowledged selectively; means something while any is. */
    static final int HIGHEST_SACK = 12;
    /** SND.NXT when the tail loss probe was sent; means something while {@link #PROBING}. */
    static final int PROBE_HIGH = 13;
    /** Acknowledged since the window grew by one, in congestion avoidance. */
    static final int WINDOW_COUNT = 14;
    /** The marks of {@link PushMarks}, as sequence numbers in order. */
    static final int FIRST_MARK = 15;

    // what every segment needs, in as few lines of memory as may be

    /** The first int of what every segment needs. */
    static final int BUSY = FIRST_MARK + PushMarks.MAX;
    // the retransmission queue
    static final int HEAD = BUSY;
    static final int TAIL = BUSY + 1;
    /** Bytes written and not sent; long. */
    static final int UNSENT = BUSY + 2;

    static final int STATE = BUSY + 4;
    private static final int FLAGS = BUSY + 5;

    // counted in the profile's unit
    /** Sent and not acknowledged. */
    static final int OUT = BUSY + 6;
    /** Of that, held for lost. */
    static final int LOST = BUSY + 7;
    /** Of that, selectively acknowledged; without SACK, as many as there were duplicate acknowledgments. */
    static final int SACKED = BUSY + 8;
    /** Retransmissions in flight. */
    static final int RESENT = BUSY + 9;
    /** Delivered so far, modulo 2^32. */
    static final int DELIVERED = BUSY + 10;

    // RACK (RFC 8985, section 5)
    /** When the segment sent last of those delivered was sent; long. */
    static final int RACK_SENT_NS = BUSY + 11;

    static final int RACK_END_SEQ = BUSY + 13;
    /** The reordering window in quarters of the least round-trip time. */
    static final int RACK_STEPS = BUSY + 14;
    /** Recoveries for which a widened reordering window stays. */
    static final int RACK_PERSIST = BUSY + 15;
    /** {@link #DELIVERED} when the window was last widened. */
    static final int RACK_WIDENED_AT = BUSY + 16;

    // the congestion window
    static final int THRESHOLD = BUSY + 17;
    /** The most in flight in this round trip, and the number whose acknowledgment ends the round trip. */
    static final int MOST_OUT = BUSY + 18;

    static final int USAGE_SEQ = BUSY + 19;
    /** The most in flight since the window was last in full use, and since when; the latter long. */
    static final int WINDOW_USED = BUSY + 20;

    static final int WINDOW_STAMP_NS = BUSY + 21;
    /** When data was last sent; long. */
    static final int LAST_SENT_NS = BUSY + 23;
    /** The sequence number after the last segment sent that was not full. */
    static final int SMALL_END = BUSY + 25;
    /** The greatest window that the peer has offered. */
    static final int OFFERED_MAX = BUSY + 26;
    // {@link PushMarks}
    /** Where the last segment that bore PSH ended. */
    static final int PUSHED = BUSY + 27;
    /** Where a buffer of what waits to be sent begins. */
    static final int BUFFER_START = BUSY + 28;
    /** How many marks there are. */
    static final int MARKS = BUSY + 29;

    /** The row of {@link SentSegments} that the first segment of the queue has. */
    static final int SEGMENT = BUSY + 30;

    static final int INTS_UNPACED = SEGMENT + SentSegments.INTS;

    // only where some end paces
    /** A paced sender waits until then; long. */
    static final int PACED_UNTIL_NS = INTS_UNPACED;
    /** Data segments sent, up to a bound: a paced sender does not pace the first. */
    static final int FIRST_SENT = INTS_UNPACED + 2;

    static final int INTS_PACED = INTS_UNPACED + 3;

    // {@link #FLAGS}
    /** A segment in the queue is being timed. */
    static final int TIMED = 1;
    /** The window was in full use in this round trip. */
    static final int WINDOW_LIMITED = 1 << 1;

    static final int UNDOABLE = 1 << 2;
    /** F-RTO is finding out whether the timeout was in vain (RFC 5682). */
    static final int FRTO = 1 << 3;
    /** A tail loss probe is out. */
    static final int PROBING = 1 << 4;
    /** It was a retransmission, not new data. */
    static final int PROBE_RESENT = 1 << 5;
    /** RACK knows of something sent later than before that was delivered. */
    static final int RACK_ADVANCED = 1 << 6;
    /** A duplicate was reported that may be due to reordering. */
    static final int RACK_DUPLICATE = 1 << 7;
    /** The row has been prepared for data. */
    static final int STARTED = 1 << 8;
    /** A probe took the data before a FIN, and left the FIN the mark of PSH. */
    static final int FIN_PARTED = 1 << 9;
    /** What RACK knows to have been delivered had been sent again. */
    static final int RACK_OF_RESENT = 1 << 10;
    /** Reordering has been seen. */
    static final int REORDERING_SEEN = 1 << 11;

    private int[] ints = {};
    private int base;

    /** Which ints of a flow likely equal which, for {@link RowPacker}: where nothing is under way all numbers meet. */
    static int[] likely(int count) {
        int[] likely = new int[count];
        Arrays.fill(likely, RowPacker.ZERO);
        likely[FIRST_RETRANSMISSION_NS + 1] = FIRST_RETRANSMISSION_NS;
        likely[HEAD] = FIRST_RETRANSMISSION_NS;
        likely[TAIL] = HEAD;
        int[] sequenceNumbers = {UNDO_MARKER, HIGHEST_SACK, RACK_END_SEQ, PROBE_HIGH, USAGE_SEQ, SMALL_END, PUSHED};
        for (int field : sequenceNumbers) {
            likely[field] = HIGH_SEQ;
        }
        likely[USAGE_SEQ] = RACK_END_SEQ;
        likely[SMALL_END] = USAGE_SEQ;
        likely[PUSHED] = SMALL_END;
        likely[FIRST_MARK] = HIGH_SEQ;
        likely[BUFFER_START] = RACK_END_SEQ;
        // of trouble that one segment was lost, and that what is sent is one segment at a time
        likely[PRR_DELIVERED] = UNDO_RESENT;
        likely[RESENT_EVER] = UNDO_RESENT;
        likely[PRR_OUT] = PRR_DELIVERED;
        likely[WINDOW_USED] = MOST_OUT;
        likely[WINDOW_STAMP_NS] = RACK_SENT_NS;
        likely[WINDOW_STAMP_NS + 1] = RACK_SENT_NS + 1;
        likely[LAST_SENT_NS] = RACK_SENT_NS;
        likely[LAST_SENT_NS + 1] = RACK_SENT_NS + 1;
        return likely;
    }

    void at(SendRows rows, int row) {
        ints = rows.piece(row);
        base = rows.base(row);
    }

    int get(int field) {
        return ints[base + field];
    }

    void set(int field, int value) {
        ints[base + field] = value;
    }

    void add(int field, int change) {
        ints[base + field] += change;
    }

    long getLong(int field) {
        return IntRows.longAt(ints, base + field);
    }

    void setLong(int field, long value) {
        IntRows.longAt(ints, base + field, value);
    }

    /** When the first retransmission of this trouble was sent, or a handshake's first segment; {@link #NEVER} if none was. */
    long firstRetransmissionNs() {
        return firstRetransmissionNs(getLong(FIRST_RETRANSMISSION_NS));
    }

    void setFirstRetransmissionNs(long ns) {
        setLong(FIRST_RETRANSMISSION_NS, ns == NEVER ? KEPT_NEVER : ns);
    }

    /** The same of what a row has for it. */
    static long firstRetransmissionNs(long kept) {
        return kept == KEPT_NEVER ? NEVER : kept;
    }

    boolean is(int flag) {
        return (ints[base + FLAGS] & flag) != 0;
    }

    void raise(int flags) {
        ints[base + FLAGS] |= flags;
    }

    void drop(int flags) {
        ints[base + FLAGS] &= ~flags;
    }

    /** What is on its way: sent, neither acknowledged in any way nor held for lost; and what was sent again. */
    int inFlight() {
        return get(OUT) - get(SACKED) - get(LOST) + get(RESENT);
    }

    boolean isEmpty() {
        return get(HEAD) == SentSegments.NONE && getLong(UNSENT) == 0;
    }

    /** Nothing is dubious, and nothing waits to be sent. */
    boolean isQuiet() {
        return (get(STATE) | get(SACKED) | get(LOST) | get(RESENT) | (get(FLAGS) & PROBING)) == OPEN
                && getLong(UNSENT) == 0;
    }

    // ---- the segment that lies in the row itself

    /** Has it as the only one of the queue: sent once, at an instant, when nothing else was outstanding. */
    void holdOnly(int segment, int seq, int length, int flags, long sentNs) {
        set(HEAD, segment);
        set(TAIL, segment);
        add(OUT, 1);
        set(SEGMENT + SentSegments.NEXT, SentSegments.NONE);
        set(SEGMENT + SentSegments.SEQ, seq);
        set(SEGMENT + SentSegments.LENGTH_AND_FLAGS, SentSegments.lengthAndFlags(length, flags));
        setLong(SEGMENT + SentSegments.SENT_NS, sentNs);
        set(SEGMENT + SentSegments.DELIVERED, get(DELIVERED));
    }

    /** Whether it is the only one of the queue, and plain data from one number on, sent once. */
    boolean holdsOnly(int segment, int seq, int length) {
        return get(HEAD) == segment
                && get(TAIL) == segment
                && get(SEGMENT + SentSegments.SEQ) == seq
                && (get(SEGMENT + SentSegments.LENGTH_AND_FLAGS) & ~Segments.PSH)
                        == SentSegments.lengthAndFlags(length, 0);
    }

    /** It has been delivered, and the queue is empty. */
    void dropOnly() {
        add(DELIVERED, 1);
        add(OUT, -1);
        set(HEAD, SentSegments.NONE);
        set(TAIL, SentSegments.NONE);
    }

    long onlySentNs() {
        return getLong(SEGMENT + SentSegments.SENT_NS);
    }

    /** {@link #DELIVERED} when it was sent. */
    int onlyDelivered() {
        return get(SEGMENT + SentSegments.DELIVERED);
    }

    boolean reducesWindow() {
        return get(STATE) == REDUCTION || get(STATE) == RECOVERY;
    }

    @Override
    public String toString() {
        return "state " + get(STATE) + ", out " + get(OUT) + ", sacked " + get(SACKED) + ", lost " + get(LOST)
                + ", resent " + get(RESENT);
    }
}
