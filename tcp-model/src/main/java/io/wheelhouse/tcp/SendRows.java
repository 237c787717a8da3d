package io.wheelhouse.tcp;

/**
 * What an end needs only while it has something to send or to be acknowledged: the data not sent yet, the retransmission
 * queue, and where it stands in a recovery. Rows made on demand and given back when all is acknowledged.
 */
final class SendRows {
    /** No recovery. */
    static final int OPEN = 0;
    /** Between a fast retransmission and the acknowledgment of all that was in flight then (RFC 6582). */
    static final int FAST_RECOVERY = 1;
    /** Between a timeout and the acknowledgment of all that was in flight then. */
    static final int LOSS_RECOVERY = 2;

    /** {@link #firstRetransmissionNs} while nothing has been retransmitted. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int HEAD = 0;
    private static final int TAIL = 1;
    private static final int CURSOR = 2;
    private static final int UNSENT = 3;
    private static final int FIRST_RETRANSMISSION = 5;
    private static final int PHASE = 7;
    private static final int DUPLICATES = 8;
    private static final int RECOVER = 9;
    private static final int LOST_BYTES = 10;
    private static final int TIMED = 11;
    private static final int INTS = 12;
    private static final int PIECE_SHIFT = 4;

    private final IntRows rows = new IntRows(INTS, PIECE_SHIFT);

    int take() {
        int row = rows.take();
        rows.set(row, HEAD, SentSegments.NONE);
        rows.set(row, TAIL, SentSegments.NONE);
        rows.set(row, CURSOR, SentSegments.NONE);
        rows.setLong(row, FIRST_RETRANSMISSION, NEVER);
        return row;
    }

    void release(int row) {
        rows.release(row);
    }

    /** The first segment of the retransmission queue. */
    int head(int row) {
        return rows.get(row, HEAD);
    }

    void head(int row, int segment) {
        rows.set(row, HEAD, segment);
    }

    int tail(int row) {
        return rows.get(row, TAIL);
    }

    void tail(int row, int segment) {
        rows.set(row, TAIL, segment);
    }

    /** No segment before this one in the queue is lost and not sent again. */
    int cursor(int row) {
        return rows.get(row, CURSOR);
    }

    void cursor(int row, int segment) {
        rows.set(row, CURSOR, segment);
    }

    /** Bytes that the application wrote and that have not been sent. */
    long unsent(int row) {
        return rows.getLong(row, UNSENT);
    }

    void unsent(int row, long bytes) {
        rows.setLong(row, UNSENT, bytes);
    }

    /** When the first retransmission was sent since something new was acknowledged; a handshake's first segment. */
    long firstRetransmissionNs(int row) {
        return rows.getLong(row, FIRST_RETRANSMISSION);
    }

    void firstRetransmissionNs(int row, long ns) {
        rows.setLong(row, FIRST_RETRANSMISSION, ns);
    }

    int phase(int row) {
        return rows.get(row, PHASE);
    }

    void phase(int row, int phase) {
        rows.set(row, PHASE, phase);
    }

    /** Duplicate acknowledgments in a row. */
    int duplicates(int row) {
        return rows.get(row, DUPLICATES);
    }

    void duplicates(int row, int count) {
        rows.set(row, DUPLICATES, count);
    }

    /** SND.NXT when the recovery began. */
    int recover(int row) {
        return rows.get(row, RECOVER);
    }

    void recover(int row, int seq) {
        rows.set(row, RECOVER, seq);
    }

    /** Sequence numbers held for lost and not sent again: they are not in flight. */
    int lost(int row) {
        return rows.get(row, LOST_BYTES);
    }

    void lost(int row, int count) {
        assert count >= 0 : "lost " + count;
        rows.set(row, LOST_BYTES, count);
    }

    /** Whether a segment in the queue is being timed. */
    boolean timed(int row) {
        return rows.get(row, TIMED) != 0;
    }

    void timed(int row, boolean timed) {
        rows.set(row, TIMED, timed ? 1 : 0);
    }

    /** Rows in use. */
    int taken() {
        return rows.taken();
    }
}
