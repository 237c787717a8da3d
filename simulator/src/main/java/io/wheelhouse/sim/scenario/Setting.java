package io.wheelhouse.sim.scenario;

import java.util.Objects;

/**
 * A value given on the command line in place of the file's: {@code connections.phones.count=10}. The path names keys, and
 * items of a list by index or by name; the value is YAML.
 *
 * @param option the option that carried it, as messages should show it, such as {@code --set}
 * @param assignment path=value
 */
public record Setting(String option, String assignment) {
    private static final int SHOWN_CHARACTERS = 100;

    public Setting {
        Objects.requireNonNull(option, "option");
        Objects.requireNonNull(assignment, "assignment");
    }

    /** Where problems with it are reported. */
    Position position() {
        return Position.whole(option + " " + Text.oneLine(assignment, SHOWN_CHARACTERS));
    }
}
