package io.wheelhouse.sim.metrics;

import java.math.BigInteger;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/**
 * The lateness of many firings, and what caused it. Does not change. Percentiles are those of the histogram (3 digits, 2
 * for causes), never above the exact maximum; means are exact sums divided once.
 */
public final class Lateness {
    private static final double TAIL_PERCENTILE = 99.0;

    /**
     * One cause's part, over all firings.
     *
     * @param shareAtP99 its share of the lateness of those firings that are as late as the 99th percentile or later; the
     *     shares of the four causes add up to 1, or are all 0 where nothing was late
     */
    public record Part(
            double meanNs,
            long p50Ns,
            long p90Ns,
            long p99Ns,
            long p999Ns,
            long p9999Ns,
            long maxNs,
            double shareAtP99) {}

    /** The lateness of no firing. */
    public static final Lateness NONE = new Lateness(new LatenessMeter());

    private final Histogram histogram;
    private final long maxNs;
    private final double meanNs;
    private final Map<Cause, Part> parts;

    Lateness(LatenessMeter meter) {
        histogram = meter.lateness().copy();
        maxNs = meter.maxNs();
        BigInteger sum = Cause.ALL.stream().map(meter::sumNs).reduce(BigInteger.ZERO, BigInteger::add);
        meanNs = count() == 0 ? 0.0 : WideSums.quotient(sum, BigInteger.valueOf(count()));
        parts = Collections.unmodifiableMap(parts(meter));
    }

    private Map<Cause, Part> parts(LatenessMeter meter) {
        long tailFromNs = atPercentileNs(TAIL_PERCENTILE);
        Map<Cause, BigInteger> tail = new EnumMap<>(Cause.class);
        Cause.ALL.forEach(cause -> tail.put(cause, meter.sumNs(cause, tailFromNs)));
        BigInteger whole = tail.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
        Map<Cause, Part> result = new EnumMap<>(Cause.class);
        tail.forEach((cause, sum) ->
                result.put(cause, part(meter, cause, whole.signum() == 0 ? 0.0 : WideSums.quotient(sum, whole))));
        return result;
    }

    private static Part part(LatenessMeter meter, Cause cause, double shareAtP99) {
        Histogram of = meter.cause(cause);
        long max = meter.causeMaxNs(cause);
        return new Part(
                meter.meanNs(cause),
                percentile(of, max, 50.0),
                percentile(of, max, 90.0),
                percentile(of, max, 99.0),
                percentile(of, max, 99.9),
                percentile(of, max, 99.99),
                max,
                shareAtP99);
    }

    private static long percentile(Histogram of, long max, double percentile) {
        return of.getTotalCount() == 0 ? 0 : Math.min(max, of.getValueAtPercentile(percentile));
    }

    /** How many firings there were. */
    public long count() {
        return histogram.getTotalCount();
    }

    /** The mean; 0 where nothing fired. */
    public double meanNs() {
        return meanNs;
    }

    /** The exact maximum; 0 where nothing fired. */
    public long maxNs() {
        return maxNs;
    }

    /**
     * The lateness that this share of the firings does not exceed; 0 where nothing fired.
     *
     * @param percentile 0 to 100
     */
    public long atPercentileNs(double percentile) {
        return percentile(histogram, maxNs, percentile);
    }

    /** One cause's part of it. */
    public Part part(Cause cause) {
        return Objects.requireNonNull(parts.get(cause));
    }

    /** The cause with the largest share among the firings at the 99th percentile; of equals the first. */
    public Cause mainCauseAtP99() {
        Cause main = Cause.ROUNDING;
        for (Cause cause : Cause.ALL) {
            if (part(cause).shareAtP99() > part(main).shareAtP99()) {
                main = cause;
            }
        }
        return main;
    }

    /** The histogram of lateness in nanoseconds: a copy. */
    public Histogram histogram() {
        return histogram.copy();
    }
}
