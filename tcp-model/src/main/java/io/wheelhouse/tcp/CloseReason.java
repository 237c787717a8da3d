package io.wheelhouse.tcp;

/** Why an end of a connection is closed. */
public enum CloseReason {
    /** Both ends closed, and each heard of it. */
    ORDERLY,
    /** Too many retransmissions or probes went unanswered. */
    GIVEN_UP,
    /** The peer sent a reset, or its FIN never came. */
    RESET,
    /** The application at this end aborted. */
    ABORTED
}
