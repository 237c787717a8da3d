package io.wheelhouse.tcp;

/**
 * The places where TCP timers are kept. Timers of one slot are never armed together: an end is either opening or sending
 * data, and keepalive ends where the waits of a closing end begin.
 */
final class TimerSlot {
    /** What makes a segment be sent again: SYN, SYN-ACK, RTO. */
    static final int WRITE = 0;
    /** The delayed ACK. */
    static final int ACK = 1;
    /** Keepalive, FIN_WAIT_2, TIME_WAIT. */
    static final int KEEP = 2;

    static final int COUNT = 3;

    private TimerSlot() {}

    static int of(TcpTimer timer) {
        return switch (timer) {
            case SYN, SYN_ACK, RTO -> WRITE;
            case DELAYED_ACK -> ACK;
            case KEEPALIVE, FIN_WAIT_2, TIME_WAIT -> KEEP;
        };
    }
}
