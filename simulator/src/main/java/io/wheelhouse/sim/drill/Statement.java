package io.wheelhouse.sim.drill;

import java.util.List;
import java.util.Map;

/** A statement of a script's code: what Python scripts do with {@code tcpi_} variables, and no more. */
sealed interface Statement {

    /** The statement's line in the script. */
    int line();

    /** {@code assert condition}; the text is as written. */
    record Assertion(int line, Formula condition, String text) implements Statement {}

    /** {@code name = value}. */
    record Assign(int line, String name, Formula value) implements Statement {}

    /** A number computed from named numbers; true is 1 and false 0, and text is not a number. */
    interface Formula {
        double value(Map<String, Double> names);

        /** The names in it. */
        List<String> names();
    }
}
