package io.wheelhouse.sim.scenario;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A value written as one text. */
final class ScalarType<V> implements Type<V> {
    private static final int LONGEST_TEXT = 4_096;

    private final String expected;
    private final Function<Scope, String> form;
    private final Parser<V> parser;
    private final Function<V, Yaml.Scalar> printer;

    /** Text to value. */
    interface Parser<V> {
        V parse(Yaml.Scalar node, Scope scope) throws BadValue;
    }

    /**
     * Makes the type.
     *
     * @param expected what is expected, with an article and an example
     */
    ScalarType(String expected, Parser<V> parser, Function<V, Yaml.Scalar> printer) {
        this(expected, scope -> expected, parser, printer);
    }

    /** @param form what may stand there, for a list of keys */
    ScalarType(String expected, Function<Scope, String> form, Parser<V> parser, Function<V, Yaml.Scalar> printer) {
        this.expected = expected;
        this.form = form;
        this.parser = parser;
        this.printer = printer;
    }

    @Override
    public @Nullable V read(Yaml node, Scope scope) {
        if (!(node instanceof Yaml.Scalar scalar) || scalar.isNothing()) {
            scope.refuse(node, expected);
            return null;
        }
        if (scalar.text().length() > LONGEST_TEXT) {
            scope.problem(node.at(), Text.quote(scalar.text()) + " is too long: at most " + LONGEST_TEXT + " letters");
            return null;
        }
        try {
            return parse(scalar, scope);
        } catch (BadValue e) {
            scope.problem(node.at(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    V parse(Yaml.Scalar scalar, Scope scope) throws BadValue {
        return parser.parse(scalar, scope);
    }

    @Override
    public Yaml.Scalar write(V value) {
        return printer.apply(value);
    }

    @Override
    public String form(Scope scope) {
        return form.apply(scope);
    }

    String expected() {
        return expected;
    }

    /** The same, where a word may stand for one special value. */
    ScalarType<V> orWord(String word, V special) {
        return new ScalarType<>(
                expected + ", or " + word,
                scope -> form.apply(scope) + ", or " + word,
                (scalar, scope) -> scalar.text().equals(word) ? special : parseOr(scalar, scope, word),
                value -> value.equals(special) ? Type.scalar(word) : write(value));
    }

    private V parseOr(Yaml.Scalar scalar, Scope scope, String word) throws BadValue {
        try {
            return parse(scalar, scope);
        } catch (BadValue e) {
            boolean begins =
                    !scalar.text().isEmpty() && Character.isLetter(scalar.text().charAt(0));
            throw begins ? new BadValue(notThis(scalar.text(), word)) : e;
        }
    }

    private String notThis(String text, String word) {
        String meant = Suggestions.nearest(text, List.of(word));
        return Text.quote(text) + " is not " + expected + ", nor " + word + Suggestions.didYouMean(meant);
    }

    /** The same, as another class. */
    <W> ScalarType<W> as(Function<V, W> wrap, Function<W, V> unwrap) {
        return new ScalarType<>(
                expected,
                form,
                (scalar, scope) -> wrap.apply(parse(scalar, scope)),
                value -> write(unwrap.apply(value)));
    }
}
