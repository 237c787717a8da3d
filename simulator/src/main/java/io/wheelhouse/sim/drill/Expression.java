package io.wheelhouse.sim.drill;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An argument of a system call, or its result. */
sealed interface Expression {

    /** A number. */
    record Int(long value) implements Expression {}

    /** A name, such as {@code SOL_TCP}. */
    record Word(String text) implements Expression {}

    /** Text, or an address. */
    record Text(String text) implements Expression {}

    /** {@code ...}: whatever. */
    record Whatever() implements Expression {}

    /** {@code [a, b]}. */
    record Array(List<Expression> items) implements Expression {}

    /** {@code {name=value, ...}}. */
    record Struct(List<Expression> fields) implements Expression {

        /** The value of a field; null if there is none of that name. */
        @Nullable
        Expression field(String name) {
            for (Expression field : fields) {
                if (field instanceof Assignment assignment && assignment.isTo(name)) {
                    return assignment.value();
                }
            }
            return null;
        }
    }

    /** {@code name(a, b)}. */
    record Apply(String name, List<Expression> arguments) implements Expression {}

    /** {@code name = value} in a struct; the name may have arguments. */
    record Assignment(Expression target, Expression value) implements Expression {
        boolean isTo(String name) {
            return (target instanceof Word word && word.text().equals(name))
                    || (target instanceof Apply apply && apply.name().equals(name));
        }
    }

    /** {@code a | b}. */
    record Or(Expression left, Expression right) implements Expression {}
}
