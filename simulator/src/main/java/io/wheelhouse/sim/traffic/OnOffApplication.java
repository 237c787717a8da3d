package io.wheelhouse.sim.traffic;

import io.wheelhouse.sim.scenario.Traffic;
import io.wheelhouse.tcp.Application;
import io.wheelhouse.tcp.CloseReason;
import io.wheelhouse.tcp.Connection;
import io.wheelhouse.tcp.Side;
import io.wheelhouse.tcp.random.Distribution;
import io.wheelhouse.tcp.random.Draw;
import io.wheelhouse.tcp.random.Stream;

/**
 * Writes of one size at a constant rate while on, nothing while off, without an end. Each write is due one gap after the
 * one before was due, whether that has been delivered or not, so that what is offered depends on the draws alone.
 *
 * <p>A message is what is written in one time of being on; it is complete when nothing of what was written is missing at
 * its end. A connection's first word holds how many times it has been on and how many writes of this time are to come;
 * its second, what is still to be delivered. Immutable, as every {@link Application} must be.
 */
final class OnOffApplication implements Application {
    private static final int WRITES_BITS = 32;
    private static final long WRITES_MASK = (1L << WRITES_BITS) - 1;

    private final Side from;
    private final long gapNs;
    private final long size;
    private final Distribution on;
    private final Distribution off;
    private final long seed;

    OnOffApplication(Traffic.OnOff spec, long seed) {
        this.seed = seed;
        from = Conversation.side(spec.from());
        gapNs = spec.gapNs();
        size = spec.size();
        on = Distributions.of(spec.on());
        off = Distributions.of(spec.off());
    }

    @Override
    public void onEstablished(Connection connection, Side side, long nowNs) {
        if (side == from) {
            write(connection, nowNs);
        }
    }

    @Override
    public void onWake(Connection connection, Side side, long nowNs) {
        write(connection, nowNs);
    }

    private void write(Connection connection, long nowNs) {
        long word = connection.word0();
        long times = word >>> WRITES_BITS;
        long writes = word & WRITES_MASK;
        if (writes == 0) {
            long onNs = Draw.sampleLong(on, seed, connection.index(), Stream.ON, times);
            writes = Math.min(WRITES_MASK, Math.max(1, onNs / gapNs));
        }
        writes--;
        long waitNs = gapNs;
        if (writes == 0) {
            waitNs += Draw.sampleLong(off, seed, connection.index(), Stream.THINK, times);
            times++;
        }
        connection.word0(times << WRITES_BITS | writes);
        connection.word1(connection.word1() + size);
        connection.wakeAt(from, nowNs + waitNs);
        connection.write(from, size);
    }

    @Override
    public void onDelivered(Connection connection, Side side, long bytes, long nowNs) {
        long toCome = connection.word1() - bytes;
        assert toCome >= 0 : "connection " + connection.index() + " got " + -toCome + " bytes that nobody wrote";
        connection.word1(toCome);
        if (toCome == 0 && (connection.word0() & WRITES_MASK) == 0) {
            connection.messageCompleted();
        }
    }

    @Override
    public void onPeerClosed(Connection connection, Side side, long nowNs) {
        connection.close(side);
    }

    @Override
    public void onClosed(Connection connection, Side side, CloseReason reason, long nowNs) {}
}
