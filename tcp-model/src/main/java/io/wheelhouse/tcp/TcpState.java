package io.wheelhouse.tcp;

/** The states of one end of a connection (RFC 9293, section 3.3.2). */
public enum TcpState {
    CLOSED,
    LISTEN,
    SYN_SENT,
    SYN_RECEIVED,
    ESTABLISHED,
    FIN_WAIT_1,
    FIN_WAIT_2,
    CLOSING,
    TIME_WAIT,
    CLOSE_WAIT,
    LAST_ACK;

    private static final TcpState[] BY_ORDINAL = values();
    private static final int MAY_SEND = set(ESTABLISHED, CLOSE_WAIT, FIN_WAIT_1, CLOSING, LAST_ACK);
    private static final int MAY_RECEIVE = set(ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2);

    private static int set(TcpState... states) {
        int set = 0;
        for (TcpState state : states) {
            set |= 1 << state.ordinal();
        }
        return set;
    }

    static TcpState of(int ordinal) {
        return BY_ORDINAL[ordinal];
    }

    /** Whether the handshake is done: what RFC 9293 calls the synchronized states. */
    public boolean isSynchronized() {
        return ordinal() >= ESTABLISHED.ordinal();
    }

    /** Whether the application may hand over more data to send. */
    public boolean mayWrite() {
        return this == SYN_SENT || this == SYN_RECEIVED || this == ESTABLISHED || this == CLOSE_WAIT;
    }

    /** Whether data or a FIN may be in flight or wait to be sent. */
    boolean maySend() {
        return (MAY_SEND >>> ordinal() & 1) != 0;
    }

    /** Whether the peer may still send data. */
    boolean mayReceive() {
        return (MAY_RECEIVE >>> ordinal() & 1) != 0;
    }
}
