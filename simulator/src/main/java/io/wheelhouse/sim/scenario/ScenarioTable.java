package io.wheelhouse.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of a scenario file, and of those of its mappings that are too small for a table of their own. */
final class ScenarioTable {
    private static final int MAX_BUCKETS = 65_536;
    private static final int MAX_GROUPS = 1_000;
    private static final int MAX_EXPECTATIONS = 1_000;

    private ScenarioTable() {}

    private static final Key<HashSpec.Function> FUNCTION = Key.optional(
            "function",
            Types.oneOf("a flow hash", HashSpec.Function.class),
            HashSpec.Function.TOEPLITZ,
            "the flow hash");
    private static final Key<Integer> BUCKETS =
            Key.optional("buckets", Types.count(1, MAX_BUCKETS), 1_024, "number of buckets, fixed for the run");

    private static final MappingType<HashSpec> HASH_TYPE = MappingType.<HashSpec>of("hash")
            .key(FUNCTION, HashSpec::function)
            .key(BUCKETS, HashSpec::buckets)
            .make(scope -> new HashSpec(scope.get(FUNCTION), scope.get(BUCKETS)));

    private static final Key<Long> OUTPUT_INTERVAL =
            Key.optional("interval", Types.duration(1), 100_000_000L, "time that a row of the time series stands for");

    private static final Key<Integer> FIRST = Key.optional(
            "first",
            Types.count(0, ConnectionTable.MAX_CONNECTIONS),
            0,
            "so many of the first connections of each group");
    private static final Key<Integer> EVERY = Key.optional(
            "every", Types.count(0, ConnectionTable.MAX_CONNECTIONS), 0, "one connection in so many; 0 for none");
    private static final MappingType<OutputSpec.Segments> SEGMENTS_TYPE = MappingType.<OutputSpec.Segments>of(
                    "segments")
            .key(FIRST, OutputSpec.Segments::first)
            .key(EVERY, OutputSpec.Segments::every)
            .make(scope -> new OutputSpec.Segments(scope.get(FIRST), scope.get(EVERY)));
    private static final Key<OutputSpec.Segments> SEGMENTS =
            Key.section("segments", SEGMENTS_TYPE, "the connections whose segments are saved, as segments.pcapng");

    private static final MappingType<OutputSpec> OUTPUT_TYPE = MappingType.<OutputSpec>of("output")
            .key(OUTPUT_INTERVAL, OutputSpec::intervalNs)
            .key(SEGMENTS, OutputSpec::segments)
            .make(scope -> new OutputSpec(scope.get(OUTPUT_INTERVAL), scope.get(SEGMENTS)));

    private static final Key<String> NAME =
            Key.required("name", Types.name(), "names the scenario and its output folder");
    private static final Key<String> DESCRIPTION =
            Key.optional("description", Types.line(), "", "what it shows, in one line");
    private static final Key<Long> SEED = Key.optional("seed", Types.seed(), 1L, "what all random draws are made from");
    private static final Key<Long> DURATION =
            Key.required("duration", Types.duration(1), "how long the run lasts, in virtual time");
    private static final Key<Long> WARMUP =
            Key.optional("warmup", Types.duration(0), 0L, "cut from lateness and utilization, never from the laws");
    static final Key<Host> HOST = Key.section("host", HostTable.TYPE, "the modeled machine");
    private static final Key<HashSpec> HASH = Key.section("hash", HASH_TYPE, "how connections become buckets");
    private static final Key<TimerSpec> TIMERS =
            Key.section("timers", TimerTable.TYPE, "the structure that keeps the timers");
    private static final Key<QueueingSpec> QUEUEING =
            Key.section("queueing", QueueingTable.TYPE, "how the connections of a bucket share the processor");
    private static final Key<AssignerSpec> ASSIGNER =
            Key.section("assigner", AssignerTable.TYPE, "the policy that says which thread owns which bucket");
    static final Key<TcpSpec> TCP = Key.section("tcp", TcpTable.TYPE, "the stack of the modeled host");
    static final Key<List<ConnectionGroup>> CONNECTIONS = Key.required(
            "connections",
            new ListType<>("groups of connections", ConnectionTable.TYPE, 1, MAX_GROUPS),
            "groups of connections that are alike");
    private static final Key<List<Expectation>> EXPECT = Key.optional(
            "expect",
            new ListType<>("expectations", ExpectationParser.type(), 0, MAX_EXPECTATIONS),
            List.of(),
            "what the run must show");
    private static final Key<OutputSpec> OUTPUT = Key.section("output", OUTPUT_TYPE, "what the output folder holds");

    static final MappingType<Scenario> TYPE = MappingType.<Scenario>of("the scenario")
            .key(NAME, Scenario::name)
            .key(DESCRIPTION, Scenario::description)
            .key(SEED, Scenario::seed)
            .key(DURATION, Scenario::durationNs)
            .key(WARMUP, Scenario::warmupNs)
            .key(HOST, Scenario::host)
            .key(HASH, Scenario::hash)
            .key(TIMERS, Scenario::timers)
            .key(QUEUEING, Scenario::queueing)
            .key(ASSIGNER, Scenario::assigner)
            .key(TCP, Scenario::tcp)
            .key(CONNECTIONS, Scenario::connections)
            .key(EXPECT, Scenario::expect)
            .key(OUTPUT, Scenario::output)
            .check(scope -> Order.below(scope, WARMUP, DURATION))
            .check(ScenarioTable::checkGroups)
            .make(ScenarioTable::scenario);

    private static Scenario scenario(Scope scope) {
        return new Scenario(
                scope.get(NAME),
                scope.get(DESCRIPTION),
                scope.get(SEED),
                scope.get(DURATION),
                scope.get(WARMUP),
                scope.get(HOST),
                scope.get(HASH),
                scope.get(TIMERS),
                scope.get(QUEUEING),
                scope.get(ASSIGNER),
                scope.get(TCP),
                scope.get(CONNECTIONS),
                scope.get(EXPECT),
                scope.get(OUTPUT));
    }

    private static boolean isSynthetic(ConnectionGroup group) {
        return group.traffic() instanceof Traffic.Synthetic;
    }

    private static void checkGroups(Scope scope) {
        List<ConnectionGroup> groups = scope.find(CONNECTIONS);
        Yaml node = scope.node(CONNECTIONS);
        if (groups == null || node == null) {
            return;
        }
        List<Yaml> items = ListType.items(node);
        Map<String, ConnectionGroup> byName = new LinkedHashMap<>();
        List<ConnectionGroup> before = new ArrayList<>();
        long count = 0;
        for (int i = 0; i < groups.size(); i++) {
            ConnectionGroup group = groups.get(i);
            if (byName.put(group.name(), group) != null) {
                Position at = Yaml.valueAt(items.get(i), ConnectionTable.NAME.name());
                scope.problem(at, "a second group of the name " + Text.quote(group.name()));
            }
            if (isSynthetic(group) != isSynthetic(groups.get(0))) {
                Position at = Yaml.valueAt(items.get(i), ConnectionTable.TRAFFIC.name());
                scope.problem(at, "synthetic timers and TCP traffic cannot be mixed in one scenario");
            }
            checkSharing(scope, group, before, items.get(i));
            before.add(group);
            count += group.count();
        }
        if (count > ConnectionTable.MAX_CONNECTIONS) {
            scope.problem(
                    node.at(),
                    count + " connections in all groups; at most " + ConnectionTable.MAX_CONNECTIONS
                            + " can be modeled");
        }
    }

    /** No 4-tuple may belong to two groups. */
    private static void checkSharing(Scope scope, ConnectionGroup group, List<ConnectionGroup> before, Yaml node) {
        for (ConnectionGroup other : before) {
            if (group.tuples(0).overlaps(other.tuples(0))) {
                scope.problem(
                        Yaml.valueAt(node, "remote"),
                        "the groups " + other.name() + " and " + group.name() + " share connection parameters: "
                                + other.remote() + " and " + group.remote() + " overlap at the local " + group.local());
                return;
            }
        }
    }

    /** The names of the groups, as far as they can be read: for messages even where a group is wrong otherwise. */
    static List<String> groupNames(Scope scope) {
        Yaml node = scope.node(CONNECTIONS);
        List<String> names = new ArrayList<>();
        for (Yaml item : node == null ? List.<Yaml>of() : ListType.items(node)) {
            Yaml.Entry name = item instanceof Yaml.Mapping mapping ? mapping.entry("name") : null;
            if (name != null && name.value() instanceof Yaml.Scalar scalar) {
                names.add(scalar.text());
            }
        }
        return names;
    }
}
