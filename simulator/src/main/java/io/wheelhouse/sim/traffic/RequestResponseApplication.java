package io.wheelhouse.sim.traffic;

import io.wheelhouse.sim.scenario.ConnectionGroup;
import io.wheelhouse.sim.scenario.Traffic;
import io.wheelhouse.tcp.Connection;
import io.wheelhouse.tcp.Side;
import io.wheelhouse.tcp.random.Distribution;
import io.wheelhouse.tcp.random.Draw;
import io.wheelhouse.tcp.random.Stream;

/** A request; its response when the request is whole; a pause; the next request. */
final class RequestResponseApplication extends Conversation {
    private final Side from;
    private final long messages;
    private final Distribution think;
    private final Distribution request;
    private final Distribution response;

    RequestResponseApplication(Traffic.RequestResponse spec, ConnectionGroup.Closing closing, long seed) {
        super(closing, seed);
        from = side(spec.from());
        messages = 2L * spec.requests();
        think = Distributions.of(spec.think());
        request = Distributions.of(spec.request());
        response = Distributions.of(spec.response());
    }

    @Override
    public void onEstablished(Connection connection, Side side, long nowNs) {
        if (side == from) {
            send(connection, from, request, false);
        }
    }

    @Override
    void onMessage(Connection connection, Side receiver, long nowNs) {
        if (receiver != from) {
            send(connection, receiver, response, connection.word0() == messages - 1);
        } else if (connection.word0() >= messages) {
            finish(connection, receiver);
        } else {
            long pauseNs = Draw.sampleLong(think, seed(), connection.index(), Stream.THINK, connection.word0());
            connection.wakeAt(from, nowNs + pauseNs);
        }
    }

    @Override
    public void onWake(Connection connection, Side side, long nowNs) {
        send(connection, from, request, false);
    }
}
