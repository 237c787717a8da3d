package io.wheelhouse.sim.metrics;

import io.wheelhouse.tcp.TcpTimer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A kind of timer that is measured for itself: each {@link TcpTimer}, and the timers of synthetic traffic.
 *
 * @param index from 0, dense
 * @param key the name used in metrics and file names, for example {@code rto}
 */
public record Lane(int index, String key) {
    private static final TcpTimer[] TIMERS = TcpTimer.values();

    /** All lanes, by index. */
    public static final List<Lane> ALL =
            IntStream.rangeClosed(0, TIMERS.length).mapToObj(Lane::at).toList();

    /** The timers of synthetic traffic. */
    public static final Lane SYNTHETIC = ALL.get(TIMERS.length);

    /** How many lanes there are. */
    public static final int COUNT = ALL.size();

    /** The lane of a TCP timer. */
    public static Lane of(TcpTimer timer) {
        return ALL.get(timer.ordinal());
    }

    private static Lane at(int index) {
        return new Lane(index, index < TIMERS.length ? TIMERS[index].key() : "synthetic");
    }

    @Override
    public String toString() {
        return key;
    }
}
