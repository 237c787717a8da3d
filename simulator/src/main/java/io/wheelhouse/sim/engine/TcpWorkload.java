package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.sim.scenario.ConnectionGroup;
import io.wheelhouse.sim.scenario.End;
import io.wheelhouse.sim.scenario.PathSpec;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.TcpSpec;
import io.wheelhouse.sim.traffic.Applications;
import io.wheelhouse.sim.traffic.Distributions;
import io.wheelhouse.tcp.Application;
import io.wheelhouse.tcp.CensusVisitor;
import io.wheelhouse.tcp.EntrySharing;
import io.wheelhouse.tcp.Side;
import io.wheelhouse.tcp.TcpBucketWork;
import io.wheelhouse.tcp.TcpConfig;
import io.wheelhouse.tcp.TcpGroup;
import io.wheelhouse.tcp.TcpStack;
import io.wheelhouse.tcp.TcpState;
import io.wheelhouse.tcp.TcpTimer;
import io.wheelhouse.tcp.path.Link;
import io.wheelhouse.tcp.path.Outage;
import io.wheelhouse.tcp.path.Path;
import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.timer.bucket.BucketWork;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.UnaryOperator;

/** TCP connections, both ends. */
final class TcpWorkload implements Workload {
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IPV6_HEADER_BYTES = 40;

    private final Population population;
    private final UnaryOperator<Application> applications;
    private final TcpConfig config;
    private final IdentityHashMap<ProcessorObserver, TcpStack> stacks = new IdentityHashMap<>();

    TcpWorkload(Scenario scenario, Population population, UnaryOperator<Application> applications) {
        this.population = population;
        this.applications = applications;
        List<TcpGroup> groups = new ArrayList<>();
        for (int group = 0; group < scenario.connections().size(); group++) {
            groups.add(group(scenario, group));
        }
        EntrySharing entries = EntrySharing.valueOf(scenario.timers().entries().name());
        config = new TcpConfig(scenario.seed(), groups, entries);
    }

    private TcpGroup group(Scenario scenario, int number) {
        ConnectionGroup spec = scenario.connections().get(number);
        return new TcpGroup(
                spec.name(),
                profile(scenario.tcp()),
                profile(spec.remoteTcp()),
                path(spec, scenario.seed()),
                population.space(number),
                applications.apply(Applications.of(spec, scenario.seed())),
                true,
                spec.openedBy() == End.LOCAL ? Side.LOCAL : Side.REMOTE);
    }

    private static Profile profile(TcpSpec spec) {
        return Profile.named(spec.profile()).with(spec.set());
    }

    private static Path path(ConnectionGroup group, long seed) {
        PathSpec spec = group.path();
        List<Outage> outages = spec.outages().stream()
                .map(outage -> new Outage(
                        outage.share(),
                        outage.fromNs(),
                        outage.toNs(),
                        outage.direction() != PathSpec.Direction.DOWN,
                        outage.direction() != PathSpec.Direction.UP))
                .toList();
        Path path = Path.of(seed, Distributions.of(spec.delay()))
                .withLoss(spec.loss(), spec.loss())
                .withOutages(outages);
        if (spec.link().bitsPerSecond() == PathSpec.Link.UNLIMITED) {
            return path;
        }
        int headerBytes = group.local().address().isV6() ? IPV6_HEADER_BYTES : IPV4_HEADER_BYTES;
        return path.withLink(new Link(spec.link().bitsPerSecond(), spec.link().queuePackets(), headerBytes));
    }

    @Override
    public BucketWork newWork(ProcessorObserver observer) {
        return new TcpBucketWork(stackOf(observer));
    }

    @Override
    public void attach(TimerBucket bucket) {
        work(bucket).attach(bucket);
    }

    @Override
    public void open(TimerBucket bucket, int group, int index, long atNs) {
        work(bucket).open(group, population.number(group, index), atNs);
    }

    @Override
    public void observer(TimerBucket bucket, ProcessorObserver observer) {
        work(bucket).stack(stackOf(observer));
    }

    /** Each processor has a stack, and an observer that it reports to. */
    private TcpStack stackOf(ProcessorObserver observer) {
        synchronized (stacks) {
            return stacks.computeIfAbsent(observer, reportsTo -> {
                TcpStack stack = new TcpStack(config);
                stack.observer(reportsTo);
                return stack;
            });
        }
    }

    @Override
    public void settle(TimerBucket bucket) {
        work(bucket).settle();
    }

    @Override
    public int groupOf(TimerBucket bucket, int connection) {
        return work(bucket).groupOf(connection);
    }

    @Override
    public void count(TimerBucket bucket, long nowNs, Census census) {
        TcpBucketWork work = work(bucket);
        census.addConnections(work.connections());
        census.addSegments(work.segmentsInFlight(), work.segmentsQueued());
        work.census(nowNs, new CensusVisitor() {
            @Override
            public void connection(int group, TcpState local, TcpState remote) {
                if (local == TcpState.ESTABLISHED) {
                    census.openByGroup[group]++;
                }
            }

            @Override
            public void pending(TcpTimer timer, int group) {
                census.pendingByLane[Lane.of(timer).index()]++;
            }

            @Override
            public void overdue(TcpTimer timer, int group, long ageNs) {
                census.addOverdue(ageNs);
            }

            @Override
            public void lost(TcpTimer timer, int group) {
                census.addTimersWithoutEntry(1);
            }
        });
    }

    private static TcpBucketWork work(TimerBucket bucket) {
        return (TcpBucketWork) bucket.work();
    }
}
