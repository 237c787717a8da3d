package io.wheelhouse.sim.report;

import java.util.ArrayList;
import java.util.List;

/** Breaks what people read into lines of at most 80 columns, between words; a longer word has a line of its own. */
public final class Lines {
    /** Columns of a screen. */
    public static final int WIDTH = 80;

    private Lines() {}

    /** The text behind a label, and below the text's beginning where it goes on. */
    public static List<String> labelled(String label, String text) {
        return broken(label, " ".repeat(label.length()), "", List.of(text.split(" ", -1)));
    }

    /** The text, indented by {@code indent} where it goes on. */
    public static List<String> hanging(String indent, String text) {
        return broken("", indent, "", List.of(text.split(" ", -1)));
    }

    /**
     * A command for a POSIX shell behind a label, its lines joined by backslashes.
     *
     * @param parts words, or options with their values, that stay on one line
     */
    public static List<String> command(String label, List<String> parts) {
        return broken(label, " ".repeat(label.length() + 2), " \\", parts);
    }

    private static List<String> broken(String first, String indent, String joint, List<String> parts) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean fresh = true;
        for (int at = 0; at < parts.size(); at++) {
            String part = parts.get(at);
            int room = WIDTH - (at < parts.size() - 1 ? joint.length() : 0);
            if (!fresh && line.length() + 1 + part.length() > room) {
                lines.add(line + joint);
                line = new StringBuilder(indent);
                fresh = true;
            }
            line.append(fresh ? "" : " ").append(part);
            fresh = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
