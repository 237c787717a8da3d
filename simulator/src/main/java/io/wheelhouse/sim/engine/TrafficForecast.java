package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.scenario.Arrivals;
import io.wheelhouse.sim.scenario.ConnectionGroup;
import io.wheelhouse.sim.scenario.End;
import io.wheelhouse.sim.scenario.PathSpec;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.TcpSpec;
import io.wheelhouse.sim.scenario.TimerSpec;
import io.wheelhouse.sim.scenario.Traffic;
import io.wheelhouse.sim.traffic.Distributions;
import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.profile.TcpConstant;
import io.wheelhouse.tcp.random.Distribution;

/**
 * How many events the connections of one group will make: segments processed by either end, and timer callbacks.
 *
 * <p>Means of the scenario's distributions, and the first rules of TCP: a handshake is three segments, data goes out in
 * segments of one MSS and every second of them is acknowledged, losses limit a long transfer as Mathis, Semke, Mahdavi and
 * Ott have it (CCR 27(3), 1997), a path that is out costs a timeout at each doubling. Good to a factor of two for traffic
 * that the processors can serve; no more is claimed.
 */
final class TrafficForecast {
    private static final double SECOND_NS = 1e9;
    private static final double MATHIS = 1.22;
    private static final double FIRST_TIMEOUT_S = 0.25;
    private static final double SYN_TIMEOUT_S = 1;
    /** A timeout there, what it repeats here, and the answer. */
    private static final int REPEAT_EVENTS = 3;

    private static final int HANDSHAKE_EVENTS = 3;
    private static final int CLOSING_EVENTS = 4;
    private static final int PROBE_EVENTS = 3;
    private static final int TCP_AND_IP_BYTES = 52;
    /** Of connections that are all written to at once, so many are under way together. */
    private static final double SHARE_OF_A_PUSH = 0.75;

    /** So long after it was opened a connection's state is still spread out. */
    private static final double OPEN_IS_BUSY_S = 2;

    /** Openings and sizes are averaged over so many steps. */
    private static final int OPENINGS = 16;

    private static final int QUANTILES = 200;

    private final ConnectionGroup group;
    private final Scenario scenario;
    private final Profile local;
    private final double durationS;
    private final double roundTripS;
    private final double mss;
    private final double initialSegments;
    private final double bytesPerSecond;
    private final double opened;

    TrafficForecast(ConnectionGroup group, Scenario scenario) {
        this.group = group;
        this.scenario = scenario;
        local = profile(scenario.tcp());
        durationS = scenario.durationNs() / SECOND_NS;
        roundTripS = Math.max(
                1e-6, 2 * seconds(Distributions.of(group.path().delay()).mean()));
        mss = local.count(TcpConstant.MSS);
        initialSegments = local.count(TcpConstant.INITIAL_WINDOW);
        bytesPerSecond = bytesPerSecond(group.path());
        opened = opened();
    }

    private static Profile profile(TcpSpec spec) {
        return Profile.named(spec.profile()).with(spec.set());
    }

    private static double seconds(double ns) {
        return ns / SECOND_NS;
    }

    private static double seconds(long ns) {
        return seconds((double) ns);
    }

    private double bytesPerSecond(PathSpec path) {
        double window = local.count(TcpConstant.RECEIVE_WINDOW);
        double byWindow = window / roundTripS;
        double byLoss = path.loss() == 0 ? byWindow : MATHIS * mss / (roundTripS * StrictMath.sqrt(path.loss()));
        double byLink = path.link().bitsPerSecond() / (double) Byte.SIZE;
        return Math.max(1, Math.min(byLink, Math.min(byWindow, byLoss)));
    }

    /** Connections that open before the end of the run. */
    private double opened() {
        if (group.arrivals() instanceof Arrivals.At at) {
            return seconds(at.atNs()) < durationS ? group.count() : 0;
        }
        if (group.arrivals() instanceof Arrivals.Uniform uniform) {
            return group.count() * Math.min(1, durationS / seconds(uniform.withinNs()));
        }
        if (group.arrivals() instanceof Arrivals.Poisson poisson) {
            return Math.min(group.count(), poisson.perSecond() * durationS);
        }
        throw new AssertionError("no forecast for " + group.arrivals());
    }

    /** When the connection at a fraction of those that open does so. */
    private double openingS(double fraction) {
        if (group.arrivals() instanceof Arrivals.At at) {
            return seconds(at.atNs());
        }
        if (group.arrivals() instanceof Arrivals.Uniform uniform) {
            return fraction * Math.min(durationS, seconds(uniform.withinNs()));
        }
        if (group.arrivals() instanceof Arrivals.Poisson poisson) {
            return fraction * opened / poisson.perSecond();
        }
        throw new AssertionError("no forecast for " + group.arrivals());
    }

    /** Events of the whole group. */
    double events() {
        double sum = 0;
        for (int step = 0; step < OPENINGS; step++) {
            sum += eventsOfOne(openingS((step + 0.5) / OPENINGS));
        }
        return opened * sum / OPENINGS;
    }

    /** The share of the connections that have something under way at the busiest time. */
    double busyShare() {
        if (group.traffic() instanceof Traffic.Synthetic || opened == 0) {
            return 0;
        }
        double windowS = Math.max(1e-3, openingS(1) - openingS(0));
        double opening = SHARE_OF_A_PUSH * Math.min(1, OPEN_IS_BUSY_S / windowS);
        double share = Math.max(opening, busyShareOfTraffic(windowS));
        // where connections close, later ones take the place of earlier ones
        return group.closing() == ConnectionGroup.Closing.NEVER ? share : share / 2;
    }

    private double busyShareOfTraffic(double windowS) {
        if (group.traffic() instanceof Traffic.Push push) {
            return SHARE_OF_A_PUSH / Math.max(1, seconds(push.spreadNs()));
        }
        if (group.traffic() instanceof Traffic.Idle) {
            return probes(local, durationS) > 0 ? SHARE_OF_A_PUSH * Math.min(1, probeGranuleS() / windowS) : 0;
        }
        double perSecond = events() / opened / durationS;
        return Math.min(1, perSecond / 2 * Math.max(roundTripS, 1));
    }

    /** A wheel that rounds makes one instant of the keepalives of many connections. */
    private double probeGranuleS() {
        if (scenario.timers().structure() != TimerSpec.Structure.COALESCING) {
            return 0;
        }
        TimerSpec.Shape shape = scenario.timers().shape();
        double granuleS = seconds(shape.granuleNs());
        double largestS = seconds(local.ns(TcpConstant.KEEPALIVE_TIME)) / (shape.slots() - 1) * (1 << shape.shift());
        for (int level = 1; level < shape.levels() && granuleS * (1 << shape.shift()) <= largestS; level++) {
            granuleS *= 1 << shape.shift();
        }
        return granuleS;
    }

    private double eventsOfOne(double openedS) {
        double liveS = durationS - openedS;
        Traffic traffic = group.traffic();
        if (traffic instanceof Traffic.Synthetic synthetic) {
            return callbacks(synthetic, liveS);
        }
        double events = HANDSHAKE_EVENTS + keepaliveEvents(liveS);
        if (group.closing() != ConnectionGroup.Closing.NEVER && !(traffic instanceof Traffic.Idle)) {
            events += CLOSING_EVENTS;
        }
        if (traffic instanceof Traffic.Push push) {
            return events + pushes(push, openedS);
        }
        if (traffic instanceof Traffic.RequestResponse exchange) {
            return events + exchanges(exchange, liveS) + outageEvents(openedS, durationS);
        }
        if (traffic instanceof Traffic.Bulk bulk) {
            return events + transfer(Distributions.of(bulk.size()), liveS) + outageEvents(openedS, durationS);
        }
        if (traffic instanceof Traffic.OnOff onOff) {
            return events + writes(onOff, liveS) + outageEvents(openedS, durationS);
        }
        return events;
    }

    private static double callbacks(Traffic.Synthetic synthetic, double liveS) {
        double perSecond = synthetic.arrivals() instanceof Traffic.Arming.Poisson poisson
                ? poisson.perSecond()
                : synthetic.arrivals() instanceof Traffic.Arming.Periodic periodic
                        ? SECOND_NS / periodic.intervalNs()
                        : 0;
        double delayS = seconds(Distributions.of(synthetic.delay()).mean());
        return perSecond * Math.max(0, liveS - delayS) * (1 - synthetic.cancelled());
    }

    /** A probe of an idle peer is a callback, the probe and its answer. */
    private double keepaliveEvents(double liveS) {
        if (!(group.traffic() instanceof Traffic.Idle) && !(group.traffic() instanceof Traffic.Push)) {
            return 0;
        }
        return PROBE_EVENTS * (probes(local, liveS) + probes(profile(group.remoteTcp()), liveS));
    }

    private static double probes(Profile profile, double liveS) {
        return profile.is(TcpConstant.KEEPALIVE)
                ? Math.floor(liveS / seconds(profile.ns(TcpConstant.KEEPALIVE_TIME)))
                : 0;
    }

    private double pushes(Traffic.Push push, double openedS) {
        double events = 0;
        for (long atNs : push.atNs()) {
            double atS = seconds(atNs);
            if (atS >= openedS && atS < durationS) {
                double spreadS = seconds(push.spreadNs());
                double pushed = durationS - atS >= spreadS ? 1 : (durationS - atS) / spreadS;
                events += pushed
                        * (transfer(Distributions.of(push.size()), durationS - atS) + outageEvents(atS, atS + spreadS));
            }
        }
        return events;
    }

    private double exchanges(Traffic.RequestResponse exchange, double liveS) {
        double request = Distributions.of(exchange.request()).mean();
        double response = Distributions.of(exchange.response()).mean();
        double thinkS = seconds(Distributions.of(exchange.think()).mean());
        double exchangeS = transferS(request) + transferS(response);
        // the first request comes at once
        double again = Math.max(0, liveS - exchangeS) / (thinkS + exchangeS);
        double times = Math.min(exchange.requests(), 1 + again);
        return times * eventsOfAnExchange(exchange);
    }

    /** The answer acknowledges the request. */
    private double eventsOfAnExchange(Traffic.RequestResponse exchange) {
        double response = Distributions.of(exchange.response()).mean();
        return segments(Distributions.of(exchange.request()).mean()) + segments(response) + acknowledgments(response);
    }

    /** From the first opening to the last. */
    double openingsS() {
        return openingS(1) - openingS(0);
    }

    /** Events that come with the openings of all connections of the group, whatever comes later. */
    double openingEvents() {
        if (group.traffic() instanceof Traffic.Synthetic) {
            return 0;
        }
        double first = group.traffic() instanceof Traffic.RequestResponse exchange ? eventsOfAnExchange(exchange) : 0;
        return opened * (HANDSHAKE_EVENTS + first);
    }

    /**
     * Events that are added where what comes with the openings waits for a processor: the other end repeats its SYN, and
     * then its first request, at each doubling of a timeout, and each is answered.
     */
    double eventsOfWaiting(double waitS) {
        if (group.traffic() instanceof Traffic.Synthetic) {
            return 0;
        }
        double repeated = repeats(waitS, SYN_TIMEOUT_S);
        if (group.traffic() instanceof Traffic.RequestResponse exchange && exchange.from() == End.REMOTE) {
            repeated += repeats(waitS, FIRST_TIMEOUT_S);
        }
        return opened * repeated * REPEAT_EVENTS;
    }

    private static double repeats(double waitS, double timeoutS) {
        return Math.floor(StrictMath.log1p(waitS / timeoutS) / StrictMath.log(2));
    }

    private double writes(Traffic.OnOff onOff, double liveS) {
        double gapS = seconds(onOff.gapNs());
        double onS = Math.max(gapS, seconds(Distributions.of(onOff.on()).mean()));
        double cycleS = onS + seconds(Distributions.of(onOff.off()).mean());
        double times = liveS * (onS / gapS) / cycleS;
        // and a delayed acknowledgment's callback
        return times * (segments((double) onOff.size()) + 2 * acknowledgments((double) onOff.size()));
    }

    /** Events of one transfer of a drawn size in the time there is. */
    private double transfer(Distribution size, double timeS) {
        double most = timeS * bytesPerSecond;
        double sum = 0;
        for (int step = 0; step < QUANTILES; step++) {
            double bytes = Math.min(Math.max(1, size.sample((step + 0.5) / QUANTILES)), most);
            sum += segments(bytes) + acknowledgments(bytes);
        }
        return sum / QUANTILES;
    }

    private double segments(double bytes) {
        return Math.max(1, Math.ceil(bytes / mss)) * (1 + group.path().loss());
    }

    private double acknowledgments(double bytes) {
        return Math.max(1, Math.ceil(bytes / mss) / 2);
    }

    /** Half a round trip, one for each doubling of the window that it takes, and the time that the bytes take. */
    private double transferS(double bytes) {
        double doublings = Math.max(0, StrictMath.log1p(bytes / mss / initialSegments) / StrictMath.log(2) - 1);
        return roundTripS * (0.5 + doublings) + (bytes + TCP_AND_IP_BYTES) / bytesPerSecond;
    }

    /** What is sent at times that meet an outage times out, again and again. */
    private double outageEvents(double fromS, double toS) {
        double events = 0;
        for (PathSpec.Outage outage : group.path().outages()) {
            double beginS = Math.max(fromS, seconds(outage.fromNs()));
            double endS = seconds(outage.toNs());
            if (beginS < endS && toS >= seconds(outage.fromNs())) {
                double doublings = StrictMath.log1p((endS - beginS) / FIRST_TIMEOUT_S) / StrictMath.log(2);
                events += outage.share() * (1 + Math.ceil(doublings));
            }
        }
        return events;
    }

    ConnectionGroup group() {
        return group;
    }

    double opens() {
        return opened;
    }

    @Override
    public String toString() {
        return scenario.name() + ": " + group.name();
    }
}
