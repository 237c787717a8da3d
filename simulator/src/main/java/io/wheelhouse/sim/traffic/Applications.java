package io.wheelhouse.sim.traffic;

import io.wheelhouse.sim.scenario.ConnectionGroup;
import io.wheelhouse.sim.scenario.Traffic;
import io.wheelhouse.tcp.Application;

/** Makes the application that a group's traffic describes. */
public final class Applications {
    private Applications() {}

    /** The application at both ends of the group's connections. */
    public static Application of(ConnectionGroup group, long seed) {
        Traffic traffic = group.traffic();
        if (traffic instanceof Traffic.Idle) {
            return Application.IDLE;
        }
        if (traffic instanceof Traffic.Push push) {
            return new PushApplication(push, group.closing(), seed);
        }
        if (traffic instanceof Traffic.RequestResponse exchange) {
            return new RequestResponseApplication(exchange, group.closing(), seed);
        }
        if (traffic instanceof Traffic.Bulk bulk) {
            return new BulkApplication(bulk, group.closing(), seed);
        }
        if (traffic instanceof Traffic.OnOff onOff) {
            return new OnOffApplication(onOff, seed);
        }
        throw new AssertionError("no application for " + traffic);
    }
}
