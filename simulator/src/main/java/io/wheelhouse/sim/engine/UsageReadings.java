package io.wheelhouse.sim.engine;

/** What processors and buckets have used up to a barrier, and who owned what then. */
public interface UsageReadings {

    int processors();

    int buckets();

    /** Time that a processor has spent on its buckets and ticks since the start of the run. */
    long busyNs(int processor);

    /** Time that a processor has spent on background load since the start of the run. */
    long otherNs(int processor);

    /** Processor time that a bucket has used since the start of the run. */
    long bucketBusyNs(int bucket);

    /** How many buckets a processor owns. */
    int owned(int processor);

    /** Timers that fired on a processor after the warm-up. */
    long fired(int processor);

    /** Segments processed on a processor since the start of the run. */
    long segments(int processor);

    /** Ticks of a processor at which a timer was due. */
    long ticks(int processor);

    /** The processor that owns a bucket. */
    int ownerOf(int bucket);
}
