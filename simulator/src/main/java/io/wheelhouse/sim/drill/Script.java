package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.scenario.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A script as read. If there are problems it is malformed; else, if something in it is unsupported, it is to be skipped;
 * else it can be run. Immutable.
 */
public final class Script {
    private final String source;
    private final ScriptOptions options;
    private final List<Event> events;
    private final List<Problem> problems;
    private final List<Unsupported> unsupported;

    Script(String source, ScriptOptions options, List<Event> events, Trouble trouble) {
        this.source = source;
        this.options = options;
        this.events = List.copyOf(events);
        this.problems = List.copyOf(trouble.problems());
        this.unsupported = List.copyOf(trouble.unsupported());
    }

    /**
     * Reads a script.
     *
     * @param text all of it
     * @param source its file's name, for messages
     */
    public static Script parse(String text, String source) {
        return new Parser(text, source).script();
    }

    /** The file's name. */
    public String source() {
        return source;
    }

    /** What breaks the language's rules, in the order of the script. */
    public List<Problem> problems() {
        return problems;
    }

    /** The first construct that is not modeled. */
    public Optional<Unsupported> firstUnsupported() {
        return unsupported.stream().findFirst();
    }

    ScriptOptions options() {
        return options;
    }

    List<Event> events() {
        return events;
    }
}
