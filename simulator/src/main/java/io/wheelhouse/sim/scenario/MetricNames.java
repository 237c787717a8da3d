package io.wheelhouse.sim.scenario;

import java.util.List;

/**
 * The metrics that an expectation may name. Reading checks expectations against it, so that one that names nothing is an
 * error in the scenario and not a surprise after the run.
 */
public interface MetricNames {

    /** All the names, without duplicates, in an order that does not change. */
    List<String> names();

    /** Whether there is a metric of that name. */
    default boolean contains(String name) {
        return names().contains(name);
    }

    /**
     * What the values of a metric are.
     *
     * @param name one of {@link #names()}
     */
    Quantity quantity(String name);

    /**
     * The labels that may narrow a metric. The values of {@code group} and {@code processor} are checked against the
     * scenario; those of others are taken as they are.
     *
     * @param name one of {@link #names()}
     */
    List<String> labels(String name);
}
