package io.wheelhouse.sim.scenario;

import io.wheelhouse.sim.scenario.ConnectionGroup.Closing;
import io.wheelhouse.sim.scenario.PathSpec.Direction;
import io.wheelhouse.sim.scenario.PathSpec.Link;
import io.wheelhouse.sim.scenario.PathSpec.Outage;
import io.wheelhouse.tcp.HostPort;
import java.util.List;

/** The keys of an item of {@code connections}. */
final class ConnectionTable {
    static final int MAX_CONNECTIONS = 100_000_000;
    private static final int MAX_OUTAGES = 10_000;
    private static final long MAX_LINK_RATE = 1_000_000_000_000L;
    private static final int MAX_LINK_QUEUE = 100_000;

    private ConnectionTable() {}

    private static final HostPort USUAL_LOCAL = HostPort.parse("10.0.0.1:443");
    private static final RemoteSpace USUAL_REMOTE = RemoteSpace.parse("100.64.0.0/10");

    private static final Key<Double> SHARE =
            Key.required("share", Types.fraction(), "fraction of the group's connections");
    private static final Key<Long> FROM = Key.required("from", Types.duration(0), "when it begins");
    private static final Key<Long> TO = Key.required("to", Types.duration(1), "when it ends");
    private static final Key<Direction> DIRECTION = Key.optional(
            "direction",
            Types.oneOf("a direction", Direction.class),
            Direction.BOTH,
            "up: what the local end sends is lost; down: what it would receive");

    private static final MappingType<Outage> OUTAGE = MappingType.<Outage>of("outage")
            .key(SHARE, Outage::share)
            .key(FROM, Outage::fromNs)
            .key(TO, Outage::toNs)
            .key(DIRECTION, Outage::direction)
            .check(scope -> Order.before(scope, FROM, TO))
            .make(scope -> new Outage(scope.get(SHARE), scope.get(FROM), scope.get(TO), scope.get(DIRECTION)));

    private static final Key<DistributionSpec> DELAY = Key.optional(
            "delay", DistributionTable.ofDurations(), new DistributionSpec.Constant(10_000_000), "one way");
    private static final Key<Double> LOSS =
            Key.optional("loss", Types.fraction(), 0.0, "fraction of segments lost, each by itself");
    private static final Key<Long> LINK_RATE = Key.optional(
            "rate",
            Types.whole(Quantity.BIT_RATE, 1, MAX_LINK_RATE).orWord("unlimited", Link.UNLIMITED),
            Link.UNLIMITED,
            "how fast the link sends, each way");
    private static final Key<Integer> LINK_QUEUE = Key.optional(
            "queue",
            Types.count(1, MAX_LINK_QUEUE),
            Link.USUAL_QUEUE_PACKETS,
            "how many packets may wait for the link, each way");
    private static final MappingType<Link> LINK_TYPE = MappingType.<Link>of("link")
            .key(LINK_RATE, Link::bitsPerSecond)
            .key(LINK_QUEUE, Link::queuePackets)
            .make(scope -> new Link(scope.get(LINK_RATE), scope.get(LINK_QUEUE)));
    private static final Key<Link> LINK = Key.section("link", LINK_TYPE, "a link that the connection has to itself");
    private static final Key<List<Outage>> OUTAGES = Key.optional(
            "outage",
            new ListType<>("outages", OUTAGE, 0, MAX_OUTAGES),
            List.of(),
            "times in which the paths of some connections lose everything");

    private static final MappingType<PathSpec> PATH_TYPE = MappingType.<PathSpec>of("path")
            .key(DELAY, PathSpec::delay)
            .key(LOSS, PathSpec::loss)
            .key(LINK, PathSpec::link)
            .key(OUTAGES, PathSpec::outages)
            .make(scope -> new PathSpec(scope.get(DELAY), scope.get(LOSS), scope.get(LINK), scope.get(OUTAGES)));

    private static final ChoiceType<Arrivals> ARRIVALS_TYPE = ChoiceType.<Arrivals>byOnlyKey("a kind of arrivals")
            .or("at", Arrivals.At.class, Types.duration(0).as(Arrivals.At::new, Arrivals.At::atNs))
            .or(
                    "uniform",
                    Arrivals.Uniform.class,
                    Types.duration(1).as(Arrivals.Uniform::new, Arrivals.Uniform::withinNs))
            .or(
                    "poisson",
                    Arrivals.Poisson.class,
                    TrafficTable.rate().as(Arrivals.Poisson::new, Arrivals.Poisson::perSecond));

    static final Key<String> NAME = Key.required("name", Types.groupName(), "names the group in results");
    private static final Key<Integer> COUNT =
            Key.required("count", Types.count(1, MAX_CONNECTIONS), "how many connections");
    private static final Key<HostPort> LOCAL =
            Key.optional("local", Types.hostPort(), USUAL_LOCAL, "address and port of the modeled host");
    private static final Key<RemoteSpace> REMOTE = Key.optional(
            "remote", Types.remoteSpace(), USUAL_REMOTE, "addresses, and port or range of ports, of the remote ends");
    private static final Key<End> OPENED_BY =
            Key.optional("opened-by", Types.oneOf("an end", End.class), End.REMOTE, "which end opens");
    private static final Key<Arrivals> ARRIVALS =
            Key.optional("arrivals", ARRIVALS_TYPE, new Arrivals.At(0), "when the connections open");
    private static final Key<TcpSpec> REMOTE_TCP = Key.derived(
            "remote-tcp",
            TcpTable.TYPE,
            scope -> scope.find(ScenarioTable.TCP),
            "the stack of the remote ends; if absent as the scenario's tcp");
    private static final Key<PathSpec> PATH =
            Key.section("path", PATH_TYPE, "the path between the two ends of a connection");
    static final Key<Traffic> TRAFFIC =
            Key.optional("traffic", TrafficTable.TYPE, new Traffic.Idle(), "what the applications do");
    private static final Key<Closing> CLOSE = Key.optional(
            "close",
            Types.oneOf("an answer to who closes", Closing.class),
            Closing.NEVER,
            "which end closes once the traffic is done");

    static final MappingType<ConnectionGroup> TYPE = MappingType.<ConnectionGroup>of("connections")
            .key(NAME, ConnectionGroup::name)
            .key(COUNT, ConnectionGroup::count)
            .key(LOCAL, ConnectionGroup::local)
            .key(REMOTE, ConnectionGroup::remote)
            .key(OPENED_BY, ConnectionGroup::openedBy)
            .key(ARRIVALS, ConnectionGroup::arrivals)
            .key(REMOTE_TCP, ConnectionGroup::remoteTcp)
            .key(PATH, ConnectionGroup::path)
            .key(TRAFFIC, ConnectionGroup::traffic)
            .key(CLOSE, ConnectionGroup::closing)
            .check(ConnectionTable::checkAddresses)
            .make(scope -> new ConnectionGroup(
                    scope.get(NAME),
                    scope.get(COUNT),
                    scope.get(LOCAL),
                    scope.get(REMOTE),
                    scope.get(OPENED_BY),
                    scope.get(ARRIVALS),
                    scope.get(REMOTE_TCP),
                    scope.get(PATH),
                    scope.get(TRAFFIC),
                    scope.get(CLOSE)));

    private static void checkAddresses(Scope scope) {
        Integer count = scope.find(COUNT);
        HostPort local = scope.find(LOCAL);
        RemoteSpace remote = scope.find(REMOTE);
        if (local == null || remote == null) {
            return;
        }
        if (local.address().isV6() != remote.prefix().isV6()) {
            scope.problem(scope.at(REMOTE, LOCAL), remote + " and the local " + local + " are not of one IP version");
            return;
        }
        long room = ConnectionGroup.tuples(local, remote, 0).size();
        if (count != null && count > room) {
            String message = remote + " has " + room + " addresses with ports, too few for " + count + " connections";
            scope.problem(scope.at(REMOTE, COUNT), message);
        }
    }
}
