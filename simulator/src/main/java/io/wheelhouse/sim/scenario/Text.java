package io.wheelhouse.sim.scenario;

/** Pieces of messages. */
final class Text {
    private static final int QUOTED_CHARACTERS = 48;

    private Text() {}

    /** A text of the input in quotes, made fit for a message. */
    static String quote(String text) {
        return '"' + oneLine(text, QUOTED_CHARACTERS) + '"';
    }

    /** A text of the input made fit for one line: cut short, and with a dot for what cannot be printed. */
    static String oneLine(String text, int characters) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(characters).forEach(c -> line.appendCodePoint(isPrintable(c) ? c : '.'));
        boolean isCut = text.codePointCount(0, text.length()) > characters;
        return isCut ? line.append("...").toString() : line.toString();
    }

    /** Whether a character can stand in one line of any terminal: no control, no format, no half of a pair. */
    static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
