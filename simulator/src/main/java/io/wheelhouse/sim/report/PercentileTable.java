package io.wheelhouse.sim.report;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * {@code .hgrm}: a histogram of nanoseconds as a table of percentiles in microseconds, in the format of HdrHistogram's
 * own {@code outputPercentileDistribution}, which its plotting tools read.
 *
 * <p>Written here because that method steps with floating logarithms and formats with the JVM's shortest decimals, and
 * neither is the same everywhere. The percentiles are the same ones: from each halving of what is left to 100 % to the
 * next, five steps. Values are the highest that the histogram does not tell from the one recorded.
 */
final class PercentileTable {
    private static final int STEPS_PER_HALF = 5;
    private static final int MAX_HALVINGS = 63;
    private static final BigDecimal NS_PER_US = BigDecimal.valueOf(1_000);
    private static final int VALUE_PLACES = 3;
    private static final int PERCENTILE_PLACES = 12;
    private static final int ODDS_PLACES = 2;

    private final Histogram histogram;
    private final Writer out;

    private PercentileTable(Histogram histogram, Writer out) {
        this.histogram = histogram;
        this.out = out;
    }

    /** Writes the table; the histogram holds at least one value. */
    static void write(Histogram histogram, Writer out) throws IOException {
        if (histogram.getTotalCount() == 0) {
            throw new IllegalArgumentException("an empty histogram has no percentiles");
        }
        new PercentileTable(histogram, out).write();
    }

    private void write() throws IOException {
        line("%12s %14s %10s %14s", "Value", "Percentile", "TotalCount", "1/(1-Percentile)");
        out.write('\n');
        writeRows();
        line("#[Mean    = %12s, StdDeviation   = %12s]", us(histogram.getMean()), us(histogram.getStdDeviation()));
        line(
                "#[Max     = %12s, Total count    = %12d]",
                us((double) histogram.getMaxValue()), histogram.getTotalCount());
        line("#[Buckets = %12d, SubBuckets     = %12d]", bucketCount(histogram), subBucketCount(histogram));
    }

    private void writeRows() throws IOException {
        long max = histogram.getMaxValue();
        for (int halvings = 0; halvings < MAX_HALVINGS; halvings++) {
            for (int step = 0; step < STEPS_PER_HALF; step++) {
                // 1 - percentile: exact, because it is a small integer times a power of two
                long tenths = 2L * STEPS_PER_HALF - step;
                BigDecimal rest = BigDecimal.valueOf(tenths)
                        .divide(BigDecimal.valueOf(2L * STEPS_PER_HALF), MathContext.DECIMAL64)
                        .multiply(new BigDecimal(Math.scalb(1.0, -halvings)));
                BigDecimal level = BigDecimal.ONE.subtract(rest);
                long value =
                        histogram.getValueAtPercentile(level.movePointRight(2).doubleValue());
                if (value >= max) {
                    writeLast(max);
                    return;
                }
                BigDecimal odds = BigDecimal.ONE.divide(rest, MathContext.DECIMAL64);
                line(
                        "%12s %14s %10d %14s",
                        us((double) value),
                        level.setScale(PERCENTILE_PLACES, RoundingMode.HALF_UP).toPlainString(),
                        histogram.getCountBetweenValues(0, value),
                        odds.setScale(ODDS_PLACES, RoundingMode.HALF_EVEN).toPlainString());
            }
        }
        writeLast(max);
    }

    private void writeLast(long max) throws IOException {
        line(
                "%12s %14s %10d",
                us((double) max),
                BigDecimal.ONE.setScale(PERCENTILE_PLACES).toPlainString(),
                histogram.getTotalCount());
    }

    private void line(String format, Object... values) throws IOException {
        out.write(String.format(Locale.ROOT, format, values));
        out.write('\n');
    }

    private static String us(double ns) {
        return new BigDecimal(ns)
                .divide(NS_PER_US)
                .setScale(VALUE_PLACES, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    /** How many magnitudes the range has: each bucket reaches twice as far as the one before. */
    private static int bucketCount(Histogram histogram) {
        int buckets = 1;
        for (long reach = subBucketCount(histogram); reach <= histogram.getHighestTrackableValue(); reach <<= 1) {
            buckets++;
        }
        return buckets;
    }

    /** How many values the first bucket tells apart: a power of two that resolves the digits in its upper half. */
    private static int subBucketCount(Histogram histogram) {
        int singleUnits = 2;
        for (int digit = 0; digit < histogram.getNumberOfSignificantValueDigits(); digit++) {
            singleUnits *= 10;
        }
        return Integer.highestOneBit(singleUnits - 1) << 1;
    }
}
