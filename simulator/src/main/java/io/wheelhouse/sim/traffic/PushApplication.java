package io.wheelhouse.sim.traffic;

import io.wheelhouse.sim.scenario.ConnectionGroup;
import io.wheelhouse.sim.scenario.Traffic;
import io.wheelhouse.tcp.Connection;
import io.wheelhouse.tcp.Side;
import io.wheelhouse.tcp.random.Distribution;
import io.wheelhouse.tcp.random.Draw;
import io.wheelhouse.tcp.random.Stream;
import java.util.List;

/**
 * One message at each of some times, each connection late by its own random part of a spread. A message whose time has
 * passed when the connection opens is not sent; one whose predecessor has not arrived yet goes out behind it.
 */
final class PushApplication extends Conversation {
    private final Side from;
    private final List<Long> atNs;
    private final long spreadNs;
    private final Distribution size;

    PushApplication(Traffic.Push spec, ConnectionGroup.Closing closing, long seed) {
        super(closing, seed);
        from = side(spec.from());
        atNs = spec.atNs();
        spreadNs = spec.spreadNs();
        size = Distributions.of(spec.size());
    }

    @Override
    public void onEstablished(Connection connection, Side side, long nowNs) {
        if (side == from) {
            wakeForNext(connection, 0, nowNs);
        }
    }

    private void wakeForNext(Connection connection, int first, long nowNs) {
        for (int push = first; push < atNs.size(); push++) {
            long pushNs = timeNs(connection, push);
            if (pushNs >= nowNs) {
                connection.word0(push);
                connection.wakeAt(from, pushNs);
                return;
            }
        }
        connection.word0(atNs.size());
    }

    private long timeNs(Connection connection, int push) {
        long spread = spreadNs == 0 ? 0 : Draw.below(spreadNs, seed(), connection.index(), Stream.SPREAD, push);
        return atNs.get(push) + spread;
    }

    @Override
    public void onWake(Connection connection, Side side, long nowNs) {
        int push = Math.toIntExact(connection.word0());
        send(connection, from, size, push == atNs.size() - 1);
        // Times of different pushes may cross by their spreads; none is skipped for that.
        if (push + 1 < atNs.size()) {
            connection.wakeAt(from, Math.max(nowNs, timeNs(connection, push + 1)));
        }
    }

    @Override
    void onMessage(Connection connection, Side receiver, long nowNs) {
        if (connection.word0() >= atNs.size()) {
            finish(connection, receiver);
        }
    }
}
