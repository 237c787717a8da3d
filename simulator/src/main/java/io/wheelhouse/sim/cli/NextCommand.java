package io.wheelhouse.sim.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A command line like the one that was given, with other settings: to be copied into a POSIX shell.
 *
 * @param command how the program was called
 * @param scenario as it was named
 * @param settings those given with {@code --set}
 * @param otherFolder where its results go, so that those of this run stay
 */
record NextCommand(
        String command,
        String scenario,
        List<String> settings,
        @Nullable Long seed,
        String otherFolder) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    /** The command with more settings, which take the place of those for the same keys. */
    String with(List<String> more) {
        List<String> words = new ArrayList<>(List.of(command, "run", scenario));
        for (String setting : settings) {
            if (more.stream().noneMatch(other -> key(other).equals(key(setting)))) {
                words.addAll(List.of("--set", setting));
            }
        }
        more.forEach(setting -> words.addAll(List.of("--set", setting)));
        if (seed != null) {
            words.addAll(List.of("--seed", Long.toString(seed)));
        }
        words.addAll(List.of("--out", otherFolder));
        return String.join(" ", words.stream().map(NextCommand::quoted).toList());
    }

    private static String key(String setting) {
        int sign = setting.indexOf('=');
        return sign < 0 ? setting : setting.substring(0, sign);
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
