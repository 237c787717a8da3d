package io.wheelhouse.sim.scenario;

import java.util.Objects;

/**
 * How the connections of one bucket share the processor.
 *
 * @param quantumNs processor time a connection may use in its turn; {@code fifo} has no turns and does not look at it
 */
public record QueueingSpec(Discipline discipline, long quantumNs) {

    /** The queue disciplines. */
    public enum Discipline {
        /** First come, first served. */
        FIFO,
        /** Deficit round robin. */
        DRR
    }

    public QueueingSpec {
        Objects.requireNonNull(discipline, "discipline");
        Check.that(quantumNs > 0, "quantumNs", quantumNs);
    }
}
