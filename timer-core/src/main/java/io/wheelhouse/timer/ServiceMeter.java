package io.wheelhouse.timer;

/**
 * Says what time it is on a processor and takes charges for work done there.
 *
 * <p>In virtual time a charge advances the processor's modeled clock by the cost model; in live time the clock is the
 * real one, and a charge is spent by waiting as far as the real work has not taken that long. Nothing else differs between the two. Used by one thread at a time.
 */
public interface ServiceMeter {

    /** The processor's time, in nanoseconds since the start of the run. Never goes back. */
    long nowNs();

    /** Charges {@code count} operations of one kind. */
    void charge(Cost cost, long count);

    /** Charges one operation. */
    default void charge(Cost cost) {
        charge(cost, 1);
    }

    /** Charges a service time that the work itself names, in nanoseconds, not negative. */
    void chargeNs(long serviceNs);
}
