package io.wheelhouse.tcp;

/** What an application's socket call fails with once its connection has come to a bad end; POSIX's names. */
public enum SocketError {
    /** Retransmissions or probes went unanswered. */
    ETIMEDOUT,
    /** The peer sent a reset. */
    ECONNRESET,
    /** The peer answered the SYN with a reset. */
    ECONNREFUSED,
    /** The peer sent a reset after it had closed. */
    EPIPE
}
