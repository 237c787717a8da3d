package io.wheelhouse.sim.metrics;

import io.wheelhouse.timer.bucket.Firing;
import java.math.BigInteger;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * Measures the lateness of firings, in nanoseconds: a histogram of 3 significant digits, and of 2 digits for each cause;
 * exact sums and maxima; and, for what dominates the tail, the sums of the causes by coarse class of lateness.
 *
 * <p>The classes are an eighth of an octave wide, so a share stated for the firings at or above a percentile includes
 * those at most 12.5 % below it. Histograms have a fixed range: 311 KB in all for lateness and 38 KB for each cause, so
 * one such meter costs about half a megabyte and never grows. Lateness above the range counts as its upper end there,
 * and exactly in the sums and the maximum. Recording allocates nothing. Used by one thread at a time.
 */
final class LatenessMeter {
    /** The longest lateness that the histograms tell from a longer one. */
    static final long RANGE_NS = Duration.ofDays(1).toNanos();

    /** Significant digits of lateness. */
    static final int DIGITS = 3;

    private static final int CAUSE_DIGITS = 2;
    private static final int CAUSES = Cause.ALL.size();
    private static final int CLASS_BITS = 3;
    private static final int CLASSES = (Long.SIZE - CLASS_BITS) << CLASS_BITS;

    private final Histogram lateness = newHistogram();
    private final Histogram[] causes = new Histogram[CAUSES];
    private final WideSums sums = new WideSums(CAUSES);
    private final WideSums classSums = new WideSums(CLASSES * CAUSES);
    private final long[] causeMaxNs = new long[CAUSES];
    private long maxNs;

    LatenessMeter() {
        for (int cause = 0; cause < CAUSES; cause++) {
            causes[cause] = new Histogram(1, RANGE_NS, CAUSE_DIGITS);
        }
    }

    /** A histogram of the range and the digits that lateness is measured with. */
    static Histogram newHistogram() {
        return new Histogram(1, RANGE_NS, DIGITS);
    }

    void record(Firing firing) {
        long latenessNs = firing.latenessNs();
        lateness.recordValue(Math.min(latenessNs, RANGE_NS));
        maxNs = Math.max(maxNs, latenessNs);
        int row = classOf(latenessNs) * CAUSES;
        record(row, Cause.ROUNDING, firing.roundingNs());
        record(row, Cause.TICK, firing.tickNs());
        record(row, Cause.HANDOFF, firing.handoffNs());
        record(row, Cause.QUEUEING, firing.queueingNs());
    }

    private void record(int row, Cause cause, long partNs) {
        int index = cause.ordinal();
        causes[index].recordValue(Math.min(partNs, RANGE_NS));
        sums.add(index, partNs);
        classSums.add(row + index, partNs);
        causeMaxNs[index] = Math.max(causeMaxNs[index], partNs);
    }

    void mergeInto(LatenessMeter total) {
        total.lateness.add(lateness);
        total.sums.add(sums);
        total.classSums.add(classSums);
        total.maxNs = Math.max(total.maxNs, maxNs);
        for (int index = 0; index < CAUSES; index++) {
            total.causes[index].add(causes[index]);
            total.causeMaxNs[index] = Math.max(total.causeMaxNs[index], causeMaxNs[index]);
        }
    }

    /** Begins anew. */
    void reset() {
        lateness.reset();
        sums.reset();
        classSums.reset();
        maxNs = 0;
        for (int index = 0; index < CAUSES; index++) {
            causes[index].reset();
            causeMaxNs[index] = 0;
        }
    }

    Histogram lateness() {
        return lateness;
    }

    long maxNs() {
        return maxNs;
    }

    Histogram cause(Cause cause) {
        return causes[cause.ordinal()];
    }

    long causeMaxNs(Cause cause) {
        return causeMaxNs[cause.ordinal()];
    }

    BigInteger sumNs(Cause cause) {
        return sums.get(cause.ordinal());
    }

    double meanNs(Cause cause) {
        return sums.mean(cause.ordinal(), lateness.getTotalCount());
    }

    /** What a cause contributed to the lateness of the firings that are in the class of {@code fromNs} or above. */
    BigInteger sumNs(Cause cause, long fromNs) {
        BigInteger sum = BigInteger.ZERO;
        for (int row = classOf(fromNs); row < CLASSES; row++) {
            sum = sum.add(classSums.get(row * CAUSES + cause.ordinal()));
        }
        return sum;
    }

    /** The class of a lateness: below 8 ns each value its own, above eight classes an octave. */
    static int classOf(long latenessNs) {
        int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(latenessNs | (1L << CLASS_BITS));
        int shift = octave - CLASS_BITS;
        return (shift << CLASS_BITS) + (int) (latenessNs >>> shift);
    }
}
