package io.wheelhouse.sim.scenario;

import io.wheelhouse.sim.scenario.QueueingSpec.BetweenBuckets;
import io.wheelhouse.sim.scenario.QueueingSpec.Discipline;

/** The keys of {@code queueing}. */
final class QueueingTable {
    private static final int MAX_BACKLOG = 1_000_000;
    private static final int USUAL_BACKLOG = 64;
    private static final long USUAL_QUANTUM_NS = 5_000;

    private QueueingTable() {}

    private static final Key<Discipline> DISCIPLINE = Key.optional(
            "discipline",
            Types.oneOf("a queue discipline", Discipline.class),
            Discipline.FIFO,
            "how connections of a bucket share the processor");
    private static final Key<Long> QUANTUM =
            Key.optional("quantum", Types.duration(1), USUAL_QUANTUM_NS, "processor time of one turn; of drr alone");
    private static final Key<Integer> BACKLOG = Key.optional(
            "backlog",
            Types.count(0, MAX_BACKLOG),
            USUAL_BACKLOG,
            "what may wait in a bucket before flow-limit drops packets");

    private static final Key<Discipline> BUCKET_DISCIPLINE = Key.optional(
            "discipline",
            Types.oneOf("a discipline between buckets", scope -> Discipline.BETWEEN_BUCKETS, Types::key),
            Discipline.FIFO,
            "how buckets share the processor; with fifo they take turns, an item each");
    private static final Key<Long> BUCKET_QUANTUM = Key.optional(
            "quantum", Types.duration(1), USUAL_QUANTUM_NS, "processor time of one bucket's turn; of drr alone");

    private static final MappingType<BetweenBuckets> BETWEEN_BUCKETS_TYPE = MappingType.<BetweenBuckets>of(
                    "between-buckets")
            .key(BUCKET_DISCIPLINE, BetweenBuckets::discipline)
            .key(BUCKET_QUANTUM, BetweenBuckets::quantumNs)
            .make(scope -> new BetweenBuckets(scope.get(BUCKET_DISCIPLINE), scope.get(BUCKET_QUANTUM)));

    private static final Key<BetweenBuckets> BETWEEN_BUCKETS =
            Key.section("between-buckets", BETWEEN_BUCKETS_TYPE, "how the buckets of a run queue share the processor");

    static final MappingType<QueueingSpec> TYPE = MappingType.<QueueingSpec>of("queueing")
            .key(DISCIPLINE, QueueingSpec::discipline)
            .key(QUANTUM, QueueingSpec::quantumNs)
            .key(BACKLOG, QueueingSpec::backlog)
            .key(BETWEEN_BUCKETS, QueueingSpec::betweenBuckets)
            .make(scope -> new QueueingSpec(
                    scope.get(DISCIPLINE), scope.get(QUANTUM), scope.get(BACKLOG), scope.get(BETWEEN_BUCKETS)));
}
