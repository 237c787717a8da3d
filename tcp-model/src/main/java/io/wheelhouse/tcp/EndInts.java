package io.wheelhouse.tcp;

import org.jspecify.annotations.Nullable;

/**
 * The ints of one end of a connection: which field is where, what {@link RowPacker} may expect of them, and the part that
 * timers use. What they mean to TCP, {@link EndRow} says.
 */
abstract sealed class EndInts permits EndRow {
    // layout, in ints: first what every segment needs that comes or goes
    static final int FLAGS = 0;
    static final int TIMERS = 1;
    static final int SND_UNA = 2;
    static final int SND_NXT = 3;
    static final int RCV_NXT = 4;
    static final int RCV_ACKED = 5;
    static final int SND_WND = 6;
    static final int SND_WL1 = 7;
    static final int TS_RECENT = 8;
    static final int LAST_HEARD_MS = 9;
    static final int SENT = 10;
    static final int COLD = 11;
    static final int SENDING = 12;
    // what data needs that arrives
    static final int ACKING = 13;
    static final int SEGMENT_SIZES = 14;
    static final int LAST_DATA_JIFFY = 15;
    static final int LAST_SEGMENT_SIZE = 16;
    // timers: a deadline and an entry each, at slot(); that of the delayed ACK, then that of what is sent
    private static final int SLOTS = 17;
    /** Ints of an end that only receives, from the first on: the others need not come closer. */
    static final int RECEIVING = SLOTS + 3;
    // what data needs that is sent, in the place of a slot that there is not
    static final int CWND = SLOTS + 6;
    static final int MIN_RTT_US = SLOTS + 7;
    static final int RACK_RTT_US = SLOTS + 8;
    /** Ints of one end without its estimator's. */
    static final int ESTIMATOR = SLOTS + 12;

    private static final int SLOT_INTS = 3;
    private static final int ENTRY = 2;

    // TIMERS: some bits a slot, 1 + ordinal of the armed timer; then marks that few ends ever bear
    private static final TcpTimer[] TIMER_BY_ORDINAL = TcpTimer.values();
    private static final int FIRST_MARK = 1 << (TimerSlot.BITS * TimerSlot.COUNT);

    /** The application does not read for the time being. */
    static final int PAUSED = FIRST_MARK;
    /** The right edge of the window stands in the cold row, and does not follow from the last acknowledgment. */
    static final int EDGE_KEPT = FIRST_MARK << 1;
    /** A byte has been sent into a closed window: the peer may acknowledge it. */
    static final int BYTE_PROBED = FIRST_MARK << 2;
    /** Something has arrived twice, as the cold row says, and the next acknowledgment tells it. */
    static final int TWICE = FIRST_MARK << 3;

    final ColdRows cold;
    int[] ints = {};
    int base;

    EndInts(ColdRows cold) {
        this.cold = cold;
    }

    /** Where the deadline and the entry of a slot are: those of {@link TimerSlot#ACK} before those of {@link TimerSlot#WRITE}. */
    private static int slot(int slot) {
        return SLOTS + SLOT_INTS * (slot ^ 1);
    }

    /** Says of an end, whose ints begin at {@code end}, which likely equal which: those of one that is idle do. */
    static void likely(int[] likely, int end) {
        likely[end + SND_NXT] = end + SND_UNA;
        likely[end + RCV_ACKED] = end + RCV_NXT;
        likely[end + SND_WL1] = end + RCV_NXT;
        likely[end + RACK_RTT_US] = end + MIN_RTT_US;
        // a clock of milliseconds, as most are that timestamps come from
        likely[end + LAST_HEARD_MS] = end + TS_RECENT;
    }

    /** The same of what the two ends of a connection have in common when nothing is under way between them. */
    static void likelyOfPeer(int[] likely, int end, int peer) {
        likely[peer + SND_UNA] = end + RCV_NXT;
        likely[peer + RCV_NXT] = end + SND_NXT;
        int[] alike = {
            FLAGS,
            ACKING,
            SEGMENT_SIZES,
            SND_WND,
            CWND,
            MIN_RTT_US,
            TS_RECENT,
            SENT,
            LAST_DATA_JIFFY,
            LAST_SEGMENT_SIZE,
            LAST_HEARD_MS,
            slot(TimerSlot.KEEP),
            slot(TimerSlot.KEEP) + 1,
            slot(TimerSlot.KEEP) + ENTRY,
        };
        for (int field : alike) {
            likely[peer + field] = end + field;
        }
    }

    /** Clears what is not read in the state that the end is in. */
    void forgetMeaningless() {
        for (int slot = 0; slot < TimerSlot.HOT; slot++) {
            if (armed(slot) == null) {
                deadlineNs(slot, 0);
            }
        }
    }

    void at(int[] piece, int firstInt) {
        ints = piece;
        base = firstInt;
    }

    /** What only few ends need: its rows. */
    ColdRows cold() {
        return cold;
    }

    /** The row of what only few ends need, or {@link ColdRows#NONE}. */
    int coldRow() {
        return ints[base + COLD] - 1;
    }

    /** The same, made if there is none. */
    int madeColdRow() {
        int row = coldRow();
        if (row == ColdRows.NONE) {
            row = cold.take();
            ints[base + COLD] = row + 1;
        }
        return row;
    }

    boolean isMarked(int mark) {
        return (ints[base + TIMERS] & mark) != 0;
    }

    void mark(int marks) {
        ints[base + TIMERS] |= marks;
    }

    void unmark(int marks) {
        ints[base + TIMERS] &= ~marks;
    }

    /** What arrived twice has been told. */
    void forgetTwice() {
        unmark(TWICE);
        cold.twice(coldRow(), 0, 0);
        releaseColdIfClear();
    }

    final void releaseColdIfClear() {
        if (!isMarked(PAUSED | EDGE_KEPT | TWICE) && cold.isClear(coldRow())) {
            releaseCold();
        }
    }

    /** Bytes received in order that the application has not read. */
    int unread() {
        int row = coldRow();
        return row == ColdRows.NONE ? 0 : cold.unread(row);
    }

    /** Gives back what this end has on demand here. */
    void releaseCold() {
        int row = coldRow();
        if (row != ColdRows.NONE) {
            cold.release(row);
            ints[base + COLD] = 0;
        }
    }

    // ---- timers

    /** The TCP timer armed in a slot, or null. */
    @Nullable
    TcpTimer armed(int slot) {
        int bits = ints[base + TIMERS] & TimerSlot.bits(slot);
        return bits == 0 ? null : TIMER_BY_ORDINAL[(bits >>> (slot * TimerSlot.BITS)) - 1];
    }

    boolean isAnyArmed(int slot) {
        return (ints[base + TIMERS] & TimerSlot.bits(slot)) != 0;
    }

    boolean isArmed(TcpTimer timer) {
        return (ints[base + TIMERS] & TimerSlot.bits(timer.slot)) == timer.armed;
    }

    /** A timer is armed, in the place of any other of its slot. */
    void arm(TcpTimer timer) {
        ints[base + TIMERS] = (ints[base + TIMERS] & ~TimerSlot.bits(timer.slot)) | timer.armed;
    }

    /** Nothing is armed in a slot. */
    void disarm(int slot) {
        ints[base + TIMERS] &= ~TimerSlot.bits(slot);
    }

    /** Meaningful only while a timer is armed in the slot. */
    long deadlineNs(int slot) {
        if (slot >= TimerSlot.HOT) {
            return cold.deadlineNs(coldRow(), slot);
        }
        return IntRows.longAt(ints, base + slot(slot));
    }

    void deadlineNs(int slot, long deadlineNs) {
        if (slot >= TimerSlot.HOT) {
            cold.deadlineNs(madeColdRow(), slot, deadlineNs);
            return;
        }
        IntRows.longAt(ints, base + slot(slot), deadlineNs);
    }

    /**
     * The number of an entry that is in the timer queue, or expired and waiting to be served; {@link TimerNumbers#NONE}
     * if it is neither.
     */
    int entry(int entry) {
        if (entry >= TimerSlot.HOT) {
            int row = coldRow();
            return row == ColdRows.NONE ? TimerNumbers.NONE : cold.entry(row, entry) - 1;
        }
        return ints[base + slot(entry) + ENTRY] - 1;
    }

    void entry(int entry, int number) {
        if (entry >= TimerSlot.HOT) {
            cold.entry(madeColdRow(), entry, number + 1);
            return;
        }
        ints[base + slot(entry) + ENTRY] = number + 1;
    }

    // ---- the estimator's own ints

    int[] ints() {
        return ints;
    }

    int estimatorBase() {
        return base + ESTIMATOR;
    }
}
