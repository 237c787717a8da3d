package io.wheelhouse.tcp.profile;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What kind of value a constant has: how it is written, which unit it bears, which values it may take. Every value is
 * held as a long: nanoseconds, a count, bytes, 0 or 1, or the place of a choice in its list.
 */
public sealed interface ValueKind {
    /** The value of a limit that is never reached; written {@code none}. */
    long NONE = Long.MAX_VALUE;

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException whose message is a phrase that follows the value and a colon
     */
    long parse(String text);

    /** Writes a value, with its unit, so that {@link #parse} reads it again. */
    String format(long value);

    /** Whether this word is a unit of such values. */
    boolean isUnit(String word);

    /** A time in nanoseconds, from {@code minNs} to a year; or none. */
    record Time(long minNs, boolean noneAllowed) implements ValueKind {
        private static final long YEAR_NS = 365L * 24 * 3600 * 1_000_000_000;
        private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) *([a-z]+)");
        private static final Map<String, Long> UNITS_NS = Map.of(
                "ns", 1L,
                "us", 1_000L,
                "ms", 1_000_000L,
                "s", 1_000_000_000L,
                "min", 60_000_000_000L,
                "h", 3_600_000_000_000L,
                "d", 86_400_000_000_000L);
        private static final List<String> WRITTEN_UNITS = List.of("s", "ms", "us");

        @Override
        public long parse(String text) {
            if (isNone(text, this) && noneAllowed) {
                return NONE;
            }
            if (text.equals("0")) {
                return checked(BigDecimal.ZERO);
            }
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches() || !isUnit(matcher.group(2))) {
                throw new IllegalArgumentException(
                        "not a duration such as 200ms (ns, us, ms, s, min, h, d)" + (noneAllowed ? " or none" : ""));
            }
            return checked(new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unitNs(matcher.group(2)))));
        }

        private long checked(BigDecimal ns) {
            if (ns.compareTo(BigDecimal.valueOf(minNs)) < 0 || ns.compareTo(BigDecimal.valueOf(YEAR_NS)) > 0) {
                throw new IllegalArgumentException("must lie between " + format(minNs) + " and " + format(YEAR_NS)
                        + (noneAllowed ? ", or be none" : ""));
            }
            return ns.setScale(0, RoundingMode.HALF_UP).longValueExact();
        }

        private static long unitNs(String unit) {
            return Objects.requireNonNull(UNITS_NS.get(unit), unit);
        }

        @Override
        public String format(long value) {
            if (value == NONE) {
                return "none s";
            }
            for (String unit : WRITTEN_UNITS) {
                if (value % unitNs(unit) == 0) {
                    return value / unitNs(unit) + " " + unit;
                }
            }
            return value + " ns";
        }

        @Override
        public boolean isUnit(String word) {
            return UNITS_NS.containsKey(word);
        }
    }

    /** A number of something, from {@code min} to {@code max}; or none. The unit may be left out. */
    record Count(String unit, long min, long max, boolean noneAllowed) implements ValueKind {
        private static final Pattern FORM = Pattern.compile("([0-9]{1,12})(?: *([a-zA-Z]+))?");

        @Override
        public long parse(String text) {
            if (isNone(text, this) && noneAllowed) {
                return NONE;
            }
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches() || (matcher.group(2) != null && !isUnit(matcher.group(2)))) {
                throw new IllegalArgumentException("not a number of " + unit + (noneAllowed ? " or none" : ""));
            }
            long value = Long.parseLong(matcher.group(1));
            if (value < min || value > max) {
                throw new IllegalArgumentException(
                        "must lie between " + min + " and " + max + (noneAllowed ? ", or be none" : ""));
            }
            return value;
        }

        @Override
        public String format(long value) {
            return (value == NONE ? "none" : Long.toString(value)) + " " + unit;
        }

        @Override
        public boolean isUnit(String word) {
            return word.equals(unit);
        }
    }

    /** A number of bytes from {@code min} to {@code max}. */
    record Bytes(long min, long max) implements ValueKind {
        private static final Pattern FORM = Pattern.compile("([0-9]{1,12}) *([a-zA-Z]+)?");
        private static final Map<String, Long> UNITS = Map.of(
                "B", 1L, "bytes", 1L, "kB", 1_000L, "KB", 1_000L, "MB", 1_000_000L, "KiB", 1L << 10, "MiB", 1L << 20);

        @Override
        public long parse(String text) {
            Matcher matcher = FORM.matcher(text);
            String unit = matcher.matches() && matcher.group(2) != null ? matcher.group(2) : "B";
            Long size = UNITS.get(unit);
            if (!matcher.matches() || size == null) {
                throw new IllegalArgumentException("not a size such as 1460B (B, KB, MB, KiB, MiB)");
            }
            long value = Math.multiplyExact(Long.parseLong(matcher.group(1)), size);
            if (value < min || value > max) {
                throw new IllegalArgumentException("must lie between " + format(min) + " and " + format(max));
            }
            return value;
        }

        @Override
        public String format(long value) {
            return value + " B";
        }

        @Override
        public boolean isUnit(String word) {
            return UNITS.containsKey(word);
        }
    }

    /** On or off, 1 or 0. */
    record Flag() implements ValueKind {
        @Override
        public long parse(String text) {
            return switch (withoutUnit(text, "flag").toLowerCase(Locale.ROOT)) {
                case "on", "true", "yes", "1" -> 1;
                case "off", "false", "no", "0" -> 0;
                default -> throw new IllegalArgumentException("not on or off");
            };
        }

        @Override
        public String format(long value) {
            return value == 0 ? "off flag" : "on flag";
        }

        @Override
        public boolean isUnit(String word) {
            return word.equals("flag");
        }
    }

    /** One of several rules by name. */
    record Choice(List<String> names) implements ValueKind {
        public Choice {
            names = List.copyOf(names);
        }

        @Override
        public long parse(String text) {
            int place = names.indexOf(withoutUnit(text, "rule"));
            if (place < 0) {
                throw new IllegalArgumentException("must be one of " + String.join(", ", names));
            }
            return place;
        }

        @Override
        public String format(long value) {
            return names.get(Math.toIntExact(value)) + " rule";
        }

        @Override
        public boolean isUnit(String word) {
            return word.equals("rule");
        }
    }

    private static boolean isNone(String text, ValueKind kind) {
        return text.equals("none")
                || (text.startsWith("none ") && kind.isUnit(text.substring(5).strip()));
    }

    private static String withoutUnit(String text, String unit) {
        return text.endsWith(" " + unit)
                ? text.substring(0, text.length() - unit.length()).strip()
                : text;
    }
}
