package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.drill.Token.Kind;
import io.wheelhouse.sim.scenario.Suggestions;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Where a parser is among the tokens. What it does not find is reported, and the line given up. */
final class Cursor {

    /** The rest of an event cannot be read; the reason has been reported. */
    static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GivenUp() {
            super(null, null, false, false);
        }
    }

    private final List<Token> tokens;
    private final Trouble trouble;
    private int at;

    Cursor(List<Token> tokens, Trouble trouble) {
        this.tokens = tokens;
        this.trouble = trouble;
    }

    /** The token to come. */
    Token peek() {
        return peek(0);
    }

    /** The token so many after that. */
    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    /** Takes the token to come; the last one stays. */
    Token take() {
        Token token = peek();
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean atEnd() {
        return peek().is(Kind.END);
    }

    /** Takes the token if it is this mark. */
    boolean taken(char mark) {
        boolean is = peek().isMark(mark);
        if (is) {
            take();
        }
        return is;
    }

    /** Takes the token if it is this word. */
    boolean takenWord(String word) {
        boolean is = peek().isWord(word);
        if (is) {
            take();
        }
        return is;
    }

    void expect(char mark) {
        if (!taken(mark)) {
            throw unexpected("'" + mark + "'");
        }
    }

    Token expect(Kind kind, String what) {
        if (!peek().is(kind)) {
            throw unexpected(what);
        }
        return take();
    }

    /** A whole number from 0 to a limit. */
    long number(String what, long max) {
        if (peek().is(Kind.WORD) && peek().text().equals(peek().text().toUpperCase(Locale.ROOT))) {
            throw outside(peek(), "symbol " + peek().text());
        }
        Token token = expect(Kind.INTEGER, what);
        return inRange(token, parse(token.text(), 10), what, 0, max);
    }

    /** A whole number, decimal or hexadecimal, that fits into 64 bits. */
    long anyNumber() {
        Token token = take();
        return inRange(token, parse(token.text(), token.is(Kind.HEX) ? 16 : 10), "a number", Long.MIN_VALUE + 1, MAX);
    }

    private static final long MAX = Long.MAX_VALUE - 1;

    /** The largest number stands for all that are larger. */
    private static long parse(String digits, int radix) {
        try {
            return Long.parseLong(digits, radix);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private long inRange(Token token, long value, String what, long min, long max) {
        if (value < min || value > max) {
            throw malformed(token, "expected " + what + " from " + min + " to " + max + ", found " + token.shown());
        }
        return value;
    }

    /** Reports what was expected instead of the token to come. */
    GivenUp unexpected(String what) {
        return malformed(peek(), "expected " + what + ", found " + peek().shown());
    }

    /** Reports a name that is none of those there are. */
    GivenUp unknown(Token token, String what, Collection<String> names) {
        String nearest = Suggestions.nearest(token.text(), names);
        return malformed(
                token,
                "unknown " + what + " " + token.shown() + (nearest == null ? "" : "; did you mean '" + nearest + "'?"));
    }

    GivenUp malformed(Token token, String message) {
        trouble.malformed(token, message);
        return new GivenUp();
    }

    /** Reports that what stands there is not modeled. */
    GivenUp outside(Token token, String construct) {
        trouble.outside(token, construct);
        return new GivenUp();
    }

    /** Notes that what stands there is not modeled; what follows can be read all the same. */
    void note(Token token, String construct) {
        trouble.outside(token, construct);
    }

    /** Moves to the next line that may begin an event. */
    void skipToNextEvent() {
        int start = at;
        while (!atEnd() && !(at > start && peek().leads() && mayBeginEvent(peek()))) {
            take();
        }
    }

    private static boolean mayBeginEvent(Token token) {
        return switch (token.kind()) {
            case INTEGER, FLOAT, COMMAND -> true;
            case MARK -> token.isMark('+') || token.isMark('*');
            default -> false;
        };
    }
}
