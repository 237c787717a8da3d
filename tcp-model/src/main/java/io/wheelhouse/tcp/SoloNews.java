package io.wheelhouse.tcp;

import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.profile.TcpConstant;
import org.jspecify.annotations.Nullable;

/** What the application of a {@link SoloEnd} has been told: the last news of each kind. Used by the end's thread. */
final class SoloNews implements Application {
    private final boolean closesLikeLinux;
    private boolean autoRead = true;
    private long delivered;
    private boolean established;
    private boolean peerClosed;
    private @Nullable CloseReason closeReason;
    private long closedNs = -1;
    private @Nullable SocketError error;

    SoloNews(Profile profile) {
        closesLikeLinux = profile.choice(TcpConstant.CLOSING_RULE).equals("linux");
    }

    /** Whether the application reads at once what arrives. */
    void autoRead(boolean atOnce) {
        autoRead = atOnce;
    }

    boolean isAutoRead() {
        return autoRead;
    }

    long delivered() {
        return delivered;
    }

    boolean isEstablished() {
        return established;
    }

    boolean isPeerClosed() {
        return peerClosed;
    }

    @Nullable
    CloseReason closeReason() {
        return closeReason;
    }

    /** When it was closed; -1 while it is not. */
    long closedNs() {
        return closedNs;
    }

    /** What calls of the application fail with; null if the connection has come to no bad end. */
    @Nullable
    SocketError error() {
        return error;
    }

    // ---- the model's calls

    @Override
    public void onEstablished(Connection connection, Side side, long nowNs) {
        established = true;
        // it may be the next connection of an end that listens again
        peerClosed = false;
        closeReason = null;
        closedNs = -1;
        error = null;
        if (!autoRead) {
            connection.pauseReading(side);
        }
    }

    @Override
    public void onDelivered(Connection connection, Side side, long bytes, long nowNs) {
        delivered += bytes;
    }

    @Override
    public void onWake(Connection connection, Side side, long nowNs) {}

    @Override
    public void onPeerClosed(Connection connection, Side side, long nowNs) {
        peerClosed = true;
    }

    @Override
    public void onClosed(Connection connection, Side side, CloseReason reason, long nowNs) {
        closeReason = reason;
        closedNs = nowNs;
        error = switch (reason) {
            case ORDERLY, ABORTED -> null;
            case GIVEN_UP -> SocketError.ETIMEDOUT;
            case RESET -> resetError();
        };
    }

    private SocketError resetError() {
        if (!established) {
            return SocketError.ECONNREFUSED;
        }
        // tcp_reset(), net/ipv4/tcp_input.c
        return peerClosed && closesLikeLinux ? SocketError.EPIPE : SocketError.ECONNRESET;
    }
}
