package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.sim.metrics.Recorder;
import io.wheelhouse.tcp.TcpCount;
import io.wheelhouse.tcp.TimerCount;

/** What counts as an event of a run: a segment processed by an endpoint, or a timer callback, and nothing else. */
public final class Events {
    private Events() {}

    /** The events that a recorder has seen. */
    public static long of(Recorder recorder) {
        long events = recorder.total(TcpCount.SEGMENTS_PROCESSED)
                + recorder.total(TcpCount.SEGMENTS_PROCESSED_OUTSIDE)
                + recorder.total(TcpCount.TIMERS_FIRED_OUTSIDE);
        for (Lane lane : Lane.ALL) {
            events += recorder.total(lane, TimerCount.FIRED);
        }
        return events;
    }
}
