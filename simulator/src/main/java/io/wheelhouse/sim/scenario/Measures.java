package io.wheelhouse.sim.scenario;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers with units: text to base units and back. Arithmetic is exact, so 1.2us is 1200 ns and 0.1% the double nearest to
 * 0.001; what is printed reads back as the very same number, on every JDK.
 */
final class Measures {
    private static final int LONGEST_TEXT = 64;
    private static final int SAFE_DIGITS = 15;
    private static final int ALL_DIGITS = 17;
    private static final Pattern FORM =
            Pattern.compile("([+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?) ?(\\S*)");

    private static final Set<String> DECIMAL_UNITS = Set.of("s", "ms", "us");

    private static final EnumMap<Quantity, Map<String, BigDecimal>> UNITS = new EnumMap<>(Quantity.class);

    static {
        units(Quantity.DURATION, "ns", "1", "us", "1e3", "ms", "1e6", "s", "1e9", "min", "60e9", "h", "3600e9");
        units(Quantity.DURATION, "d", "86400e9", "m", "60e9", "µs", "1e3", "μs", "1e3");
        units(Quantity.SIZE, "B", "1", "KB", "1e3", "MB", "1e6", "GB", "1e9");
        units(Quantity.SIZE, "KiB", "1024", "MiB", "1048576", "GiB", "1073741824");
        units(Quantity.SIZE, "k", "1e3", "M", "1e6", "G", "1e9", "", "1");
        units(Quantity.COUNT, "k", "1e3", "M", "1e6", "G", "1e9", "", "1");
        units(Quantity.FRACTION, "%", "0.01", "", "1");
        units(Quantity.RATE, "/s", "1", "k/s", "1e3", "M/s", "1e6");
        units(Quantity.BIT_RATE, "bit/s", "1", "kbit/s", "1e3", "Mbit/s", "1e6", "Gbit/s", "1e9");
        units(Quantity.NUMBER, "", "1");
    }

    private Measures() {}

    private static void units(Quantity quantity, String... unitsAndFactors) {
        Map<String, BigDecimal> units = UNITS.computeIfAbsent(quantity, q -> new LinkedHashMap<>());
        for (int i = 0; i < unitsAndFactors.length; i += 2) {
            units.put(unitsAndFactors[i], new BigDecimal(unitsAndFactors[i + 1]));
        }
    }

    private static Map<String, BigDecimal> units(Quantity quantity) {
        return Objects.requireNonNull(UNITS.get(quantity));
    }

    /** How to write one, for a message. */
    static String form(Quantity quantity) {
        return quantity.description() + " " + quantity.form();
    }

    /** The number in base units, exactly. */
    static BigDecimal parse(Quantity quantity, String text) throws BadValue {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > LONGEST_TEXT || !matcher.matches()) {
            throw new BadValue(Text.quote(text) + " is not " + form(quantity));
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        String unit = matcher.group(2);
        BigDecimal factor = units(quantity).get(unit);
        if (factor != null) {
            return number.multiply(factor);
        }
        if (unit.isEmpty() && number.signum() == 0) {
            return number;
        }
        throw new BadValue(unknownUnit(quantity, text, matcher.group(1), unit));
    }

    private static String unknownUnit(Quantity quantity, String text, String number, String unit) {
        String expected = Text.quote(text) + " is not " + form(quantity) + ": ";
        if (unit.isEmpty()) {
            return expected + "it has no unit";
        }
        String nearest = Suggestions.nearest(unit, units(quantity).keySet());
        String meant = nearest == null ? null : number + nearest;
        return expected + "there is no unit " + Text.quote(unit) + Suggestions.didYouMean(meant);
    }

    /** A whole number of base units in a range, both ends included. */
    static long parseWhole(Quantity quantity, String text, long min, long max) throws BadValue {
        BigDecimal value = parse(quantity, text);
        checkRange(quantity, text, value, BigDecimal.valueOf(min), BigDecimal.valueOf(max));
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw new BadValue(Text.quote(text) + " is not a whole number" + baseUnit(quantity));
        }
    }

    /** A number of base units in a range, both ends included. */
    static double parseDouble(Quantity quantity, String text, double min, double max) throws BadValue {
        BigDecimal value = parse(quantity, text);
        checkRange(quantity, text, value, shortest(min), shortest(max));
        return value.doubleValue() + 0.0;
    }

    private static void checkRange(Quantity quantity, String text, BigDecimal value, BigDecimal min, BigDecimal max)
            throws BadValue {
        if (value.compareTo(min) < 0) {
            throw new BadValue(Text.quote(text) + " is too small: at least " + print(quantity, min));
        }
        if (value.compareTo(max) > 0) {
            throw new BadValue(Text.quote(text) + " is too large: at most " + print(quantity, max));
        }
    }

    private static String baseUnit(Quantity quantity) {
        return switch (quantity) {
            case DURATION -> " of nanoseconds";
            case SIZE -> " of bytes";
            case BIT_RATE -> " of bits a second";
            case COUNT, FRACTION, RATE, NUMBER -> "";
        };
    }

    /** In the canonical form: a unit in which the number is short. */
    static String print(Quantity quantity, long value) {
        return print(quantity, BigDecimal.valueOf(value));
    }

    /** In the canonical form, with no more digits than it takes to read the same number again. */
    static String print(Quantity quantity, double value) {
        return print(quantity, shortest(value));
    }

    private static String print(Quantity quantity, BigDecimal value) {
        return switch (quantity) {
            case DURATION -> inGreatest(quantity, value, "d", "h", "min", "s", "ms", "us", "ns");
            case SIZE -> inGreatest(quantity, value, "GiB", "MiB", "KiB", "GB", "MB", "KB", "B");
            case BIT_RATE -> inGreatest(quantity, value, "Gbit/s", "Mbit/s", "kbit/s", "bit/s");
            case FRACTION -> in(quantity, value, "%");
            case RATE -> in(quantity, value, "/s");
            case COUNT, NUMBER -> in(quantity, value, "");
        };
    }

    /** In the greatest unit that leaves a whole number or, from seconds down, no more than one decimal. */
    private static String inGreatest(Quantity quantity, BigDecimal value, String... units) {
        BigDecimal size = value.abs();
        for (String unit : units) {
            BigDecimal factor = Objects.requireNonNull(units(quantity).get(unit));
            BigDecimal step = DECIMAL_UNITS.contains(unit) ? factor.movePointLeft(1) : factor;
            if (size.compareTo(factor) >= 0 && size.remainder(step).signum() == 0) {
                return in(quantity, value, unit);
            }
        }
        boolean isZeroDuration = quantity == Quantity.DURATION && value.signum() == 0;
        return in(quantity, value, isZeroDuration ? "s" : units[units.length - 1]);
    }

    private static String in(Quantity quantity, BigDecimal value, String unit) {
        BigDecimal factor = Objects.requireNonNull(units(quantity).get(unit));
        return plain(value.divide(factor)) + unit;
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /**
     * The decimal with the fewest digits that reads back as this double: a decimal of up to 15 digits survives the way
     * into a double and back, so if there is one, rounding to 15 finds it. {@link Double#toString} would do, but gives
     * other digits before JDK 19 than after (JDK-4511638).
     */
    static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = SAFE_DIGITS; digits < ALL_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded;
            }
        }
        return exact.round(new MathContext(ALL_DIGITS, RoundingMode.HALF_EVEN));
    }
}
