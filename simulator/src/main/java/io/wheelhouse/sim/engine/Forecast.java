package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.scenario.ConnectionGroup;
import io.wheelhouse.sim.scenario.Host;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.Traffic;
import io.wheelhouse.sim.traffic.Distributions;
import io.wheelhouse.timer.Cost;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run will do and take, from the scenario's numbers alone. Within a factor of two of what it then does and takes, for
 * traffic that the modeled processors can serve, but for a while; docs/benchmarks.md has how near it comes for the gallery,
 * which its constants were fitted to on the machine named there.
 *
 * @param groups by group, in their order
 * @param events segments processed by either end, and timer callbacks
 * @param heapBytes what the run holds at its busiest
 * @param hostNs the processor time that the run takes of a host like the one of docs/benchmarks.md
 */
public record Forecast(int buckets, int processors, List<Group> groups, long events, long heapBytes, long hostNs) {
    private static final double SECOND_NS = 1e9;
    private static final long FIXED_BYTES = 4L << 20;
    /** Histograms of lateness and its causes, for each kind of timer of each group; many groups fire few kinds. */
    private static final long METER_BYTES = 150L << 10;

    private static final int METERS_OF_TCP = 3;
    private static final long EMPTY_BUCKET_BYTES = 5L << 10;
    /** What the rows of a bucket with a few busy connections take: each kind grows by a piece of several. */
    private static final long BUCKET_PIECES_BYTES = 10L << 10;

    private static final long IDLE_CONNECTION_BYTES = 150;
    private static final long BUSY_CONNECTION_BYTES = 570;
    private static final long SYNTHETIC_CONNECTION_BYTES = 100;
    /** Room for what is being made while the collector has not come by yet. */
    private static final double SPARE_HEAP = 1.15;

    private static final long START_NS = 700_000_000;
    /** The compiler's work, and events in code that is not compiled yet. */
    private static final long EVENTS_COLD = 1_000_000;

    private static final double NS_AN_EVENT_COLD = 4_000;
    private static final double NS_AN_EVENT = 1_000;
    /** More of an event that finds its connection at rest: its state is unpacked, and packed after it. */
    private static final double NS_AN_EVENT_AT_REST = 2_000;

    private static final double NS_A_CONNECTION = 7_500;

    /**
     * What one group of connections will do.
     *
     * @param connections those that open before the end
     */
    public record Group(String name, long connections, long events) {}

    public Forecast {
        groups = List.copyOf(groups);
    }

    /** Looks at a scenario and runs nothing. */
    public static Forecast of(Scenario scenario) {
        List<TrafficForecast> forecasts = scenario.connections().stream()
                .map(group -> new TrafficForecast(group, scenario))
                .toList();
        double waitS = openingWaitS(scenario, forecasts);
        List<Group> groups = new ArrayList<>();
        long events = 0;
        double bytes = 0;
        long busy = 0;
        double atRestNs = 0;
        for (TrafficForecast forecast : forecasts) {
            ConnectionGroup group = forecast.group();
            long ofGroup = Math.round(forecast.events() + forecast.eventsOfWaiting(waitS));
            long connections = Math.round(forecast.opens());
            groups.add(new Group(group.name(), connections, ofGroup));
            events += ofGroup;
            double share = forecast.busyShare();
            busy += Math.round(share * connections);
            atRestNs += isSynthetic(scenario) ? 0 : (1 - share) * ofGroup * NS_AN_EVENT_AT_REST;
            bytes += connections * bytesOfOne(group, share);
        }
        int buckets = scenario.hash().buckets();
        long meters = (long) groups.size() * (isSynthetic(scenario) ? 1 : METERS_OF_TCP);
        bytes += FIXED_BYTES + meters * METER_BYTES + (double) buckets * EMPTY_BUCKET_BYTES;
        bytes += BUCKET_PIECES_BYTES * Math.min(buckets, (double) busy);
        Forecast forecast = new Forecast(buckets, scenario.host().processors(), groups, events, (long) bytes, 0);
        return forecast.taking(atRestNs);
    }

    private Forecast taking(double atRestNs) {
        long cold = Math.min(events, EVENTS_COLD);
        double warmShare = events == 0 ? 0 : (events - cold) / (double) events;
        double ns = START_NS
                + connections() * NS_A_CONNECTION
                + cold * NS_AN_EVENT_COLD
                + (events - cold) * NS_AN_EVENT
                + warmShare * atRestNs;
        return new Forecast(buckets, processors, groups, events, heapBytes, (long) ns);
    }

    private static boolean isSynthetic(Scenario scenario) {
        return scenario.connections().get(0).traffic() instanceof Traffic.Synthetic;
    }

    /**
     * How long, on average, what comes with an opening waits for a processor, where the openings need more time than all
     * processors have until the last: a fluid that flows in and out evenly, of all groups together. No longer than the run.
     */
    private static double openingWaitS(Scenario scenario, List<TrafficForecast> forecasts) {
        Host host = scenario.host();
        double inS = Distributions.of(host.cost(Cost.SEGMENT_IN)).mean() / SECOND_NS;
        double outS = Distributions.of(host.cost(Cost.SEGMENT_OUT)).mean() / SECOND_NS;
        double workS = 0;
        double openingsS = 0;
        for (TrafficForecast forecast : forecasts) {
            workS += forecast.openingEvents() * (inS + outS) / 2;
            openingsS = Math.max(openingsS, forecast.openingsS());
        }
        double waitS = Math.max(0, workS / host.processors() - openingsS) / 2;
        return Math.min(waitS, scenario.durationNs() / SECOND_NS);
    }

    private static double bytesOfOne(ConnectionGroup group, double busyShare) {
        if (group.traffic() instanceof Traffic.Synthetic) {
            return SYNTHETIC_CONNECTION_BYTES;
        }
        return IDLE_CONNECTION_BYTES + busyShare * (BUSY_CONNECTION_BYTES - IDLE_CONNECTION_BYTES);
    }

    /** All connections that open. */
    public long connections() {
        return groups.stream().mapToLong(Group::connections).sum();
    }

    /** The heap that a run should be given. */
    public long heapNeededBytes() {
        return (long) (heapBytes * SPARE_HEAP);
    }
}
