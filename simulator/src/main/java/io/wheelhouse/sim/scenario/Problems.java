package io.wheelhouse.sim.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The problems found so far. At most {@link #LIMIT} are kept; the rest are counted, and the count is shown. */
final class Problems {
    static final int LIMIT = 1_000;

    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(
                    (Problem problem) -> problem.position().line() == 0)
            .thenComparingInt(problem -> problem.position().line())
            .thenComparingInt(problem -> problem.position().column());

    private final List<Problem> problems = new ArrayList<>();
    private int found;

    void add(Position position, String message) {
        found++;
        if (found <= LIMIT) {
            problems.add(new Problem(position, message));
        }
    }

    /** How many have been added. */
    int found() {
        return found;
    }

    /** All of them as an exception: those of the file in its order, then those of the command line. */
    ScenarioException asException(String source) {
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort(BY_PLACE);
        if (found > LIMIT) {
            sorted.add(new Problem(Position.whole(source), "and " + (found - LIMIT) + " more problems"));
        }
        return new ScenarioException(sorted);
    }
}
