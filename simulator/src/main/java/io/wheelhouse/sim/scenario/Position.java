package io.wheelhouse.sim.scenario;

import java.util.Objects;

/**
 * A place in the input.
 *
 * @param source a file's name, or an option of the command line as it was given
 * @param line from 1; 0 where the source as a whole is meant
 * @param column from 1, in characters; 0 where the source as a whole is meant
 */
public record Position(String source, int line, int column) {
    public Position {
        Objects.requireNonNull(source, "source");
        Check.that(line >= 0, "line", line);
        Check.that(column >= 0, "column", column);
    }

    /** The source as a whole. */
    public static Position whole(String source) {
        return new Position(source, 0, 0);
    }

    /** Whether the place is an option of the command line. */
    public boolean isOption() {
        return source.startsWith("--");
    }

    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
