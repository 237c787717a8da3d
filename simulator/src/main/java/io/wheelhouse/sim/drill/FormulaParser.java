package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.drill.CodeParser.Binary;
import io.wheelhouse.sim.drill.CodeParser.Constant;
import io.wheelhouse.sim.drill.CodeParser.Name;
import io.wheelhouse.sim.drill.CodeParser.Operation;
import io.wheelhouse.sim.drill.CodeParser.Piece;
import io.wheelhouse.sim.drill.Statement.Formula;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads Python's expressions over numbers, by its rules of precedence; comparisons may be chained. */
final class FormulaParser {
    private static final int DEEPEST = 32;
    private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");

    /** From the loosest to the tightest. */
    private static final List<List<String>> LEVELS = List.of(
            List.of("|"),
            List.of("^"),
            List.of("&"),
            List.of("<<", ">>"),
            List.of("+", "-"),
            List.of("*", "/", "//", "%"));

    private static final Map<String, Operation> OPERATIONS = Map.ofEntries(
            Map.entry("|", (a, b) -> (long) a | (long) b),
            Map.entry("^", (a, b) -> (long) a ^ (long) b),
            Map.entry("&", (a, b) -> (long) a & (long) b),
            Map.entry("<<", (a, b) -> (long) a << (int) b),
            Map.entry(">>", (a, b) -> (long) a >> (int) b),
            Map.entry("+", (a, b) -> a + b),
            Map.entry("-", (a, b) -> a - b),
            Map.entry("*", (a, b) -> a * b),
            Map.entry("/", (a, b) -> a / b),
            Map.entry("//", (a, b) -> Math.floor(a / b)),
            Map.entry("**", StrictMath::pow),
            Map.entry("%", (a, b) -> a - b * Math.floor(a / b)),
            Map.entry("==", (a, b) -> truth(a == b)),
            Map.entry("!=", (a, b) -> truth(a != b)),
            Map.entry("<", (a, b) -> truth(a < b)),
            Map.entry("<=", (a, b) -> truth(a <= b)),
            Map.entry(">", (a, b) -> truth(a > b)),
            Map.entry(">=", (a, b) -> truth(a >= b)),
            Map.entry("and", (a, b) -> a == 0 ? a : b),
            Map.entry("or", (a, b) -> a == 0 ? b : a));

    /** Of one argument, given twice, or of several. */
    private static final Map<String, Operation> FUNCTIONS = Map.ofEntries(
            Map.entry("abs", (a, b) -> Math.abs(a)),
            Map.entry("bool", (a, b) -> truth(a != 0)),
            Map.entry("float", (a, b) -> a),
            Map.entry("int", (a, b) -> a < 0 ? Math.ceil(a) : Math.floor(a)),
            Map.entry("round", (a, b) -> Math.rint(a)),
            Map.entry("max", Math::max),
            Map.entry("min", Math::min));

    private static final Set<String> SEVERAL = Set.of("max", "min");

    /** A formula of three. */
    record Choice(Formula when, Formula then, Formula otherwise) implements Formula {
        @Override
        public double value(Map<String, Double> names) {
            return (when.value(names) != 0 ? then : otherwise).value(names);
        }

        @Override
        public List<String> names() {
            List<String> all = new ArrayList<>(when.names());
            all.addAll(then.names());
            all.addAll(otherwise.names());
            return all;
        }
    }

    private final List<Piece> pieces;
    private final Trouble trouble;
    private int at;
    private int depth;

    FormulaParser(List<Piece> pieces, int at, Trouble trouble) {
        this.pieces = pieces;
        this.at = at;
        this.trouble = trouble;
    }

    private static double truth(boolean is) {
        return is ? 1 : 0;
    }

    static Formula name(String text) {
        return new Name(text);
    }

    static Formula binary(String operator, Formula left, Formula right) {
        Operation operation = OPERATIONS.get(operator);
        if (operation == null) {
            throw new IllegalArgumentException("operator " + operator);
        }
        return new Binary(operation, left, right);
    }

    /** The number of the next token. */
    int position() {
        return at;
    }

    /** An assertion's message, which may be any expression and is read over. */
    void message() {
        if (taken(",")) {
            if (at == pieces.size()) {
                throw unexpected("a message");
            }
            at = pieces.size();
        }
        expectEnd();
    }

    void expectEnd() {
        if (at < pieces.size()) {
            throw unexpected("an operator or the end of the statement");
        }
    }

    /** A condition: {@code a if b else c} is the loosest, then {@code or}. */
    Formula condition() {
        deeper();
        Formula value = disjunction();
        if (taken("if")) {
            Formula when = disjunction();
            if (!taken("else")) {
                throw unexpected("'else'");
            }
            value = new Choice(when, value, condition());
        }
        depth--;
        return value;
    }

    private void deeper() {
        if (++depth > DEEPEST) {
            throw unexpected("at most " + DEEPEST + " brackets within brackets");
        }
    }

    private Formula disjunction() {
        Formula left = conjunction();
        while (taken("or")) {
            left = binary("or", left, conjunction());
        }
        return left;
    }

    private Formula conjunction() {
        Formula left = negation();
        while (taken("and")) {
            left = binary("and", left, negation());
        }
        return left;
    }

    private Formula negation() {
        boolean negated = false;
        while (taken("not")) {
            negated = !negated;
        }
        Formula value = comparison();
        return negated ? binary("==", value, new Constant(0)) : value;
    }

    /** {@code a < b <= c} is {@code a < b and b <= c}. */
    private Formula comparison() {
        Formula left = level(0);
        Formula all = null;
        while (true) {
            Formula one;
            if (at < pieces.size() && COMPARISONS.contains(pieces.get(at).text())) {
                String operator = pieces.get(at++).text();
                Formula right = level(0);
                one = binary(operator, left, right);
                left = right;
            } else if (taken("in")) {
                one = membership(left);
            } else if (at + 1 < pieces.size() && is(at, "not") && is(at + 1, "in")) {
                at += 2;
                one = binary("==", membership(left), new Constant(0));
            } else {
                return all == null ? left : all;
            }
            all = all == null ? one : binary("and", all, one);
        }
    }

    private Formula membership(Formula left) {
        if (!taken("(") && !taken("[")) {
            throw unexpected("a list in brackets");
        }
        Formula any = new Constant(0);
        while (!taken(")") && !taken("]")) {
            any = binary("or", any, binary("==", left, condition()));
            if (!taken(",") && !is(at, ")") && !is(at, "]")) {
                throw unexpected("',' or the end of the list");
            }
        }
        return any;
    }

    private Formula level(int level) {
        if (level == LEVELS.size()) {
            return unary();
        }
        Formula left = level(level + 1);
        while (at < pieces.size() && LEVELS.get(level).contains(pieces.get(at).text())) {
            String operator = pieces.get(at++).text();
            left = binary(operator, left, level(level + 1));
        }
        return left;
    }

    private Formula unary() {
        boolean minus = false;
        while (is(at, "-") || is(at, "+")) {
            minus ^= pieces.get(at++).text().equals("-");
        }
        Formula value = primary();
        if (taken("**")) {
            deeper();
            value = binary("**", value, unary());
            depth--;
        }
        return minus ? binary("-", new Constant(0), value) : value;
    }

    private Formula primary() {
        if (at == pieces.size()) {
            throw unexpected("a value");
        }
        Piece piece = pieces.get(at);
        char first = piece.text().charAt(0);
        if (taken("(")) {
            Formula inside = condition();
            List<Formula> more = new ArrayList<>();
            while (taken(",") && !is(at, ")")) {
                more.add(condition());
            }
            if (!taken(")")) {
                throw unexpected("')'");
            }
            return more.isEmpty() ? inside : new Constant(Double.NaN);
        }
        if (Character.isDigit(first)) {
            at++;
            return new Constant(number(piece));
        }
        if (first == '\'' || first == '"') {
            at++;
            return new Constant(Double.NaN);
        }
        if (Character.isLetter(first) || first == '_') {
            at++;
            return is(at, "(") ? function(piece) : constantOrName(piece.text());
        }
        throw unexpected("a value");
    }

    /** {@code abs(a)}, {@code min(a, b)} and their like. */
    private Formula function(Piece name) {
        if (!FUNCTIONS.containsKey(name.text())) {
            trouble.outside(name.line(), name.column(), "Python's '" + name.text() + "()'");
            throw new Cursor.GivenUp();
        }
        at++;
        List<Formula> arguments = new ArrayList<>();
        do {
            arguments.add(condition());
        } while (taken(","));
        if (!taken(")")) {
            throw unexpected("')'");
        }
        Operation operation = FUNCTIONS.get(name.text());
        Formula value = arguments.get(0);
        if (arguments.size() == 1) {
            return new Binary(operation, value, value);
        }
        if (!SEVERAL.contains(name.text())) {
            throw unexpected("one argument of " + name.text() + "()");
        }
        for (Formula argument : arguments.subList(1, arguments.size())) {
            value = new Binary(operation, value, argument);
        }
        return value;
    }

    private static Formula constantOrName(String word) {
        return switch (word) {
            case "True" -> new Constant(1);
            case "False", "None" -> new Constant(0);
            default -> new Name(word);
        };
    }

    private double number(Piece piece) {
        try {
            String digits = piece.text();
            return digits.startsWith("0x") || digits.startsWith("0X")
                    ? Long.parseLong(digits.substring(2), 16)
                    : Double.parseDouble(digits);
        } catch (NumberFormatException e) {
            at--;
            throw unexpected("a number");
        }
    }

    private boolean is(int position, String text) {
        return position < pieces.size() && pieces.get(position).text().equals(text);
    }

    private boolean taken(String text) {
        boolean is = is(at, text);
        at += is ? 1 : 0;
        return is;
    }

    private Cursor.GivenUp unexpected(String what) {
        Piece last = pieces.get(Math.min(at, pieces.size() - 1));
        String found = at < pieces.size() ? "'" + last.text() + "'" : "the end of the statement";
        int column =
                at < pieces.size() ? last.column() : last.column() + last.text().length();
        trouble.malformed(last.line(), column, "expected " + what + ", found " + found);
        return new Cursor.GivenUp();
    }
}
