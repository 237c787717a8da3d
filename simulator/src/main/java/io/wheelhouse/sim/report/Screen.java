package io.wheelhouse.sim.report;

import java.util.List;
import java.util.Locale;

/** What the summary on screen is written with: headings, and rows behind a label, 80 columns wide. */
final class Screen {
    /** Columns of a label. */
    static final int LABEL = 10;

    private static final int WIDTH = Lines.WIDTH;

    private final Style style;
    private final StringBuilder out = new StringBuilder();

    Screen(Style style) {
        this.style = style;
    }

    Style style() {
        return style;
    }

    /** All that was written, each line ended. */
    String text() {
        return out.toString();
    }

    /** A row of facts, broken between two of them. */
    void wrapped(String label, String lead, List<String> facts) {
        StringBuilder text = new StringBuilder(lead).append("  ");
        String rowLabel = label;
        for (int i = 0; i < facts.size(); i++) {
            String fact = facts.get(i) + (i < facts.size() - 1 ? ", " : "");
            if (LABEL + text.length() + fact.stripTrailing().length() > WIDTH) {
                row(rowLabel, text.toString().stripTrailing());
                rowLabel = "";
                text = new StringBuilder("  ");
            }
            text.append(fact);
        }
        row(rowLabel, text.toString().stripTrailing());
    }

    /** A row that goes on below its text where it is longer than a line. */
    void broken(String label, String mark, String coloredMark, String text) {
        String plain = label + " ".repeat(LABEL - label.length()) + mark;
        List<String> lines = Lines.labelled(plain, text);
        row(label, coloredMark + lines.get(0).substring(plain.length()));
        lines.subList(1, lines.size()).forEach(this::line);
    }

    void heading(String text) {
        line(style.heading(text));
    }

    /** A line behind a label, or below the row before it where the label is empty. */
    void row(String label, String text) {
        line(
                label.isEmpty()
                        ? " ".repeat(LABEL) + text
                        : style.heading(label) + " ".repeat(LABEL - label.length()) + text);
    }

    void line(String text) {
        out.append(text).append('\n');
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
