package io.wheelhouse.sim.metrics;

/**
 * What one processor did. Fractions are of its capacity; those and the timers fired leave the warm-up out, as lateness does.
 *
 * @param processor its number
 * @param busy the fraction spent on its buckets and ticks
 * @param peak the same in the output interval in which it was highest
 * @param other the fraction taken by work that is not the timer subsystem's
 * @param bucketsAtStart buckets owned at the start
 * @param bucketsAtEnd buckets owned at the end
 * @param fired timers that fired
 * @param packets segments processed
 * @param movesIn buckets taken over
 * @param movesOut buckets given up
 * @param ticks wake-ups at which a timer was due
 */
public record ProcessorResult(
        int processor,
        double busy,
        double peak,
        double other,
        int bucketsAtStart,
        int bucketsAtEnd,
        long fired,
        long packets,
        long movesIn,
        long movesOut,
        long ticks) {}
