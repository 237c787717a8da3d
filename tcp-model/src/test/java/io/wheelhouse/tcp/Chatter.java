package io.wheelhouse.tcp;

import io.wheelhouse.tcp.random.Draw;
import io.wheelhouse.tcp.random.Stream;

/**
 * Both ends write messages of random sizes at random times, answer some of what they hear, and close after a number of
 * messages; all drawn, so that two runs of it see the same.
 */
final class Chatter implements Application {
    private static final long GAP_MAX_NS = 2 * Bench.SECOND;
    private static final long SIZE_MAX = 6_000;
    private static final long CLOSING = 1L << 32;

    private final int messages;
    private final long sizeMax;

    Chatter(int messages) {
        this(messages, SIZE_MAX);
    }

    Chatter(int messages, long sizeMax) {
        this.messages = messages;
        this.sizeMax = sizeMax;
    }

    /** Each side counts its own messages in its own word. */
    private static long word(Connection connection, Side side) {
        return side == Side.LOCAL ? connection.word0() : connection.word1();
    }

    private static void word(Connection connection, Side side, long value) {
        if (side == Side.LOCAL) {
            connection.word0(value);
        } else {
            connection.word1(value);
        }
    }

    private static long draw(Connection connection, Side side, Stream stream, long bound) {
        return Draw.below(bound, Bench.SEED, connection.index() * 2L + side.ordinal(), stream, word(connection, side));
    }

    @Override
    public void onEstablished(Connection connection, Side side, long nowNs) {
        connection.wakeAt(side, nowNs + draw(connection, side, Stream.THINK, GAP_MAX_NS));
    }

    @Override
    public void onDelivered(Connection connection, Side side, long bytes, long nowNs) {
        if (mayWrite(connection, side) && draw(connection, side, Stream.SERVICE, 3) == 0) {
            write(connection, side);
        }
    }

    @Override
    public void onWake(Connection connection, Side side, long nowNs) {
        if (!mayWrite(connection, side)) {
            return;
        }
        if (word(connection, side) >= messages) {
            word(connection, side, CLOSING);
            connection.close(side);
            return;
        }
        write(connection, side);
        connection.wakeAt(side, nowNs + draw(connection, side, Stream.THINK, GAP_MAX_NS));
    }

    private static boolean mayWrite(Connection connection, Side side) {
        return connection.state(side).mayWrite() && word(connection, side) < CLOSING;
    }

    private void write(Connection connection, Side side) {
        connection.write(side, 1 + draw(connection, side, Stream.SIZE, sizeMax));
        word(connection, side, word(connection, side) + 1);
    }

    @Override
    public void onPeerClosed(Connection connection, Side side, long nowNs) {
        word(connection, side, CLOSING);
        connection.close(side);
    }

    @Override
    public void onClosed(Connection connection, Side side, CloseReason reason, long nowNs) {}
}
