package io.wheelhouse.sim.drill;

/**
 * A word of a script.
 *
 * @param text as written; without its delimiters for strings, commands and code
 * @param line from 1
 * @param column from 1
 * @param leads whether it is the first on its line
 */
record Token(Kind kind, String text, int line, int column, boolean leads) {

    enum Kind {
        /** Letters, digits and underscores, not all of them digits. */
        WORD,
        /** Decimal, perhaps negative. */
        INTEGER,
        /** {@code 0x...}; the text is without the prefix. */
        HEX,
        /** Decimal with a point, perhaps negative. */
        FLOAT,
        /** {@code "..."}. */
        STRING,
        /** {@code `...`}. */
        COMMAND,
        /** {@code %{...}%}. */
        CODE,
        /** {@code --name}; the text is without the dashes. */
        OPTION,
        /** An IPv4 or IPv6 address. */
        ADDRESS,
        /** {@code ...}. */
        ELLIPSIS,
        /** Any other character. */
        MARK,
        /** The end of the script. */
        END
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean isMark(char mark) {
        return kind == Kind.MARK && text.charAt(0) == mark;
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    /** How a message names it. */
    String shown() {
        return switch (kind) {
            case END -> "the end of the script";
            case STRING -> "a string";
            case COMMAND -> "a command in backquotes";
            case CODE -> "code";
            case HEX -> "'0x" + text + "'";
            case OPTION -> "'--" + text + "'";
            case ELLIPSIS -> "'...'";
            default -> "'" + text + "'";
        };
    }
}
