package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.scenario.Position;
import io.wheelhouse.sim.scenario.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with a script, and what in it lies outside of the subset. At most {@link #LIMIT} of each are kept. */
final class Trouble {
    static final int LIMIT = 1_000;

    private final String source;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Unsupported> unsupported = new ArrayList<>();

    Trouble(String source) {
        this.source = source;
    }

    /** The script breaks the language's rules. */
    void malformed(int line, int column, String message) {
        if (problems.size() < LIMIT) {
            problems.add(new Problem(new Position(source, line, column), message));
        }
    }

    void malformed(Token at, String message) {
        malformed(at.line(), at.column(), message);
    }

    /** The script is fine, but asks for what is not modeled. */
    void outside(Token at, String construct) {
        outside(at.line(), at.column(), construct);
    }

    void outside(int line, int column, String construct) {
        if (unsupported.size() < LIMIT) {
            unsupported.add(new Unsupported(construct, line, column));
        }
    }

    /** In the order of the script. */
    List<Problem> problems() {
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparingInt((Problem p) -> p.position().line())
                .thenComparingInt(p -> p.position().column()));
        return sorted;
    }

    /** In the order of the script. */
    List<Unsupported> unsupported() {
        List<Unsupported> sorted = new ArrayList<>(unsupported);
        sorted.sort(Comparator.comparingInt(Unsupported::line).thenComparingInt(Unsupported::column));
        return sorted;
    }
}
