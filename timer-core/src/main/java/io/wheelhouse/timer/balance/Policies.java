package io.wheelhouse.timer.balance;

import java.util.List;

/** The built-in assigner policies, by name. */
public final class Policies {
    private static final List<String> NAMES = List.of(SinglePolicy.NAME, StaticPolicy.NAME, ProportionalPolicy.NAME);

    private Policies() {}

    /** The names that {@link #create} knows. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Makes a policy.
     *
     * @throws IllegalArgumentException if there is no policy of that name
     */
    public static AssignerPolicy create(String name, PolicyParameters parameters) {
        return switch (name) {
            case SinglePolicy.NAME -> new SinglePolicy(parameters.index());
            case StaticPolicy.NAME -> new StaticPolicy(parameters.index());
            case ProportionalPolicy.NAME -> new ProportionalPolicy(parameters);
            default -> throw new IllegalArgumentException("no such policy: " + name + "; there are " + NAMES);
        };
    }
}
