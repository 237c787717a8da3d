package io.wheelhouse.timer.balance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The assigner policies, by name: the built-in ones, and those that {@link ServiceLoader} finds. */
public final class Policies {
    private static final List<AssignerPolicyProvider> BUILT_IN = List.of(
            new BuiltIn(SinglePolicy.NAME, PolicyParameters.usual()),
            new BuiltIn(StaticPolicy.NAME, PolicyParameters.usual()),
            new BuiltIn(ProportionalPolicy.NAME, PolicyParameters.usual()),
            new BuiltIn(TriggerBandPolicy.NAME, PolicyParameters.usual()),
            new BuiltIn(LptPolicy.NAME, PolicyParameters.usual()),
            new BuiltIn(BisectPolicy.NAME, BisectPolicy.usual()),
            new BuiltIn(WeightedMovePolicy.NAME, WeightedMovePolicy.usual()),
            new BuiltIn(PullPolicy.NAME, PolicyParameters.usual()));

    private static final Map<String, AssignerPolicyProvider> PROVIDERS = Collections.unmodifiableMap(providers());

    private Policies() {}

    private record BuiltIn(String name, PolicyParameters usual) implements AssignerPolicyProvider {
        @Override
        public List<String> settings() {
            return name.equals(ProportionalPolicy.NAME) ? List.of(ProportionalPolicy.RELEASE) : List.of();
        }

        @Override
        public AssignerPolicy create(PolicyParameters parameters) {
            return switch (name) {
                case SinglePolicy.NAME -> new SinglePolicy(parameters.index());
                case StaticPolicy.NAME -> new StaticPolicy(parameters.index());
                case ProportionalPolicy.NAME -> new ProportionalPolicy(parameters);
                case TriggerBandPolicy.NAME -> new TriggerBandPolicy(parameters);
                case LptPolicy.NAME -> new LptPolicy(parameters);
                case BisectPolicy.NAME -> new BisectPolicy(parameters);
                case WeightedMovePolicy.NAME -> new WeightedMovePolicy(parameters);
                case PullPolicy.NAME -> new PullPolicy(parameters);
                default -> throw new AssertionError(name);
            };
        }
    }

    /** The built-in ones in their order, then the others by name, whatever order they are found in. */
    private static Map<String, AssignerPolicyProvider> providers() {
        Map<String, AssignerPolicyProvider> all = new LinkedHashMap<>();
        BUILT_IN.forEach(provider -> all.put(provider.name(), provider));
        List<AssignerPolicyProvider> found = new ArrayList<>();
        ServiceLoader.load(AssignerPolicyProvider.class).forEach(found::add);
        found.sort(Comparator.comparing(AssignerPolicyProvider::name));
        for (AssignerPolicyProvider provider : found) {
            AssignerPolicyProvider before = all.putIfAbsent(provider.name(), provider);
            if (before != null) {
                throw new IllegalStateException("two assigner policies are called " + provider.name() + ": "
                        + before.getClass().getName() + " and "
                        + provider.getClass().getName());
            }
        }
        return all;
    }

    /** The names that {@link #create} knows. */
    public static List<String> names() {
        return List.copyOf(PROVIDERS.keySet());
    }

    /** Whether a policy never moves a bucket, not even off a processor that is offline. */
    static boolean neverMoves(String name) {
        return name.equals(SinglePolicy.NAME) || name.equals(StaticPolicy.NAME);
    }

    /** The parameters of a policy where nothing else is said. */
    public static PolicyParameters usual(String name) {
        return provider(name).usual();
    }

    /** The names that the settings of a policy may have; of the built-in ones only {@code proportional} has any. */
    public static List<String> settings(String name) {
        return provider(name).settings();
    }

    /**
     * Makes a policy. All but {@code single} and {@code static} move buckets off processors that are offline.
     *
     * @throws IllegalArgumentException if there is no policy of that name, or it cannot have these parameters
     */
    public static AssignerPolicy create(String name, PolicyParameters parameters) {
        AssignerPolicy policy = provider(name).create(parameters);
        return neverMoves(name) ? policy : new EvacuatingPolicy(policy, parameters.index());
    }

    private static AssignerPolicyProvider provider(String name) {
        AssignerPolicyProvider provider = PROVIDERS.get(name);
        if (provider == null) {
            throw new IllegalArgumentException("no such policy: " + name + "; there are " + names());
        }
        return provider;
    }
}
