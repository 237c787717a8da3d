package io.wheelhouse.sim.scenario;

import java.util.Objects;

/**
 * Something wrong with a scenario, in one line.
 *
 * @param message the reason and, where one is near, what was probably meant; one line
 */
public record Problem(Position position, String message) {
    public Problem {
        Objects.requireNonNull(position, "position");
        Check.that(!message.isEmpty() && message.indexOf('\n') < 0, "message", message);
    }

    /** {@code file:line:column: reason}. */
    @Override
    public String toString() {
        return position + ": " + message;
    }
}
