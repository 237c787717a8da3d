package io.wheelhouse.tcp;

/** Chats, but pauses its reading now and then, and stops writing before it closes. */
record Moody(Application talk) implements Application {
    @Override
    public void onEstablished(Connection connection, Side side, long nowNs) {
        talk.onEstablished(connection, side, nowNs);
        if (connection.index() % 3 == 0) {
            connection.pauseReading(side);
        }
    }

    @Override
    public void onDelivered(Connection connection, Side side, long bytes, long nowNs) {
        talk.onDelivered(connection, side, bytes, nowNs);
    }

    @Override
    public void onWake(Connection connection, Side side, long nowNs) {
        if (connection.index() % 6 == 0) {
            connection.resumeReading(side);
        } else if (connection.unread(side) > 0) {
            connection.read(side, 1 + connection.unread(side) / 2);
        }
        talk.onWake(connection, side, nowNs);
    }

    @Override
    public void onPeerClosed(Connection connection, Side side, long nowNs) {
        if (connection.index() % 4 == 0) {
            connection.shutdown(side);
        }
        talk.onPeerClosed(connection, side, nowNs);
    }

    @Override
    public void onClosed(Connection connection, Side side, CloseReason reason, long nowNs) {
        talk.onClosed(connection, side, reason, nowNs);
    }
}
