package io.wheelhouse.bench.work;

/** A workload on one structure, made ready: passes over its timers, with what must happen in between. One thread. */
public interface Work {

    /** Not measured: brings the timers to where a pass begins. */
    default void prepare() {}

    /**
     * Measured.
     *
     * @return the number of operations done
     */
    long pass();

    /** How many passes show the workload as a whole: a measurement takes no fewer, if it can. */
    default int passesOfRound() {
        return 1;
    }

    /** How many passes until the structure is as it will stay. */
    default int passesToSettle() {
        return 1;
    }
}
