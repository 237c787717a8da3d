package io.wheelhouse.sim.scenario;

import java.util.List;
import java.util.Objects;

/**
 * How the connections of one bucket share the processor, and how its buckets do. A discipline takes those parameters that
 * it has.
 *
 * @param quantumNs processor time a connection may use in its turn
 * @param backlog how many packets and callbacks may wait in a bucket before {@code flow-limit} drops any
 */
public record QueueingSpec(Discipline discipline, long quantumNs, int backlog, BetweenBuckets betweenBuckets) {

    /** The queue disciplines. */
    public enum Discipline {
        /** First come, first served. */
        FIFO,
        /** Deficit round robin: turns of a quantum. */
        DRR,
        /** Start-time fair queueing: whoever has got least so far. */
        SFQ,
        /** First come, first served; above a backlog, packets of whoever brings most of them are dropped. */
        FLOW_LIMIT;

        /** Those that can say which bucket of a run queue is next: a bucket cannot be dropped. */
        static final List<Discipline> BETWEEN_BUCKETS = List.of(FIFO, DRR, SFQ);
    }

    /**
     * How the buckets of a run queue share the processor. With {@code fifo} they take turns, a packet or callback each.
     *
     * @param quantumNs processor time a bucket may use in its turn
     */
    public record BetweenBuckets(Discipline discipline, long quantumNs) {
        public BetweenBuckets {
            Objects.requireNonNull(discipline, "discipline");
            Check.that(Discipline.BETWEEN_BUCKETS.contains(discipline), "discipline between buckets", discipline);
            Check.that(quantumNs > 0, "quantumNs", quantumNs);
        }
    }

    public QueueingSpec {
        Objects.requireNonNull(discipline, "discipline");
        Objects.requireNonNull(betweenBuckets, "betweenBuckets");
        Check.that(quantumNs > 0, "quantumNs", quantumNs);
        Check.that(backlog >= 0, "backlog", backlog);
    }
}
