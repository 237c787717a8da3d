package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.scenario.ScenarioException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code wheelhouse validate}: reads scenarios and runs none. */
@Command(
        name = "validate",
        description = "Check scenario files, and report all that is wrong with them.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    private final Console console;
    private final Scenarios scenarios;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Scenario files.")
    private List<String> files = new ArrayList<>();

    ValidateCommand(Console console, Scenarios scenarios) {
        this.console = console;
        this.scenarios = scenarios;
    }

    @Override
    public Integer call() {
        int exitCode = ExitCode.OK;
        for (String file : files) {
            try {
                scenarios.read(file, List.of());
                console.out().println(file + ": ok");
            } catch (ScenarioException e) {
                console.problems(e);
                exitCode = ExitCode.INVALID;
            }
        }
        return exitCode;
    }
}
