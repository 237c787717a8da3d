package io.wheelhouse.tcp;

/**
 * What runs on top of the connections of a group, at both ends. It drives them through the {@link Connection} it is
 * handed, which is valid during the call only, and may call it back from within any of these.
 *
 * <p>One object serves many connections, in many buckets and on many threads: it must be immutable, and keep what it
 * wants to remember of a connection in the connection's own words ({@link Connection#word0}). The application at the
 * processor's side runs on the processor, in the turn of the packet that caused the call; at the far end it runs at its
 * instant. It reads what is delivered at once.
 */
public interface Application {

    /** The handshake is done at this end. */
    void onEstablished(Connection connection, Side side, long nowNs);

    /** Bytes have been delivered in order to this end. */
    void onDelivered(Connection connection, Side side, long bytes, long nowNs);

    /** An instant asked for by {@link Connection#wakeAt} has come. Not called once this end is closed. */
    void onWake(Connection connection, Side side, long nowNs);

    /** The peer has closed: no more bytes will be delivered. The application may go on writing, or close. */
    void onPeerClosed(Connection connection, Side side, long nowNs);

    /** This end is closed, for whatever reason; last call for this end. */
    void onClosed(Connection connection, Side side, CloseReason reason, long nowNs);

    /** An application that does nothing. */
    Application IDLE = new Application() {
        @Override
        public void onEstablished(Connection connection, Side side, long nowNs) {}

        @Override
        public void onDelivered(Connection connection, Side side, long bytes, long nowNs) {}

        @Override
        public void onWake(Connection connection, Side side, long nowNs) {}

        @Override
        public void onPeerClosed(Connection connection, Side side, long nowNs) {}

        @Override
        public void onClosed(Connection connection, Side side, CloseReason reason, long nowNs) {}
    };
}
