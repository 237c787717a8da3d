package io.wheelhouse.sim.scenario;

import io.wheelhouse.timer.Cost;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** The keys of {@code host}. */
final class HostTable {
    static final int MAX_PROCESSORS = 1_024;
    private static final int MAX_BACKGROUND = 10_000;

    private HostTable() {}

    private static final EnumMap<Cost, Key<DistributionSpec>> COSTS = costs();

    private static EnumMap<Cost, Key<DistributionSpec>> costs() {
        EnumMap<Cost, Key<DistributionSpec>> costs = new EnumMap<>(Cost.class);
        for (Cost cost : Cost.values()) {
            DistributionSpec usual = new DistributionSpec.Constant(usualNs(cost));
            costs.put(cost, Key.optional(cost.key(), DistributionTable.ofDurations(), usual, doc(cost)));
        }
        return costs;
    }

    private static long usualNs(Cost cost) {
        return switch (cost) {
            case SEGMENT_IN -> 1_200;
            case SEGMENT_OUT -> 900;
            case EXPIRE -> 600;
            case ARM -> 25;
            case CANCEL -> 15;
            case SLOT_VISIT -> 5;
            case REFILE -> 20;
            case TICK -> 300;
            case MOVE -> 2_000;
        };
    }

    private static String doc(Cost cost) {
        return switch (cost) {
            case SEGMENT_IN -> "receiving one segment";
            case SEGMENT_OUT -> "sending one segment";
            case EXPIRE -> "one timer callback, without what it sends";
            case ARM -> "arming or re-arming a queue entry";
            case CANCEL -> "cancelling a queue entry";
            case SLOT_VISIT -> "looking at one slot of a wheel, or one entry of a structure without slots";
            case REFILE -> "filing an entry again: a cascade, or a stale entry";
            case TICK -> "one wake-up of a timer thread on its tick";
            case MOVE -> "giving up or taking over a bucket, charged to both threads";
        };
    }

    private static final Key<DistributionSpec> WAKE_UP = Key.optional(
            "wake-up",
            DistributionTable.ofDurations(),
            CostProfile.AT_ONCE,
            "from when a processor that has nothing to do gets a segment or an expiry until it begins with it, not busy;"
                    + " in live time, what it really is");

    private static MappingType<CostProfile> costsType() {
        MappingType.Builder<CostProfile> table = MappingType.of("costs");
        COSTS.forEach((cost, key) -> table.key(key, costs -> costs.of(cost)));
        table.key(WAKE_UP, CostProfile::wakeUp);
        return table.make(scope -> {
            EnumMap<Cost, DistributionSpec> costs = new EnumMap<>(Cost.class);
            COSTS.forEach((cost, key) -> costs.put(cost, scope.get(key)));
            return new CostProfile(costs, scope.get(WAKE_UP));
        });
    }

    private static final MappingType<CostProfile> COSTS_MAPPING = costsType();

    private static final Key<Integer> PROCESSOR =
            Key.required("processor", Types.count(0, MAX_PROCESSORS - 1), "which one, from 0");
    private static final Key<Double> LOAD =
            Key.required("load", Types.fraction(), "share of the processor's capacity that is in use otherwise");
    private static final Key<Long> FROM = Key.optional("from", Types.duration(0), 0L, "when it begins");
    private static final Key<Long> TO = Key.optional("to", Types.duration(1), Types.MAX_DURATION_NS, "when it ends");

    private static final MappingType<Background> BACKGROUND_ITEM = MappingType.<Background>of("background")
            .key(PROCESSOR, Background::processor)
            .key(LOAD, Background::load)
            .key(FROM, Background::fromNs)
            .key(TO, Background::untilNs)
            .check(scope -> Order.before(scope, FROM, TO))
            .make(scope -> new Background(scope.get(PROCESSOR), scope.get(LOAD), scope.get(FROM), scope.get(TO)));

    private static final MappingType<Offline> OFFLINE_ITEM = MappingType.<Offline>of("offline")
            .key(PROCESSOR, Offline::processor)
            .key(FROM, Offline::fromNs)
            .key(TO, Offline::untilNs)
            .check(scope -> Order.before(scope, FROM, TO))
            .make(scope -> new Offline(scope.get(PROCESSOR), scope.get(FROM), scope.get(TO)));

    static final Key<Integer> PROCESSORS =
            Key.optional("processors", Types.count(1, MAX_PROCESSORS), 1, "how many, each with one timer thread");
    static final Key<Long> TICK = Key.optional(
            "tick",
            Types.duration(1).orWord("none", Host.NO_TICK),
            1_000_000L,
            "period of a timer thread; none: timers fire at their own instant");
    private static final Key<CostProfile> COST_PROFILE = Key.derived(
            "costs",
            new FileOrMapping<>(COSTS_MAPPING, "a cost profile, as calibrate writes it"),
            COSTS_MAPPING::absent,
            "what each operation of the timer subsystem takes of a processor's time, or a file that says so");
    private static final Key<List<Background>> BACKGROUND = Key.optional(
            "background",
            new ListType<>("background loads", BACKGROUND_ITEM, 0, MAX_BACKGROUND),
            List.of(),
            "load on processors that is not the timer subsystem's");

    private static final Key<List<Offline>> OFFLINE = Key.optional(
            "offline",
            new ListType<>("times offline", OFFLINE_ITEM, 0, MAX_BACKGROUND),
            List.of(),
            "when processors are not there: removed at from, added at to");

    static final MappingType<Host> TYPE = MappingType.<Host>of("host")
            .key(PROCESSORS, Host::processors)
            .key(TICK, Host::tickNs)
            .key(COST_PROFILE, Host::costs)
            .key(BACKGROUND, Host::background)
            .key(OFFLINE, Host::offline)
            .check(scope -> checkProcessors(scope, BACKGROUND, Background::processor))
            .check(scope -> checkProcessors(scope, OFFLINE, Offline::processor))
            .check(HostTable::checkOffline)
            .make(scope -> new Host(
                    scope.get(PROCESSORS),
                    scope.get(TICK),
                    scope.get(COST_PROFILE),
                    scope.get(BACKGROUND),
                    scope.get(OFFLINE)));

    private static <V> void checkProcessors(Scope scope, Key<List<V>> key, ToIntFunction<V> processorOf) {
        Integer processors = scope.find(PROCESSORS);
        List<V> values = scope.find(key);
        Yaml node = scope.node(key);
        if (processors == null || values == null || node == null) {
            return;
        }
        List<Yaml> items = ListType.items(node);
        for (int i = 0; i < values.size(); i++) {
            int processor = processorOf.applyAsInt(values.get(i));
            if (processor >= processors) {
                Position at = Yaml.valueAt(items.get(i), PROCESSOR.name());
                scope.problem(at, noProcessor(Integer.toString(processor), processors));
            }
        }
    }

    private static void checkOffline(Scope scope) {
        List<Offline> times = scope.find(OFFLINE);
        Yaml node = scope.node(OFFLINE);
        if (times == null || node == null) {
            return;
        }
        Map<Integer, Long> untilNs = new HashMap<>();
        for (int i = 0; i < times.size(); i++) {
            Offline time = times.get(i);
            Long before = untilNs.put(time.processor(), time.untilNs());
            if (before != null && time.fromNs() < before) {
                Position at = Yaml.valueAt(ListType.items(node).get(i), FROM.name());
                scope.problem(at, "processor " + time.processor() + " is offline then already; times go forward");
            }
        }
    }

    static String noProcessor(String number, int processors) {
        return "there is no processor " + Text.quote(number) + "; they are numbered from 0 to " + (processors - 1);
    }
}
