package io.wheelhouse.timer.balance;

import java.util.List;

/**
 * Brings a policy of one's own, found by {@link java.util.ServiceLoader}: the class needs a public constructor without
 * arguments, and its name a line in {@code META-INF/services/io.wheelhouse.timer.balance.AssignerPolicyProvider}.
 * Scenario files then refer to the policy by its name.
 *
 * <p>A policy made here is held to the same rules as the built-in ones ({@link AssignerPolicy}); buckets of an offline
 * processor are moved off before it is asked.
 */
public interface AssignerPolicyProvider {

    /** The policy's name in scenario files: lower-case words joined by hyphens, none of a built-in policy. */
    String name();

    /** The values of parameters that a scenario file does not name. */
    default PolicyParameters usual() {
        return PolicyParameters.usual();
    }

    /** The names that {@link PolicyParameters#settings} may hold. */
    default List<String> settings() {
        return List.of();
    }

    /**
     * Makes the policy for one run.
     *
     * @throws IllegalArgumentException if a parameter cannot be; the message says which and what it may be
     */
    AssignerPolicy create(PolicyParameters parameters);
}
