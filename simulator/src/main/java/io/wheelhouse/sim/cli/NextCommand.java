package io.wheelhouse.sim.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A command line like the one that was given, with other settings: to be copied into a POSIX shell.
 *
 * @param program how the program was called
 * @param scenario as it was named
 * @param overrides those given
 * @param otherFolder where its results go, so that those of this run stay
 */
record NextCommand(String program, Like like, String scenario, Overrides overrides, String otherFolder) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    /**
     * Which command, and what it was given beside a scenario and its settings.
     *
     * @param options each with its value
     */
    record Like(String command, List<String> options) {
        Like {
            options = List.copyOf(options);
        }
    }

    /** The command with more settings, which take the place of those for the same keys; an option and its value are one part. */
    List<String> with(List<String> more) {
        List<String> parts = new ArrayList<>();
        parts.add(quoted(program) + " " + like.command + " " + quoted(scenario));
        for (String setting : overrides.assignments()) {
            if (more.stream().noneMatch(other -> key(other).equals(key(setting)))) {
                parts.add("--set " + quoted(setting));
            }
        }
        more.forEach(setting -> parts.add("--set " + quoted(setting)));
        if (overrides.seed() != null) {
            parts.add("--seed " + overrides.seed());
        }
        parts.addAll(like.options);
        parts.add("--out " + quoted(otherFolder));
        return parts;
    }

    private static String key(String setting) {
        int sign = setting.indexOf('=');
        return sign < 0 ? setting : setting.substring(0, sign);
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
