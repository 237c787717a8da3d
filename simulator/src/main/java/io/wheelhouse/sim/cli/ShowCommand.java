package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.scenario.ScenarioException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code wheelhouse show}: the text of a scenario of the gallery, to read or to start from. */
@Command(name = "show", description = "Print a scenario of the gallery.", mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "NAME", description = "A name of the gallery (see list).")
    private String name = "";

    ShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws ScenarioException {
        String text = Gallery.text(name);
        if (text == null) {
            throw new ScenarioException(List.of(Scenarios.notFound(name)));
        }
        console.out().print(text);
        return ExitCode.OK;
    }
}
