package io.wheelhouse.sim.report;

import io.wheelhouse.sim.scenario.Quantity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Numbers for people: units adapt to the size, thousands are grouped, nothing depends on the locale. */
public final class Units {
    private static final long LARGEST_GROUPED = 999_999;
    private static final int TIME_DIGITS = 4;
    private static final int SHORT_DIGITS = 3;

    /** A unit, used for values of at least {@code from}; the next larger one comes first. */
    private record Unit(String name, double size, double from) {
        Unit(String name, double size) {
            this(name, size, size);
        }
    }

    private static final List<Unit> TIMES = List.of(
            new Unit("h", 3_600e9, 7_200e9),
            new Unit("min", 60e9, 600e9),
            new Unit("s", 1e9),
            new Unit("ms", 1e6),
            new Unit("µs", 1e3),
            new Unit("ns", 1.0));

    private static final List<Unit> SIZES =
            List.of(new Unit("GB", 1e9), new Unit("MB", 1e6), new Unit("KB", 1e3), new Unit("B", 1.0));

    private static final List<Unit> COUNTS = List.of(new Unit("G", 1e9), new Unit("M", 1e6), new Unit("k", 1e3));

    private Units() {}

    /** A duration with one decimal place: {@code 41.0 ms}. */
    static String time(long ns) {
        Unit unit = fitting(TIMES, (double) ns, TIME_DIGITS);
        return Decimals.text(ns / unit.size, unit.size == 1.0 ? 0 : 1) + " " + unit.name;
    }

    /** The largest unit of which there is at least one, after rounding to that many digits. */
    private static Unit fitting(List<Unit> units, double value, int digits) {
        double one = 1.0 - 0.5 / StrictMath.pow(10.0, digits);
        for (Unit unit : units) {
            if (value / unit.from >= one) {
                return unit;
            }
        }
        return units.get(units.size() - 1);
    }

    /** A count in full, thousands grouped: {@code 320,412}. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A count in at most seven characters: {@code 320,412}, {@code 4.10 M}. */
    static String shortCount(long count) {
        if (count <= LARGEST_GROUPED) {
            return count(count);
        }
        Unit unit = fitting(COUNTS, (double) count, SHORT_DIGITS);
        BigDecimal rounded = rounded(count / unit.size, SHORT_DIGITS);
        int places = SHORT_DIGITS - rounded.precision() + rounded.scale();
        return rounded.setScale(places, RoundingMode.UNNECESSARY).toPlainString() + " " + unit.name;
    }

    /** A large number to two significant digits: {@code 4.1 M}. */
    public static String rough(double value) {
        return value < 1_000.0 ? Decimals.text(value, 0) : significant(COUNTS, value, 2);
    }

    /** A fraction as a percentage with one decimal place: {@code 21.4 %}. */
    static String percent(double fraction) {
        return Decimals.text(100.0 * fraction, 1) + " %";
    }

    /** A fraction as a whole percentage: {@code 71 %}. */
    static String wholePercent(double fraction) {
        return Decimals.text(100.0 * fraction, 0) + " %";
    }

    /** A fingerprint as 16 hexadecimal digits. */
    public static String fingerprint(long fingerprint) {
        return String.format(Locale.ROOT, "%016x", fingerprint);
    }

    /** A metric's value in a fitting unit, to that many significant digits; counts in full. */
    public static String value(Quantity quantity, double value, int digits) {
        return switch (quantity) {
            case DURATION -> significant(TIMES, value, digits);
            case SIZE -> significant(SIZES, value, digits);
            case FRACTION -> plain(100.0 * value, digits) + " %";
            case RATE -> plain(value, digits) + "/s";
            case BIT_RATE -> plain(value, digits) + " bit/s";
            case NUMBER -> plain(value, digits);
            case COUNT -> value == Math.rint(value) ? count((long) value) : plain(value, digits);
        };
    }

    private static String significant(List<Unit> units, double value, int digits) {
        Unit unit = fitting(units, Math.abs(value), digits);
        return plain(value / unit.size, digits) + " " + unit.name;
    }

    /** To that many significant digits, without an exponent or zeros at the end; digits before the
     * point are all kept. */
    private static String plain(double value, int digits) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        BigDecimal rounded = rounded(value, digits);
        BigDecimal whole = new BigDecimal(value).setScale(0, RoundingMode.HALF_EVEN);
        return (rounded.scale() <= 0 ? whole : rounded.stripTrailingZeros()).toPlainString();
    }

    private static BigDecimal rounded(double value, int digits) {
        return new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    }
}
