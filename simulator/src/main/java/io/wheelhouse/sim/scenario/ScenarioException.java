package io.wheelhouse.sim.scenario;

import java.util.List;
import java.util.stream.Collectors;

/** A scenario cannot be used: everything that is wrong with it, in the order of the file, then of the command line. */
public final class ScenarioException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems at least one */
    public ScenarioException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Whether nothing is wrong but what the command line puts in place of the file's values. */
    public boolean isInTheCommandLine() {
        return problems.stream().allMatch(problem -> problem.position().isOption());
    }

    /** At least one problem. */
    public List<Problem> problems() {
        return problems;
    }
}
