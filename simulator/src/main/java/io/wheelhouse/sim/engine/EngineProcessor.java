package io.wheelhouse.sim.engine;

import io.wheelhouse.timer.thread.Processor;

/** A processor as an engine runs it: the one that serves its buckets, and what else takes its time. */
public interface EngineProcessor {

    /** What serves the buckets. */
    Processor processor();

    /** Time spent on background load since the start of the run. */
    long otherNs();
}
