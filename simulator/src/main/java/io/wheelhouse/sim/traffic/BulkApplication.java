package io.wheelhouse.sim.traffic;

import io.wheelhouse.sim.scenario.ConnectionGroup;
import io.wheelhouse.sim.scenario.Traffic;
import io.wheelhouse.tcp.Connection;
import io.wheelhouse.tcp.Side;
import io.wheelhouse.tcp.random.Distribution;

/**
 * One transfer, begun when the connection is open at the end that writes. The other end reads what comes at once, or
 * nothing for some time.
 */
final class BulkApplication extends Conversation {
    private final Side from;
    private final Distribution size;
    private final long readAfterNs;

    BulkApplication(Traffic.Bulk spec, ConnectionGroup.Closing closing, long seed) {
        super(closing, seed);
        from = side(spec.from());
        size = Distributions.of(spec.size());
        readAfterNs = spec.readAfterNs();
    }

    @Override
    public void onEstablished(Connection connection, Side side, long nowNs) {
        if (side == from) {
            send(connection, from, size, true);
        } else if (readAfterNs > 0) {
            connection.pauseReading(side);
            connection.wakeAt(side, nowNs + readAfterNs);
        }
    }

    @Override
    public void onWake(Connection connection, Side side, long nowNs) {
        connection.resumeReading(side);
    }

    @Override
    void onMessage(Connection connection, Side receiver, long nowNs) {
        finish(connection, receiver);
    }
}
