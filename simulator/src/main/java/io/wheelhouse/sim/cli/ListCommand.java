package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.report.Lines;
import io.wheelhouse.sim.scenario.ScenarioException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code wheelhouse list}: the gallery, a name and a description each. */
@Command(name = "list", description = "List the scenarios of the gallery.", mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    private final Console console;
    private final Scenarios scenarios;

    ListCommand(Console console, Scenarios scenarios) {
        this.console = console;
        this.scenarios = scenarios;
    }

    @Override
    public Integer call() throws ScenarioException {
        List<String> names = Gallery.names();
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        for (String name : names) {
            String label = name + " ".repeat(width - name.length() + 2);
            Lines.labelled(label, scenarios.gallery(name).description()).forEach(console.out()::println);
        }
        return ExitCode.OK;
    }
}
