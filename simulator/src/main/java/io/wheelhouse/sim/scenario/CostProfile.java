package io.wheelhouse.sim.scenario;

import io.wheelhouse.timer.Cost;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the timer subsystem takes on a machine.
 *
 * @param operations the processor's time that each operation takes, in nanoseconds; every {@link Cost} has an entry
 * @param wakeUp how long a processor that had nothing to do takes to wake up, in nanoseconds; none of it is busy time
 */
public record CostProfile(Map<Cost, DistributionSpec> operations, DistributionSpec wakeUp) {

    /** Waking up takes no time. */
    public static final DistributionSpec AT_ONCE = new DistributionSpec.Constant(0);

    public CostProfile {
        Check.that(operations.size() == Cost.values().length, "operations", operations);
        Objects.requireNonNull(wakeUp, "wakeUp");
        operations = Collections.unmodifiableMap(new EnumMap<>(operations));
    }

    /** What an operation takes, in nanoseconds. */
    public DistributionSpec of(Cost operation) {
        return Objects.requireNonNull(operations.get(operation));
    }
}
