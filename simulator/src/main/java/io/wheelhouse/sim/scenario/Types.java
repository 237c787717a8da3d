package io.wheelhouse.sim.scenario;

import io.wheelhouse.tcp.HostPort;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The plain types of values. */
final class Types {
    /** Ten years: sums of a few durations are far from the end of 64 bits. */
    static final long MAX_DURATION_NS = 3_650L * 86_400 * 1_000_000_000;

    static final long MAX_SIZE_BYTES = 1L << 40;

    /** Before a list of what there is to choose from. */
    static final String CHOOSE = "choose one of";

    private static final int LONGEST_ADDRESS = 100;
    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern GROUP_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    private Types() {}

    static ScalarType<Long> whole(Quantity quantity, long min, long max) {
        return new ScalarType<>(
                Measures.form(quantity),
                scope -> range(quantity, BigDecimal.valueOf(min), BigDecimal.valueOf(max)),
                (node, scope) -> Measures.parseWhole(quantity, node.text(), min, max),
                value -> Type.scalar(Measures.print(quantity, value)));
    }

    /** What it is; its bounds where they are not plain from that. */
    private static String range(Quantity quantity, BigDecimal min, BigDecimal max) {
        String what = quantity.description();
        return switch (quantity) {
            case COUNT, NUMBER ->
                what + " from " + min.stripTrailingZeros().toPlainString() + " to "
                        + max.stripTrailingZeros().toPlainString();
            case DURATION -> min.signum() > 0 ? what + " above 0" : what;
            case SIZE, FRACTION, RATE, BIT_RATE -> what;
        };
    }

    /** A duration of at least so many nanoseconds. */
    static ScalarType<Long> duration(long minNs) {
        return whole(Quantity.DURATION, minNs, MAX_DURATION_NS);
    }

    static ScalarType<Integer> count(int min, int max) {
        return whole(Quantity.COUNT, min, max).as(Math::toIntExact, Integer::longValue);
    }

    static ScalarType<Double> real(Quantity quantity, double min, double max) {
        return new ScalarType<>(
                Measures.form(quantity),
                scope -> range(quantity, BigDecimal.valueOf(min), BigDecimal.valueOf(max)),
                (node, scope) -> Measures.parseDouble(quantity, node.text(), min, max),
                value -> Type.scalar(Measures.print(quantity, value)));
    }

    static ScalarType<Double> fraction() {
        return real(Quantity.FRACTION, 0.0, 1.0);
    }

    /** Any 64-bit number: units would be of no use. */
    static ScalarType<Long> seed() {
        return new ScalarType<>(
                "a whole number", (node, scope) -> parseSeed(node.text()), value -> Type.scalar(Long.toString(value)));
    }

    private static long parseSeed(String text) throws BadValue {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new BadValue(Text.quote(text) + " is not a whole number of 64 bits");
        }
    }

    /** A name that can be part of a file's name. */
    static ScalarType<String> name() {
        return pattern("a name (letters, digits, . _ -)", NAME);
    }

    /** A name that cannot be mistaken for an index, and can be part of a path of names joined by dots. */
    static ScalarType<String> groupName() {
        return pattern("a name (letters, digits, _ -, a letter first)", GROUP_NAME);
    }

    private static ScalarType<String> pattern(String expected, Pattern pattern) {
        return new ScalarType<>(
                expected,
                (node, scope) -> {
                    if (!pattern.matcher(node.text()).matches()) {
                        throw new BadValue(Text.quote(node.text()) + " is not " + expected + ", at most 64 of them");
                    }
                    return node.text();
                },
                Types::text);
    }

    /** One line of text. */
    static ScalarType<String> line() {
        return new ScalarType<>("a text", (node, scope) -> parseLine(node.text()), Types::text);
    }

    private static String parseLine(String text) throws BadValue {
        if (text.length() > LONGEST_DESCRIPTION) {
            throw new BadValue(Text.quote(text) + " is too long: at most " + LONGEST_DESCRIPTION + " letters");
        }
        if (!text.codePoints().allMatch(Text::isPrintable)) {
            throw new BadValue(Text.quote(text) + " is not one line of printable text");
        }
        return text;
    }

    /** An address and a port. */
    static ScalarType<HostPort> hostPort() {
        return parsed("an address and port such as 10.0.0.1:443 or [2001:db8::1]:443", text -> {
            HostPort parsed = HostPort.parse(text);
            Check.that(parsed.port() > 0, "ports are 1 to 65535", parsed.port());
            return parsed;
        });
    }

    /** Addresses and ports. */
    static ScalarType<RemoteSpace> remoteSpace() {
        String form = "addresses such as 100.64.0.0/10, 192.0.2.1:80 or [2001:db8::]/64:1024-65535";
        return parsed(form, RemoteSpace::parse);
    }

    /** What a parser makes of a text that it refuses with an {@link IllegalArgumentException}. */
    private static <V> ScalarType<V> parsed(String expected, Function<String, V> parser) {
        return new ScalarType<>(
                expected,
                (node, scope) -> {
                    String text = node.text();
                    if (text.length() > LONGEST_ADDRESS || !text.codePoints().allMatch(Text::isPrintable)) {
                        throw new BadValue(Text.quote(text) + " is not " + expected);
                    }
                    try {
                        return parser.apply(text);
                    } catch (IllegalArgumentException e) {
                        throw new BadValue(String.valueOf(e.getMessage()));
                    }
                },
                value -> Type.scalar(value.toString()));
    }

    /** A text that reads as a text wherever it is read. */
    static Yaml.Scalar text(String text) {
        return new Yaml.Scalar(Type.NOWHERE, text, false);
    }

    /** One of an enum's constants, in lower case with hyphens. */
    static <E extends Enum<E>> ScalarType<E> oneOf(String what, Class<E> type) {
        return oneOf(what, scope -> List.of(type.getEnumConstants()), Types::key);
    }

    /** One of some named values. */
    static <E> ScalarType<E> oneOf(String what, Function<Scope, List<E>> values, Function<E, String> name) {
        return new ScalarType<>(
                what,
                scope -> values.apply(scope).stream().map(name).collect(Collectors.joining(", ", "one of ", "")),
                (node, scope) -> pick(what, node.text(), values.apply(scope), name),
                value -> Type.scalar(name.apply(value)));
    }

    private static <E> E pick(String what, String text, List<E> values, Function<E, String> name) throws BadValue {
        for (E value : values) {
            if (name.apply(value).equals(text)) {
                return value;
            }
        }
        List<String> names = values.stream().map(name).toList();
        throw new BadValue(Text.quote(text) + " is not " + what + Suggestions.didYouMean(text, CHOOSE, names));
    }

    /** One of some words. */
    static ScalarType<String> word(String what, Function<Scope, List<String>> words) {
        return oneOf(what, words, UnaryOperator.identity());
    }

    static String key(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <V> List<V> concat(List<V> some, List<V> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
