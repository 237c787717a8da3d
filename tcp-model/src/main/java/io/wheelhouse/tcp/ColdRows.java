package io.wheelhouse.tcp;

/**
 * What few ends need, a row an end that needs any of it: made on demand, given back with the connection. Reading O(1).
 */
final class ColdRows {
    static final int NONE = IntRows.NONE;

    private static final int LAST_CHALLENGE_MS = 1;
    private static final int DEADLINES = 2;
    private static final int INTS = DEADLINES + 2 * (TimerSlot.COUNT - TimerSlot.HOT);
    private static final int PIECE_SHIFT = 3;

    private final IntRows rows = new IntRows(INTS, PIECE_SHIFT);

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

    /** The deadline of a slot from {@link TimerSlot#HOT} on. */
    long deadlineNs(int row, int slot) {
        return rows.getLong(row, DEADLINES + 2 * (slot - TimerSlot.HOT));
    }

    void deadlineNs(int row, int slot, long deadlineNs) {
        rows.setLong(row, DEADLINES + 2 * (slot - TimerSlot.HOT), deadlineNs);
    }

    /** Rows in use. */
    int taken() {
        return rows.taken();
    }
}
