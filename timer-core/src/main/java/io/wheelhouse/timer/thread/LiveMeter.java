package io.wheelhouse.timer.thread;

import io.wheelhouse.timer.ServiceMeter;

/**
 * The meter of a processor in live time, whose clock goes on by itself. What is charged for takes as long as the charge
 * says, or as long as it took if that is longer. Used by the processor's thread alone.
 */
public interface LiveMeter extends ServiceMeter {

    /** Begins something that is charged for, and says what time it is. */
    long begin();

    /**
     * Lets time stand still at {@link #begin}'s and collects charges: what happens by itself is dated by when it should
     * happen, not by how long finding out took.
     */
    void hold();

    /**
     * Lets time go on, and spends what of the charges collected the real work has not.
     *
     * @return what was charged, in nanoseconds
     */
    long release();

    /** Ends what {@link #begin} began, so that what it took beyond its charges is known. */
    void end();
}
