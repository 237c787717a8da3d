package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.scenario.Arrivals;
import io.wheelhouse.sim.scenario.AssignerSpec;
import io.wheelhouse.sim.scenario.Background;
import io.wheelhouse.sim.scenario.ConnectionGroup;
import io.wheelhouse.sim.scenario.CostProfile;
import io.wheelhouse.sim.scenario.DistributionSpec;
import io.wheelhouse.sim.scenario.End;
import io.wheelhouse.sim.scenario.HashSpec;
import io.wheelhouse.sim.scenario.Host;
import io.wheelhouse.sim.scenario.OutputSpec;
import io.wheelhouse.sim.scenario.PathSpec;
import io.wheelhouse.sim.scenario.QueueingSpec;
import io.wheelhouse.sim.scenario.RemoteSpace;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.TcpSpec;
import io.wheelhouse.sim.scenario.TimerSpec;
import io.wheelhouse.sim.scenario.Traffic;
import io.wheelhouse.tcp.HostPort;
import io.wheelhouse.tcp.Prefix;
import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.balance.Policies;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Scenarios of synthetic timers on processors whose only cost is the callback: what queueing formulas speak of. */
final class SyntheticScenario {
    private static final long SECOND_NS = Duration.ofSeconds(1).toNanos();
    private static final int CONNECTIONS = 1000;

    private final double perSecond;
    private final DistributionSpec service;
    private long seed = 1;
    private long durationNs = 30 * SECOND_NS;
    private long tickNs = Host.NO_TICK;
    private DistributionSpec wakeUp = CostProfile.AT_ONCE;
    private List<Background> background = List.of();
    private int buckets = 1;
    private int processors = 1;

    /**
     * @param perSecond the rate of all connections together
     * @param service the time of a callback
     */
    SyntheticScenario(double perSecond, DistributionSpec service) {
        this.perSecond = perSecond;
        this.service = service;
    }

    SyntheticScenario seed(long newSeed) {
        seed = newSeed;
        return this;
    }

    SyntheticScenario seconds(long seconds) {
        durationNs = seconds * SECOND_NS;
        return this;
    }

    SyntheticScenario tick(Duration tick) {
        tickNs = tick.toNanos();
        return this;
    }

    SyntheticScenario buckets(int newBuckets) {
        buckets = newBuckets;
        return this;
    }

    /** How long the processor takes to wake up. */
    SyntheticScenario wakeUp(DistributionSpec newWakeUp) {
        wakeUp = newWakeUp;
        return this;
    }

    SyntheticScenario background(Background load) {
        background = List.of(load);
        return this;
    }

    SyntheticScenario processors(int newProcessors) {
        processors = newProcessors;
        return this;
    }

    Scenario build() {
        Map<Cost, DistributionSpec> free = new EnumMap<>(Cost.class);
        for (Cost cost : Cost.values()) {
            free.put(cost, new DistributionSpec.Constant(0));
        }
        return new Scenario(
                "synthetic",
                "",
                seed,
                durationNs,
                SECOND_NS,
                new Host(processors, tickNs, new CostProfile(free, wakeUp), background, List.of()),
                new HashSpec(HashSpec.Function.MIX, buckets),
                new TimerSpec(
                        TimerSpec.Structure.HIERARCHICAL,
                        new TimerSpec.Shape(64, 3, 9, 1000, 0),
                        TimerSpec.Entries.PER_TIMER),
                new QueueingSpec(
                        QueueingSpec.Discipline.FIFO,
                        5000,
                        64,
                        new QueueingSpec.BetweenBuckets(QueueingSpec.Discipline.FIFO, 5000)),
                new AssignerSpec("static", SECOND_NS, Policies.usual("static")),
                new TcpSpec("rfc", Map.of()),
                List.of(group()),
                List.of(),
                new OutputSpec(SECOND_NS, OutputSpec.Segments.NONE));
    }

    private ConnectionGroup group() {
        return new ConnectionGroup(
                "timers",
                CONNECTIONS,
                HostPort.parse("10.0.0.1:443"),
                new RemoteSpace(Prefix.parse("100.64.0.0/10"), 1024, 65_535),
                End.REMOTE,
                new Arrivals.At(0),
                new TcpSpec("rfc", Map.of()),
                new PathSpec(new DistributionSpec.Constant(0), 0.0, PathSpec.Link.NONE, List.of()),
                new Traffic.Synthetic(
                        new Traffic.Arming.Poisson(perSecond / CONNECTIONS),
                        new DistributionSpec.Constant(SECOND_NS / 10),
                        0.0,
                        service),
                ConnectionGroup.Closing.NEVER);
    }
}
