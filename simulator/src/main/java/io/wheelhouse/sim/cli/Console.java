package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.report.Lines;
import io.wheelhouse.sim.report.Style;
import io.wheelhouse.sim.scenario.ScenarioException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Where a command writes: results to {@code out}, progress and messages to {@code err}. Both are UTF-8 whatever the
 * locale, as the files are.
 *
 * @param outIsTerminal whether somebody looks at {@code out}
 * @param errIsTerminal whether somebody looks at {@code err}
 * @param environment the process's variables
 * @param command how the program was called, for commands that are suggested
 */
record Console(
        PrintStream out,
        PrintStream err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        Map<String, String> environment,
        String command) {

    /** When to use colors. */
    enum Color {
        /** On a terminal. */
        AUTO,
        /** Everywhere. */
        ALWAYS,
        /** Nowhere. */
        NEVER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    // Java 17 cannot tell which of the streams is a terminal; the launcher can, and says so.
    private static final String TERMINALS_PROPERTY = "wheelhouse.terminals";
    private static final String COMMAND_PROPERTY = "wheelhouse.command";

    /** The console of this process. */
    static Console ofProcess() {
        String terminals = System.getProperty(TERMINALS_PROPERTY, "");
        return new Console(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                terminals.contains("out"),
                terminals.contains("err"),
                System.getenv(),
                System.getProperty(COMMAND_PROPERTY, "./wheelhouse"));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Colors for {@code out}, by what was asked for, and else by the terminal and the custom of NO_COLOR. */
    Style style(Color color) {
        boolean colored = switch (color) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                outIsTerminal
                        && environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && !"dumb".equals(environment.get("TERM"));
        };
        return colored ? Style.COLORED : Style.PLAIN;
    }

    /** Says something to the user: on lines of a screen's width on a terminal, on one line elsewhere. */
    void message(String text) {
        say("wheelhouse: " + text);
    }

    /** Says what is wrong with a scenario or a script: a problem a line, or on a terminal as many lines as it takes. */
    void problems(ScenarioException invalid) {
        invalid.problems().forEach(problem -> say(problem.toString()));
    }

    private void say(String text) {
        if (errIsTerminal) {
            Lines.hanging("  ", text).forEach(err::println);
        } else {
            err.println(text);
        }
    }
}
