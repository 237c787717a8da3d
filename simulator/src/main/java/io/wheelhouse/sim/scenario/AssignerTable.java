package io.wheelhouse.sim.scenario;

import io.wheelhouse.timer.balance.ImbalanceIndex;
import io.wheelhouse.timer.balance.Policies;
import io.wheelhouse.timer.balance.PolicyParameters;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The keys of {@code assigner}. What stands for an absent parameter is the policy's own affair. */
final class AssignerTable {
    private static final double LEAST_DAMPING = 0.001;
    private static final int MOST_MOVES = 1_000_000;
    private static final int LONGEST_COOLDOWN = 1_000_000;
    private static final long USUAL_INTERVAL_NS = 100_000_000;
    /** One bucket a barrier for each idle thread is little, so the barriers come more often. */
    private static final long PULL_INTERVAL_NS = 10_000_000;

    private AssignerTable() {}

    private static final Key<String> POLICY = Key.optional(
            "policy",
            Types.word("an assigner policy", scope -> Policies.names()),
            "static",
            "which thread owns which bucket");
    private static final Key<ImbalanceIndex> INDEX = Key.derived(
            "index",
            Types.oneOf("an imbalance index", ImbalanceIndex.class),
            usual(PolicyParameters::index),
            "what proportional is in proportion to");
    private static final Key<Long> INTERVAL =
            Key.derived("interval", Types.duration(1), AssignerTable::usualIntervalNs, "time between two assignments");
    private static final Key<Double> DAMPING = Key.derived(
            "damping",
            Types.real(Quantity.NUMBER, LEAST_DAMPING, 1.0),
            usual(PolicyParameters::damping),
            "share of the planned change that is made (proportional)");
    private static final Key<Double> DEAD_BAND = Key.derived(
            "dead-band",
            Types.fraction(),
            usual(PolicyParameters::deadBand),
            "distance from the mean utilization below which nothing moves");
    private static final Key<Double> HYSTERESIS = Key.derived(
            "hysteresis",
            Types.real(Quantity.NUMBER, 0.0, 1.0),
            usual(PolicyParameters::hysteresis),
            "how far inside the dead band a processor is brought: 0 to its edge, 1 to the mean");
    private static final Key<Integer> MOVE_BUDGET = Key.derived(
            "move-budget",
            Types.count(1, MOST_MOVES).orWord("none", PolicyParameters.UNLIMITED),
            usual(PolicyParameters::moveBudget),
            "the most buckets that are moved at one barrier");
    private static final Key<Integer> COOLDOWN = Key.derived(
            "cooldown",
            Types.count(0, LONGEST_COOLDOWN),
            usual(PolicyParameters::cooldown),
            "for how many barriers a processor that took a bucket over takes no other");
    private static final Key<Map<String, String>> SET = Key.optional(
            "set",
            new SettingsType("settings with values, such as {gain: 0.3}"),
            Map.of(),
            "settings that only a policy of one's own has");

    static final MappingType<AssignerSpec> TYPE = MappingType.<AssignerSpec>of("assigner")
            .key(POLICY, AssignerSpec::policy)
            .key(INDEX, spec -> spec.parameters().index())
            .key(INTERVAL, AssignerSpec::intervalNs)
            .key(DAMPING, spec -> spec.parameters().damping())
            .key(DEAD_BAND, spec -> spec.parameters().deadBand())
            .key(HYSTERESIS, spec -> spec.parameters().hysteresis())
            .key(MOVE_BUDGET, spec -> spec.parameters().moveBudget())
            .key(COOLDOWN, spec -> spec.parameters().cooldown())
            .key(SET, spec -> spec.parameters().settings())
            .check(AssignerTable::checkSettings)
            .make(scope -> new AssignerSpec(scope.get(POLICY), scope.get(INTERVAL), parameters(scope)));

    private static <V> Function<Scope, @Nullable V> usual(Function<PolicyParameters, V> of) {
        return scope -> {
            String policy = scope.find(POLICY);
            return policy == null ? null : of.apply(Policies.usual(policy));
        };
    }

    private static Long usualIntervalNs(Scope scope) {
        return "pull".equals(scope.find(POLICY)) ? PULL_INTERVAL_NS : USUAL_INTERVAL_NS;
    }

    private static PolicyParameters parameters(Scope scope) {
        return new PolicyParameters(
                scope.get(INDEX),
                scope.get(DAMPING),
                scope.get(DEAD_BAND),
                scope.get(HYSTERESIS),
                scope.get(MOVE_BUDGET),
                scope.get(COOLDOWN),
                scope.get(SET));
    }

    private static void checkSettings(Scope scope) {
        String policy = scope.find(POLICY);
        if (policy == null || !(scope.node(SET) instanceof Yaml.Mapping settings)) {
            return;
        }
        List<String> known = Policies.settings(policy);
        int problemsBefore = scope.problemsFound();
        for (Yaml.Entry setting : settings.entries()) {
            String name = setting.key().text();
            if (!known.contains(name)) {
                String hint =
                        known.isEmpty() ? "; it has no settings" : Suggestions.didYouMean(name, Types.CHOOSE, known);
                scope.problem(
                        setting.key().at(), "the policy " + policy + " has no setting " + Text.quote(name) + hint);
            }
        }
        if (scope.problemsFound() == problemsBefore && scope.find(SET) != null) {
            tryOut(scope, policy);
        }
    }

    /** Only the policy knows which values its settings may have. */
    private static void tryOut(Scope scope, String policy) {
        Map<String, String> settings = scope.get(SET);
        PolicyParameters usual = Policies.usual(policy);
        try {
            Policies.create(
                    policy,
                    new PolicyParameters(
                            usual.index(),
                            usual.damping(),
                            usual.deadBand(),
                            usual.hysteresis(),
                            usual.moveBudget(),
                            usual.cooldown(),
                            settings));
        } catch (IllegalArgumentException e) {
            scope.problem(scope.at(SET), "the policy " + policy + ": " + e.getMessage());
        }
    }
}
