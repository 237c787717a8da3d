package io.wheelhouse.tcp;

/**
 * The places where TCP timers are kept. At most one timer of a slot is armed at a time, and arming another takes its
 * place: an end is either opening, sending, probing a loss or probing a closed window; and keepalive ends where the waits of
 * a closing end begin.
 *
 * <p>Source of the sharing: icsk_retransmit_timer, icsk_delack_timer, sk_timer and pacing_timer of Linux 6.18.
 */
final class TimerSlot {
    /** What makes a segment be sent again, or for the first time into a closed window. */
    static final int WRITE = 0;
    /** The delayed ACK. */
    static final int ACK = 1;
    /** Keepalive, and the waits of a closing end. */
    static final int KEEP = 2;
    /** The user timeout, where it is a timer of its own. */
    static final int USER = 3;
    /** The pacing of a sender. */
    static final int PACE = 4;

    static final int COUNT = 5;

    /** Slots below this one have their deadlines and entries in the {@link EndRow}, the others on demand in {@link ColdRows}. */
    static final int HOT = 3;

    /** Bits that say which timer is armed in a slot, 0 for none: {@link TcpTimer#armed}. */
    static final int BITS = 4;

    private static final int MASK = (1 << BITS) - 1;

    private TimerSlot() {}

    /** The bits of a slot. */
    static int bits(int slot) {
        return MASK << (BITS * slot);
    }
}
