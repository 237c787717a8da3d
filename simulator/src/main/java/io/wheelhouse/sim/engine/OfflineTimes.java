package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.scenario.Offline;
import io.wheelhouse.sim.scenario.Scenario;
import java.util.Comparator;
import java.util.List;

/** When a processor is not there. Asked in order of time, by the processor and by the coordinator at barriers. */
public final class OfflineTimes {
    private static final long NEVER = Long.MAX_VALUE;

    private final Offline[] times;
    private int current;

    /**
     * @param times those of one processor; none overlap
     */
    private OfflineTimes(List<Offline> times) {
        this.times =
                times.stream().sorted(Comparator.comparingLong(Offline::fromNs)).toArray(Offline[]::new);
    }

    /** Those of one processor of a scenario. */
    public static OfflineTimes of(int processor, Scenario scenario) {
        return new OfflineTimes(scenario.host().offline().stream()
                .filter(offline -> offline.processor() == processor)
                .toList());
    }

    /** Whether the processor is offline at an instant that is not before the last one asked about. */
    public boolean at(long nowNs) {
        while (current < times.length && times[current].untilNs() <= nowNs) {
            current++;
        }
        return nextNs() <= nowNs;
    }

    /** When the current time offline began or the next one begins; the end of time if there is none. */
    public long nextNs() {
        return current < times.length ? times[current].fromNs() : NEVER;
    }

    /** When it ends. */
    public long untilNs() {
        return times[current].untilNs();
    }
}
