package io.wheelhouse.sim.scenario;

import io.wheelhouse.timer.balance.PolicyParameters;
import java.util.Objects;

/**
 * The policy that says which thread owns which bucket.
 *
 * @param policy the name of a policy
 * @param intervalNs time between two assignments
 * @param parameters what the policy goes by; it takes those that it has
 */
public record AssignerSpec(String policy, long intervalNs, PolicyParameters parameters) {
    public AssignerSpec {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(parameters, "parameters");
        Check.that(intervalNs > 0, "intervalNs", intervalNs);
    }
}
