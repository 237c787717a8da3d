package io.wheelhouse.sim.metrics;

import io.wheelhouse.tcp.TcpCount;
import io.wheelhouse.tcp.TimerCount;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one output interval, merged over host threads. The engine keeps one and {@linkplain #close closes} it
 * at the end of each interval; listeners read it during the call.
 *
 * <p>Closing costs the lanes that fired, not the lanes there are, so that empty hours cost next to nothing.
 */
public final class Interval {
    private final int processors;
    private final @Nullable Histogram[] histograms = new Histogram[Lane.COUNT];
    private final Histogram all = LatenessMeter.newHistogram();
    private final Map<TcpCount, Long> tcpBefore = new EnumMap<>(TcpCount.class);
    private final Map<TcpCount, Long> tcpDelta = new EnumMap<>(TcpCount.class);
    private final long[] firedBefore = new long[Lane.COUNT];
    private final long[] firedDelta = new long[Lane.COUNT];
    private double[] utilization = {};
    private long backlog;
    private long startNs;
    private long endNs;

    /** @param processors how many processors there are */
    public Interval(int processors) {
        this.processors = processors;
    }

    /**
     * Ends the interval that began where the last one ended, and tells the listener.
     *
     * @param atNs the end, after the start
     * @param recorders those of all host threads
     * @param busyFractions by processor: the fraction of its capacity used in the interval; the array is not kept
     * @param waiting packets and expired timers that wait to be served, of all processors
     */
    public void close(long atNs, List<Recorder> recorders, double[] busyFractions, long waiting, RunListener listener) {
        if (atNs <= endNs || busyFractions.length != processors) {
            throw new IllegalArgumentException("interval from " + endNs + " ns to " + atNs + " ns, "
                    + busyFractions.length + " utilizations of " + processors + " processors");
        }
        startNs = endNs;
        endNs = atNs;
        utilization = busyFractions.clone();
        backlog = waiting;
        for (TcpCount what : TcpCount.values()) {
            long total = 0;
            for (Recorder recorder : recorders) {
                total += recorder.total(what);
            }
            tcpDelta.put(what, total - tcpBefore.getOrDefault(what, 0L));
            tcpBefore.put(what, total);
        }
        clear(all);
        for (Lane lane : Lane.ALL) {
            close(lane, recorders);
        }
        listener.outputInterval(this);
    }

    private void close(Lane lane, List<Recorder> recorders) {
        Histogram merged = histograms[lane.index()];
        if (merged != null) {
            clear(merged);
        }
        long fired = 0;
        for (Recorder recorder : recorders) {
            fired += recorder.total(lane, TimerCount.FIRED);
            if (recorder.hasInterval(lane)) {
                if (merged == null) {
                    merged = histograms[lane.index()] = LatenessMeter.newHistogram();
                }
                recorder.drainInterval(lane, merged);
            }
        }
        if (merged != null && merged.getTotalCount() > 0) {
            all.add(merged);
        }
        firedDelta[lane.index()] = fired - firedBefore[lane.index()];
        firedBefore[lane.index()] = fired;
    }

    private static void clear(Histogram histogram) {
        if (histogram.getTotalCount() > 0) {
            histogram.reset();
        }
    }

    public long startNs() {
        return startNs;
    }

    public long endNs() {
        return endNs;
    }

    /** How often something was counted in the interval, in all groups. */
    public long count(TcpCount what) {
        return tcpDelta.getOrDefault(what, 0L);
    }

    /** How many timers of a lane fired in the interval. */
    public long fired(Lane lane) {
        return firedDelta[lane.index()];
    }

    /** The lateness of a lane's firings in the interval after the warm-up; null where there was none. */
    public @Nullable Histogram lateness(Lane lane) {
        Histogram merged = histograms[lane.index()];
        return merged == null || merged.getTotalCount() == 0 ? null : merged;
    }

    /** The lateness of all firings in the interval after the warm-up, possibly none. */
    public Histogram lateness() {
        return all;
    }

    /** The fraction of a processor's capacity that its buckets and ticks used in the interval. */
    public double utilization(int processor) {
        return utilization[processor];
    }

    /** How many processors there are. */
    public int processors() {
        return processors;
    }

    /** Packets and expired timers that waited at the end of the interval. */
    public long backlog() {
        return backlog;
    }
}
