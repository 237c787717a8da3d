package io.wheelhouse.sim.scenario;

import io.wheelhouse.sim.scenario.DistributionSpec.Constant;
import io.wheelhouse.sim.scenario.DistributionSpec.Empirical;
import io.wheelhouse.sim.scenario.DistributionSpec.Exponential;
import io.wheelhouse.sim.scenario.DistributionSpec.Lognormal;
import io.wheelhouse.sim.scenario.DistributionSpec.Normal;
import io.wheelhouse.sim.scenario.DistributionSpec.Pareto;
import io.wheelhouse.sim.scenario.DistributionSpec.Point;
import io.wheelhouse.sim.scenario.DistributionSpec.Uniform;
import io.wheelhouse.sim.scenario.TimerSpec.Structure;
import io.wheelhouse.tcp.HostPort;
import io.wheelhouse.tcp.IpAddress;
import io.wheelhouse.tcp.Prefix;
import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.balance.ImbalanceIndex;
import io.wheelhouse.timer.balance.Policies;
import io.wheelhouse.timer.balance.PolicyParameters;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Draws scenarios that use everything a scenario can hold. */
final class RandomScenario {
    private static final long MAX_NS = 1_000_000_000_000_000L;
    private static final List<String> TEXTS = List.of(
            "",
            "~",
            "null",
            "true",
            "1e3",
            "- x",
            "a: b",
            "# no",
            "it's",
            "\"",
            "{",
            "[1]",
            "&a",
            "*a",
            "!x",
            " pad ",
            "%",
            "@",
            "`",
            "|",
            ">",
            "é ± 日本 \uD83D\uDE00",
            "trailing:",
            "a #b",
            "0x1F",
            "back\\slash",
            "? q",
            "---");

    private final SplittableRandom random;
    private boolean isSynthetic;

    RandomScenario(long seed) {
        random = new SplittableRandom(seed);
    }

    Scenario scenario() {
        long durationNs = 1 + duration();
        Host host = host();
        int groups = 1 + random.nextInt(3);
        isSynthetic = random.nextInt(4) == 0;
        return new Scenario(
                "s" + random.nextInt(1_000),
                of(TEXTS),
                random.nextLong(),
                durationNs,
                random.nextLong(durationNs),
                host,
                new HashSpec(of(HashSpec.Function.values()), 1 + random.nextInt(65_536)),
                timers(),
                queueing(),
                new AssignerSpec(of(Policies.names().toArray(String[]::new)), 1 + duration(), parameters()),
                tcp(),
                list(groups, this::group),
                list(random.nextInt(3), i -> expectation()),
                new OutputSpec(1 + duration(), OutputSpec.Segments.NONE));
    }

    private QueueingSpec queueing() {
        QueueingSpec.Discipline between = of(QueueingSpec.Discipline.BETWEEN_BUCKETS);
        return new QueueingSpec(
                of(QueueingSpec.Discipline.values()),
                1 + duration(),
                random.nextInt(1_000_001),
                new QueueingSpec.BetweenBuckets(between, 1 + duration()));
    }

    private PolicyParameters parameters() {
        return new PolicyParameters(
                of(ImbalanceIndex.values()),
                0.001 + 0.999 * random.nextDouble(),
                random.nextDouble(),
                random.nextDouble(),
                random.nextBoolean() ? PolicyParameters.UNLIMITED : 1 + random.nextInt(1_000),
                random.nextInt(10),
                Map.of());
    }

    private Host host() {
        int processors = 1 + random.nextInt(1_024);
        Map<Cost, DistributionSpec> costs = new EnumMap<>(Cost.class);
        for (Cost cost : Cost.values()) {
            costs.put(cost, distribution(MAX_NS));
        }
        List<Background> background = list(random.nextInt(3), i -> {
            long fromNs = duration();
            return new Background(random.nextInt(processors), random.nextDouble(), fromNs, fromNs + 1 + duration());
        });
        List<Offline> offline = list(random.nextInt(3), i -> {
            long fromNs = duration();
            return new Offline(i % processors, fromNs, fromNs + 1 + duration());
        });
        if (processors == 1 && offline.size() > 1) {
            offline = offline.subList(0, 1);
        }
        long tickNs = random.nextBoolean() ? Host.NO_TICK : 1 + duration();
        return new Host(processors, tickNs, new CostProfile(costs, distribution(MAX_NS)), background, offline);
    }

    private TimerSpec timers() {
        long granuleNs = 1 + random.nextLong(10_000_000);
        TimerSpec.Shape shape = new TimerSpec.Shape(
                2 + random.nextInt(65_535),
                1 + random.nextInt(4),
                1 + random.nextInt(9),
                granuleNs,
                random.nextLong(granuleNs));
        Structure structure = of(Fixture.CATALOGS.structures());
        return new TimerSpec(structure, shape, of(TimerSpec.Entries.values()));
    }

    private TcpSpec tcp() {
        String profile = of(Fixture.CATALOGS.tcp().profiles());
        Map<String, String> set = new LinkedHashMap<>();
        for (String constant : Fixture.CATALOGS.tcp().constants(profile)) {
            if (random.nextBoolean()) {
                set.put(constant, Integer.toString(random.nextInt(1_000)));
            }
        }
        return new TcpSpec(profile, set);
    }

    private ConnectionGroup group(int number) {
        boolean isV6 = random.nextBoolean();
        IpAddress local = isV6 ? IpAddress.v6(random.nextLong(), random.nextLong()) : IpAddress.v4(random.nextInt());
        int length = isV6 ? random.nextInt(65) : random.nextInt(17);
        long mask = length == 0 ? 0 : -1L << (64 - length);
        IpAddress first = isV6
                ? IpAddress.v6(random.nextLong() & mask, 0)
                : IpAddress.v4((int) ((random.nextLong() & mask) >>> 32));
        int portFrom = 1 + random.nextInt(65_535);
        return new ConnectionGroup(
                "group" + number,
                1 + random.nextInt(65_536),
                new HostPort(local, 1 + number),
                new RemoteSpace(new Prefix(first, length), portFrom, portFrom + random.nextInt(65_536 - portFrom)),
                of(End.values()),
                arrivals(),
                tcp(),
                new PathSpec(distribution(MAX_NS), random.nextDouble(), link(), list(random.nextInt(3), i -> outage())),
                traffic(),
                of(ConnectionGroup.Closing.values()));
    }

    private Arrivals arrivals() {
        return pick(
                () -> new Arrivals.At(duration()),
                () -> new Arrivals.Uniform(1 + duration()),
                () -> new Arrivals.Poisson(rate()));
    }

    private PathSpec.Link link() {
        return pick(
                () -> PathSpec.Link.NONE,
                () -> new PathSpec.Link(1 + random.nextInt(2_000_000_000), 1 + random.nextInt(100_000)));
    }

    private PathSpec.Outage outage() {
        long fromNs = duration();
        return new PathSpec.Outage(
                random.nextDouble(), fromNs, fromNs + 1 + duration(), of(PathSpec.Direction.values()));
    }

    private Traffic traffic() {
        return isSynthetic ? syntheticTraffic() : tcpTraffic();
    }

    private Traffic tcpTraffic() {
        return pick(
                Traffic.Idle::new,
                () -> new Traffic.Push(
                        list(1 + random.nextInt(5), i -> duration()).stream()
                                .sorted()
                                .toList(),
                        duration(),
                        size(),
                        of(End.values())),
                () -> new Traffic.RequestResponse(
                        random.nextBoolean() ? Traffic.RequestResponse.UNLIMITED : 1 + random.nextInt(1_000_000_000),
                        distribution(MAX_NS),
                        size(),
                        size(),
                        of(End.values())),
                () -> new Traffic.Bulk(size(), of(End.values()), duration()),
                () -> new Traffic.OnOff(
                        distribution(MAX_NS),
                        distribution(MAX_NS),
                        1 + random.nextInt(2_000_000_000),
                        1 + random.nextInt(1 << 30),
                        of(End.values())));
    }

    private Traffic syntheticTraffic() {
        return new Traffic.Synthetic(
                pick(() -> new Traffic.Arming.Poisson(rate()), () -> new Traffic.Arming.Periodic(1 + duration())),
                distribution(MAX_NS),
                random.nextDouble(),
                distribution(MAX_NS));
    }

    private Expectation expectation() {
        boolean isNarrowed = random.nextBoolean();
        return new Expectation(
                isNarrowed ? "retransmissions{group=group0} >= 300k" : "lateness.synthetic.queueing.mean = 1us ± 50%",
                isNarrowed ? "retransmissions" : "lateness.synthetic.queueing.mean",
                isNarrowed ? Map.of("group", "group0") : Map.of(),
                isNarrowed ? Expectation.Operator.AT_LEAST : Expectation.Operator.EQUAL,
                isNarrowed ? 300_000.0 : 1_000.0,
                isNarrowed ? 0.0 : 500.0,
                Position.whole("drawn"));
    }

    private DistributionSpec size() {
        return distribution(1L << 40);
    }

    /** A distribution of values from 1 to a limit. */
    private DistributionSpec distribution(long limit) {
        long one = 1 + magnitude(limit - 1);
        long other = 1 + magnitude(limit - 1);
        return pick(
                () -> new Constant(one),
                () -> new Uniform(Math.min(one, other), Math.max(one, other)),
                () -> new Exponential(one),
                () -> new Normal(one, other),
                () -> new Lognormal(one, 10 * random.nextDouble()),
                () -> new Pareto(one, 0.01 + random.nextDouble()),
                () -> empirical(limit));
    }

    private Empirical empirical(long limit) {
        List<Point> points = new ArrayList<>();
        long value = 1;
        double cumulative = 0.0;
        for (int i = random.nextInt(20); i > 0; i--) {
            value += magnitude((limit - value) / 2);
            cumulative += (1.0 - cumulative) * random.nextDouble();
            points.add(new Point(value, cumulative));
        }
        points.add(new Point(limit, 1.0));
        return new Empirical(points);
    }

    private long duration() {
        return magnitude(MAX_NS);
    }

    private double rate() {
        return 1e-6 + random.nextDouble() * StrictMath.pow(10, random.nextInt(9));
    }

    /** Numbers of all lengths, round ones often. */
    private long magnitude(long limit) {
        long number = random.nextLong(limit + 1) >>> random.nextInt(50);
        long round = (long) StrictMath.pow(10, random.nextInt(10));
        return random.nextBoolean() ? number : Math.min(limit, number / round * round);
    }

    private <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private <T> T of(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    @SafeVarargs
    private <T> T pick(Supplier<? extends T>... choices) {
        return choices[random.nextInt(choices.length)].get();
    }

    private static <T> List<T> list(int size, IntFunction<T> item) {
        return IntStream.range(0, size).mapToObj(item).toList();
    }
}
