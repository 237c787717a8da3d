package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.drill.Statement.Formula;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the code between <code>%{</code> and <code>}%</code>: assertions, assignments and prints, one a line or parted by
 * semicolons. Prints are read over. Python's other statements are outside of the subset.
 */
final class CodeParser {
    private static final Pattern TOKEN = Pattern.compile(
            "0[xX]\\p{XDigit}+|\\d+\\.?\\d*(?:[eE][+-]?\\d+)?|\\w+"
                    + "|'(?:\\\\.|[^'\\\\\\n])*'|\"(?:\\\\.|[^\"\\\\\\n])*\"|\\*\\*|//|<<|>>|[=!<>+*/|&%-]=|[-+*/%<>=()\\[\\]|&^~,.:{}]");

    private static final List<String> OTHER_STATEMENTS = List.of(
            "if", "for", "while", "def", "import", "from", "class", "try", "with", "raise", "return", "del", "global");

    private static final List<String> AUGMENTED = List.of("+=", "-=", "*=", "|=", "&=");

    /**
     * A token of code.
     *
     * @param end where it ends in the text
     */
    record Piece(String text, int line, int column, int start, int end) {}

    private final String text;
    private final Token at;
    private final Trouble trouble;
    private final List<Statement> statements = new ArrayList<>();

    CodeParser(Token code, Trouble trouble) {
        this.text = code.text();
        this.at = code;
        this.trouble = trouble;
    }

    List<Statement> statements() {
        for (List<Piece> line : lines()) {
            if (line.isEmpty()) {
                continue;
            }
            try {
                statement(line);
            } catch (Cursor.GivenUp e) {
                // reported; the next statement may be right
            }
        }
        return List.copyOf(statements);
    }

    /** Splits the code into statements: at semicolons, and at line ends outside of brackets. */
    private List<List<Piece>> lines() {
        List<List<Piece>> lines = new ArrayList<>();
        List<Piece> current = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int line = at.line();
        int lineStart = -at.column() - 1;
        int brackets = 0;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\n' || c == ';') {
                if (brackets == 0 || c == ';') {
                    lines.add(current);
                    current = new ArrayList<>();
                    brackets = 0;
                }
                i++;
                line += c == '\n' ? 1 : 0;
                lineStart = c == '\n' ? i : lineStart;
            } else if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                i += 2;
                line++;
                lineStart = i;
            } else if (Character.isWhitespace(c)) {
                i++;
            } else if (c == '#') {
                int end = text.indexOf('\n', i);
                i = end < 0 ? text.length() : end;
            } else if (matcher.region(i, text.length()).lookingAt()) {
                current.add(new Piece(matcher.group(), line, i - lineStart + 1, i, matcher.end()));
                brackets += "([".contains(matcher.group()) ? 1 : ")]".contains(matcher.group()) ? -1 : 0;
                i = matcher.end();
            } else {
                trouble.malformed(
                        line, i - lineStart + 1, "expected a word, a number or an operator, found '" + c + "'");
                i++;
            }
        }
        lines.add(current);
        return lines;
    }

    private void statement(List<Piece> line) {
        Piece first = line.get(0);
        if (first.text().equals("assert")) {
            FormulaParser formula = new FormulaParser(line, 1, trouble);
            Formula condition = formula.condition();
            int last = formula.position() - 1;
            formula.message();
            statements.add(new Statement.Assertion(
                    first.line(),
                    condition,
                    text.substring(line.get(1).start(), line.get(last).end())));
        } else if (OTHER_STATEMENTS.contains(first.text())) {
            trouble.outside(first.line(), first.column(), "Python's '" + first.text() + "'");
        } else if (line.size() > 2
                && (line.get(1).text().equals("=")
                        || AUGMENTED.contains(line.get(1).text()))) {
            assign(line);
        } else if (!first.text().equals("print") && !first.text().equals("pass")) {
            trouble.malformed(
                    first.line(),
                    first.column(),
                    "expected assert, print or an assignment, found '" + first.text() + "'");
        }
    }

    private void assign(List<Piece> line) {
        Piece name = line.get(0);
        FormulaParser parser = new FormulaParser(line, 2, trouble);
        Formula value = parser.condition();
        parser.expectEnd();
        String operator = line.get(1).text();
        Formula result = operator.equals("=")
                ? value
                : FormulaParser.binary(operator.substring(0, 1), FormulaParser.name(name.text()), value);
        statements.add(new Statement.Assign(name.line(), name.text(), result));
    }

    /** Two numbers to one. */
    interface Operation {
        double apply(double left, double right);
    }

    /** A formula of one name. */
    record Name(String text) implements Formula {
        @Override
        public double value(Map<String, Double> names) {
            Double value = names.get(text);
            if (value == null) {
                throw new IllegalStateException("no value for " + text);
            }
            return value;
        }

        @Override
        public List<String> names() {
            return List.of(text);
        }
    }

    /** A formula of none. */
    record Constant(double number) implements Formula {
        @Override
        public double value(Map<String, Double> names) {
            return number;
        }

        @Override
        public List<String> names() {
            return List.of();
        }
    }

    /** A formula of two. */
    record Binary(Operation operation, Formula left, Formula right) implements Formula {
        @Override
        public double value(Map<String, Double> names) {
            return operation.apply(left.value(names), right.value(names));
        }

        @Override
        public List<String> names() {
            List<String> all = new ArrayList<>(left.names());
            all.addAll(right.names());
            return all;
        }
    }
}
