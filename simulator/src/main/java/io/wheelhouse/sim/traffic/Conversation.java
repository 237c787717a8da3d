package io.wheelhouse.sim.traffic;

import io.wheelhouse.sim.scenario.ConnectionGroup;
import io.wheelhouse.sim.scenario.End;
import io.wheelhouse.tcp.Application;
import io.wheelhouse.tcp.CloseReason;
import io.wheelhouse.tcp.Connection;
import io.wheelhouse.tcp.Side;
import io.wheelhouse.tcp.random.Distribution;
import io.wheelhouse.tcp.random.Draw;
import io.wheelhouse.tcp.random.Stream;

/**
 * What the applications of a group have in common: one message is under way at a time, its receiver knows how much of it
 * is to come, and when all is said one end closes, if the group says so, and the other follows.
 *
 * <p>A connection's first word counts its messages, its second is what is still to be delivered of the one under way.
 * Immutable, as every {@link Application} must be.
 */
abstract class Conversation implements Application {
    private final long seed;
    private final ConnectionGroup.Closing closing;

    Conversation(ConnectionGroup.Closing closing, long seed) {
        this.closing = closing;
        this.seed = seed;
    }

    static Side side(End end) {
        return end == End.LOCAL ? Side.LOCAL : Side.REMOTE;
    }

    final long seed() {
        return seed;
    }

    /**
     * Writes the next message of the connection.
     *
     * @param last whether nothing more is to be said, so that a writer who is to close the connection can do so
     */
    final void send(Connection connection, Side from, Distribution size, boolean last) {
        long ordinal = connection.word0();
        long bytes = Math.max(1, Draw.sampleLong(size, seed, connection.index(), Stream.SIZE, ordinal));
        connection.word0(ordinal + 1);
        connection.word1(connection.word1() + bytes);
        connection.write(from, bytes);
        if (last && isCloser(from)) {
            connection.close(from);
        }
    }

    private boolean isCloser(Side side) {
        return switch (closing) {
            case NEVER -> false;
            case LOCAL -> side == Side.LOCAL;
            case REMOTE -> side == Side.REMOTE;
        };
    }

    /** The message under way has arrived whole. */
    abstract void onMessage(Connection connection, Side receiver, long nowNs);

    /** The receiver has heard all that was to be said. */
    final void finish(Connection connection, Side receiver) {
        if (isCloser(receiver)) {
            connection.close(receiver);
        }
    }

    @Override
    public final void onDelivered(Connection connection, Side side, long bytes, long nowNs) {
        long toCome = connection.word1() - bytes;
        assert toCome >= 0 : "connection " + connection.index() + " got " + -toCome + " bytes that nobody wrote";
        connection.word1(toCome);
        if (toCome == 0) {
            connection.messageCompleted();
            onMessage(connection, side, nowNs);
        }
    }

    @Override
    public void onWake(Connection connection, Side side, long nowNs) {}

    @Override
    public final void onPeerClosed(Connection connection, Side side, long nowNs) {
        connection.close(side);
    }

    @Override
    public void onClosed(Connection connection, Side side, CloseReason reason, long nowNs) {}
}
