package io.wheelhouse.tcp;

/**
 * What few ends need, a row an end that needs any of it: made on demand, given back with the connection, or when nothing
 * of it is left to say. Reading O(1).
 */
final class ColdRows {
    static final int NONE = IntRows.NONE;

    private static final int LAST_CHALLENGE_MS = 0;
    private static final int UNREAD = 1;
    private static final int RIGHT_EDGE = 2;
    private static final int PROBE_DOUBLINGS = 3;
    private static final int FIRST_PROBE = 4;
    private static final int FIRST_UNANSWERED = 6;
    private static final int TWICE_FROM = 8;
    private static final int TWICE_TO = 9;
    private static final int REASSEMBLY = 10;
    private static final int DEADLINES = 11;
    private static final int ENTRIES = DEADLINES + 2 * (TimerSlot.COUNT - TimerSlot.HOT);
    private static final int INTS = ENTRIES + TimerSlot.COUNT - TimerSlot.HOT;
    private static final int ROWS_A_PIECE = 8;

    private final PooledRows rows;

    ColdRows(AtHand at) {
        rows = new PooledRows(RowKind.COLD, INTS, ROWS_A_PIECE, at);
    }

    int take() {
        return rows.take();
    }

    void release(int row) {
        rows.release(row);
    }

    /** When an acknowledgment was last sent in answer to a doubtful segment, in ms modulo 2^32; 0 for never. */
    int lastChallengeMs(int row) {
        return rows.get(row, LAST_CHALLENGE_MS);
    }

    void lastChallengeMs(int row, int ms) {
        rows.set(row, LAST_CHALLENGE_MS, ms);
    }

    /** Bytes received in order that the application has not read. */
    int unread(int row) {
        return rows.get(row, UNREAD);
    }

    void unread(int row, int bytes) {
        assert bytes >= 0 : "unread " + bytes;
        rows.set(row, UNREAD, bytes);
    }

    /** The sequence number after the last that the window offered lets through. */
    int rightEdge(int row) {
        return rows.get(row, RIGHT_EDGE);
    }

    void rightEdge(int row, int seq) {
        rows.set(row, RIGHT_EDGE, seq);
    }

    /** How often the time between two probes of a closed window has been doubled. */
    int probeDoublings(int row) {
        return rows.get(row, PROBE_DOUBLINGS);
    }

    void probeDoublings(int row, int count) {
        rows.set(row, PROBE_DOUBLINGS, count);
    }

    /** When the closed window was first probed; 0 if it has not been. */
    long firstProbeNs(int row) {
        return rows.getLong(row, FIRST_PROBE);
    }

    void firstProbeNs(int row, long ns) {
        rows.setLong(row, FIRST_PROBE, ns);
    }

    /** When the first of the probes in a row that were not answered was sent. */
    long firstUnansweredNs(int row) {
        return rows.getLong(row, FIRST_UNANSWERED);
    }

    void firstUnansweredNs(int row, long ns) {
        rows.setLong(row, FIRST_UNANSWERED, ns);
    }

    /** The first of the sequence numbers that arrived twice. */
    int twiceFrom(int row) {
        return rows.get(row, TWICE_FROM);
    }

    /** The number after the last of those. */
    int twiceTo(int row) {
        return rows.get(row, TWICE_TO);
    }

    void twice(int row, int from, int to) {
        rows.set(row, TWICE_FROM, from);
        rows.set(row, TWICE_TO, to);
    }

    /** The row of {@link Reassembly}, plus 1; 0 for none. */
    int reassembly(int row) {
        return rows.get(row, REASSEMBLY);
    }

    void reassembly(int row, int held) {
        rows.set(row, REASSEMBLY, held);
    }

    /** The deadline of a slot from {@link TimerSlot#HOT} on. */
    long deadlineNs(int row, int slot) {
        return rows.getLong(row, DEADLINES + 2 * (slot - TimerSlot.HOT));
    }

    void deadlineNs(int row, int slot, long deadlineNs) {
        rows.setLong(row, DEADLINES + 2 * (slot - TimerSlot.HOT), deadlineNs);
    }

    /** The number of a slot's entry, from {@link TimerSlot#HOT} on, plus 1. */
    int entry(int row, int slot) {
        return rows.get(row, ENTRIES + slot - TimerSlot.HOT);
    }

    void entry(int row, int slot, int entry) {
        rows.set(row, ENTRIES + slot - TimerSlot.HOT, entry);
    }

    /** Whether a row says nothing that an end without one does not say. */
    boolean isClear(int row) {
        int[] ints = rows.piece(row);
        int base = rows.base(row);
        int any = 0;
        for (int at = base; at < base + INTS; at++) {
            any |= ints[at];
        }
        return any == 0;
    }

    void trim() {
        rows.trim();
    }

    /** Rows in use. */
    int taken() {
        return rows.taken();
    }
}
