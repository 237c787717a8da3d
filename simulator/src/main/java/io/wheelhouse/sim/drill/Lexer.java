package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.drill.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a script into tokens; one pass over the text. Comments run from {@code //} or {@code #} to the end of the line,
 * or from {@code /*} to {@code *}{@code /}. What is no token is reported and left out.
 */
final class Lexer {
    private static final int LONGEST_SHOWN = 20;
    private static final Pattern IPV4 = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    /** Anything with a double colon, or eight groups; a sequence range such as 1:1001 has neither. */
    private static final Pattern IPV6 = Pattern.compile("(?=[\\p{XDigit}:]{0,37}::|(?:\\p{XDigit}{1,4}:){7}\\p{XDigit})"
            + "[\\p{XDigit}:]{2,39}(?:\\d+\\.\\d+\\.\\d+\\.\\d+)?");

    private static final Pattern FLOAT = Pattern.compile("-?\\d*\\.\\d+");
    private static final Pattern HEX = Pattern.compile("0x\\p{XDigit}+");
    private static final Pattern INTEGER = Pattern.compile("-?\\d+");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_]+");
    private static final Pattern OPTION =
            Pattern.compile("--[A-Za-z0-9_]+(?:=(?:\"[^\"\n]*\"|`[^`\n]*`|[^\\s\"`])*+)?+");
    private static final String MARKS = "+-*~:(),.<>=|[]{}/&!";

    private final String text;
    private final Trouble trouble;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;
    private boolean fresh = true;

    private Lexer(String text, Trouble trouble) {
        this.text = text;
        this.trouble = trouble;
    }

    /** All tokens of a script, the last of kind END. */
    static List<Token> tokens(String text, Trouble trouble) {
        return new Lexer(text, trouble).run();
    }

    private List<Token> run() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                newLine();
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '#' || text.startsWith("//", at)) {
                skipLine();
            } else if (text.startsWith("/*", at)) {
                skipTo("*/", "a comment", "'*/'");
            } else {
                token(c);
                fresh = false;
            }
        }
        tokens.add(new Token(Kind.END, "", line, column(at), fresh));
        return tokens;
    }

    private int column(int position) {
        return position - lineStart + 1;
    }

    private void newLine() {
        at++;
        line++;
        lineStart = at;
        fresh = true;
    }

    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
    }

    /** Moves behind a closing delimiter and returns what stood before it. */
    private String skipTo(String close, String what, String expected) {
        int open = at;
        int end = text.indexOf(close, at + 2 - (close.length() == 1 ? 1 : 0));
        if (end < 0) {
            trouble.malformed(line, column(open), what + " begins here and never ends; expected " + expected);
            end = text.length();
        }
        int stop = Math.min(text.length(), end + close.length());
        while (at < stop) {
            if (text.charAt(at) == '\n') {
                newLine();
            } else {
                at++;
            }
        }
        return text.substring(Math.min(open + close.length(), end), end);
    }

    private void token(char c) {
        if (c == '`') {
            delimited(Kind.COMMAND, "`", "a command", "'`'");
        } else if (c == '"') {
            string();
        } else if (text.startsWith("%{", at)) {
            delimited(Kind.CODE, "}%", "code", "'}%'");
        } else if (text.startsWith("...", at)) {
            add(Kind.ELLIPSIS, 3);
        } else if (!matched()) {
            mark(c);
        }
    }

    private void delimited(Kind kind, String close, String what, String expected) {
        int startLine = line;
        int startColumn = column(at);
        boolean leads = fresh;
        String inside = skipTo(close, what, expected);
        tokens.add(new Token(kind, inside, startLine, startColumn, leads));
    }

    private void string() {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\n') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= text.length() || text.charAt(end) != '"') {
            trouble.malformed(line, column(at), "a string begins here and does not end on its line; expected '\"'");
            skipLine();
            return;
        }
        tokens.add(new Token(Kind.STRING, text.substring(at + 1, end), line, column(at), fresh));
        at = end + 1;
    }

    private boolean matched() {
        return match(Kind.OPTION, OPTION, 2)
                || match(Kind.ADDRESS, IPV4, 0)
                || match(Kind.ADDRESS, IPV6, 0)
                || match(Kind.FLOAT, FLOAT, 0)
                || match(Kind.HEX, HEX, 2)
                || number()
                || match(Kind.WORD, WORD, 0);
    }

    /** Digits, unless letters follow them: then all of it is a word, such as the value of a cookie. */
    private boolean number() {
        Matcher word = WORD.matcher(text).region(at, text.length());
        Matcher integer = INTEGER.matcher(text).region(at, text.length());
        if (!integer.lookingAt() || (word.lookingAt() && word.end() > integer.end())) {
            return false;
        }
        add(Kind.INTEGER, integer.end() - at);
        return true;
    }

    private boolean match(Kind kind, Pattern pattern, int prefix) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        tokens.add(new Token(kind, text.substring(at + prefix, matcher.end()), line, column(at), fresh));
        at = matcher.end();
        return true;
    }

    private void add(Kind kind, int length) {
        tokens.add(new Token(kind, text.substring(at, at + length), line, column(at), fresh));
        at += length;
    }

    private void mark(char c) {
        if (MARKS.indexOf(c) >= 0) {
            add(Kind.MARK, 1);
            return;
        }
        int end = Math.min(text.length(), at + LONGEST_SHOWN);
        String shown =
                Character.isISOControl(c) ? String.format(Locale.ROOT, "\\u%04x", (int) c) : text.substring(at, end);
        int stop = 0;
        while (stop < shown.length() && !Character.isWhitespace(shown.charAt(stop))) {
            stop++;
        }
        trouble.malformed(
                line,
                column(at),
                "expected a time, a packet, a call, a command or a comment, found '" + shown.substring(0, stop) + "'");
        skipLine();
    }
}
