package io.wheelhouse.bench.part;

import io.wheelhouse.tcp.Application;
import io.wheelhouse.tcp.CloseReason;
import io.wheelhouse.tcp.Connection;
import io.wheelhouse.tcp.Side;

/**
 * An application that writes at the processor's side once it is established, and wakes up there again and again.
 *
 * @param periodNs between two times
 * @param writes whether it writes each time it wakes up, or only the first time
 */
record Repeating(long periodNs, boolean writes) implements Application {
    private static final int WRITE_BYTES = 200;

    @Override
    public void onEstablished(Connection connection, Side side, long nowNs) {
        if (side == Side.LOCAL) {
            connection.write(side, WRITE_BYTES);
            connection.wakeAt(side, nowNs + periodNs);
        }
    }

    @Override
    public void onWake(Connection connection, Side side, long nowNs) {
        if (writes) {
            connection.write(side, WRITE_BYTES);
        }
        connection.wakeAt(side, nowNs + periodNs);
    }

    @Override
    public void onDelivered(Connection connection, Side side, long bytes, long nowNs) {}

    @Override
    public void onPeerClosed(Connection connection, Side side, long nowNs) {}

    @Override
    public void onClosed(Connection connection, Side side, CloseReason reason, long nowNs) {}
}
