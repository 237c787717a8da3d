package io.wheelhouse.sim.scenario;

import io.wheelhouse.sim.scenario.Traffic.Arming;
import io.wheelhouse.sim.scenario.Traffic.Bulk;
import io.wheelhouse.sim.scenario.Traffic.Idle;
import io.wheelhouse.sim.scenario.Traffic.OnOff;
import io.wheelhouse.sim.scenario.Traffic.Push;
import io.wheelhouse.sim.scenario.Traffic.RequestResponse;
import io.wheelhouse.sim.scenario.Traffic.Synthetic;
import java.util.List;

/** The kinds of {@code traffic} and the keys of each. */
final class TrafficTable {
    /** Rates a second. */
    static final double MIN_RATE = 1e-6;

    static final double MAX_RATE = 1e9;

    private static final long MAX_BIT_RATE = 1_000_000_000_000L;

    private static final int MAX_PUSHES = 100_000;
    private static final int MAX_REQUESTS = 1_000_000_000;

    private TrafficTable() {}

    static final ChoiceType<Traffic> TYPE = ChoiceType.<Traffic>byKind("a kind of traffic")
            .or("idle", Idle.class, MappingType.<Idle>of("idle traffic").make(scope -> new Idle()))
            .or("push", Push.class, push())
            .or("request-response", RequestResponse.class, requestResponse())
            .or("bulk", Bulk.class, bulk())
            .or("on-off", OnOff.class, onOff())
            .or("synthetic", Synthetic.class, synthetic());

    private static Key<End> from(End usual, String doc) {
        return Key.optional("from", Types.oneOf("an end", End.class), usual, doc);
    }

    private static MappingType<Push> push() {
        ListType<Long> times = new ListType<>("times", Types.duration(0), 1, MAX_PUSHES);
        Key<List<Long>> at = Key.required("at", times, "when messages are written");
        Key<Long> spread =
                Key.optional("spread", Types.duration(0), 0L, "each connection is late by its own random part of this");
        Key<DistributionSpec> size = Key.required("size", DistributionTable.ofSizes(), "size of a message");
        Key<End> from = from(End.LOCAL, "who writes");
        return MappingType.<Push>of("push traffic")
                .key(at, Push::atNs)
                .key(spread, Push::spreadNs)
                .key(size, Push::size)
                .key(from, Push::from)
                .check(scope -> checkTimes(scope, at))
                .make(scope -> new Push(scope.get(at), scope.get(spread), scope.get(size), scope.get(from)));
    }

    private static void checkTimes(Scope scope, Key<List<Long>> at) {
        List<Long> times = scope.find(at);
        Yaml node = scope.node(at);
        if (times == null || node == null) {
            return;
        }
        for (int i = 1; i < times.size(); i++) {
            if (times.get(i) < times.get(i - 1)) {
                scope.problem(ListType.items(node).get(i).at(), "before the time in front of it; times go forward");
                return;
            }
        }
    }

    private static MappingType<RequestResponse> requestResponse() {
        Key<Integer> requests = Key.optional(
                "requests",
                Types.count(1, MAX_REQUESTS).orWord("unlimited", RequestResponse.UNLIMITED),
                RequestResponse.UNLIMITED,
                "how many requests a connection makes");
        Key<DistributionSpec> think = Key.optional(
                "think",
                DistributionTable.ofDurations(),
                new DistributionSpec.Constant(0),
                "pause between the end of a response and the next request");
        Key<DistributionSpec> request = Key.required("request", DistributionTable.ofSizes(), "size of a request");
        Key<DistributionSpec> response = Key.required("response", DistributionTable.ofSizes(), "size of a response");
        Key<End> from = from(End.REMOTE, "who writes the requests; the other end writes the responses");
        return MappingType.<RequestResponse>of("request-response traffic")
                .key(requests, RequestResponse::requests)
                .key(think, RequestResponse::think)
                .key(request, RequestResponse::request)
                .key(response, RequestResponse::response)
                .key(from, RequestResponse::from)
                .make(scope -> new RequestResponse(
                        scope.get(requests),
                        scope.get(think),
                        scope.get(request),
                        scope.get(response),
                        scope.get(from)));
    }

    private static MappingType<Bulk> bulk() {
        Key<DistributionSpec> size = Key.required("size", DistributionTable.ofSizes(), "size of the transfer");
        Key<End> from = from(End.LOCAL, "who writes");
        Key<Long> readAfter = Key.optional(
                "read-after",
                Types.duration(0),
                0L,
                "the receiver reads nothing before it has been connected for so long, so that its window may close");
        return MappingType.<Bulk>of("bulk traffic")
                .key(size, Bulk::size)
                .key(from, Bulk::from)
                .key(readAfter, Bulk::readAfterNs)
                .make(scope -> new Bulk(scope.get(size), scope.get(from), scope.get(readAfter)));
    }

    private static MappingType<OnOff> onOff() {
        Key<DistributionSpec> on =
                Key.required("on", DistributionTable.ofDurations(), "how long writing goes on, from its first write");
        Key<DistributionSpec> off =
                Key.required("off", DistributionTable.ofDurations(), "how long nothing is written then");
        Key<Long> rate =
                Key.required("rate", Types.whole(Quantity.BIT_RATE, 1, MAX_BIT_RATE), "how fast it writes while on");
        Key<Long> size = Key.required("size", Types.whole(Quantity.SIZE, 1, OnOff.SIZE_MAX), "bytes a write");
        Key<End> from = from(End.LOCAL, "who writes");
        return MappingType.<OnOff>of("on-off traffic")
                .key(on, OnOff::on)
                .key(off, OnOff::off)
                .key(rate, OnOff::rate)
                .key(size, OnOff::size)
                .key(from, OnOff::from)
                .make(scope ->
                        new OnOff(scope.get(on), scope.get(off), scope.get(rate), scope.get(size), scope.get(from)));
    }

    private static MappingType<Synthetic> synthetic() {
        ChoiceType<Arming> arming = ChoiceType.<Arming>byOnlyKey("an arrival process")
                .or("poisson", Arming.Poisson.class, rate().as(Arming.Poisson::new, Arming.Poisson::perSecond))
                .or(
                        "periodic",
                        Arming.Periodic.class,
                        Types.duration(1).as(Arming.Periodic::new, Arming.Periodic::intervalNs));
        Key<Arming> arrivals = Key.required("arrivals", arming, "when each connection arms a timer");
        Key<DistributionSpec> delay = Key.required("delay", DistributionTable.ofDurations(), "from arming to deadline");
        Key<Double> cancelled = Key.optional(
                "cancelled", Types.fraction(), 0.0, "share of the timers that is cancelled before they expire");
        Key<DistributionSpec> service = Key.optional(
                "service",
                DistributionTable.ofDurations(),
                new DistributionSpec.Constant(0),
                "time a callback takes, on top of the host's cost of one");
        return MappingType.<Synthetic>of("synthetic traffic")
                .key(arrivals, Synthetic::arrivals)
                .key(delay, Synthetic::delay)
                .key(cancelled, Synthetic::cancelled)
                .key(service, Synthetic::service)
                .make(scope ->
                        new Synthetic(scope.get(arrivals), scope.get(delay), scope.get(cancelled), scope.get(service)));
    }

    static ScalarType<Double> rate() {
        return Types.real(Quantity.RATE, MIN_RATE, MAX_RATE);
    }
}
