package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.scenario.ScenarioException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wheelhouse run}: one scenario, one result folder, one summary. */
@Command(
        name = "run",
        description = "Run a scenario in virtual time, and save and summarize what came of it.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private final Console console;
    private final Scenarios scenarios;
    private final Engine engine;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SingleRun single = new SingleRun();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Host threads to run on; the result does not depend on it. By default all there are.")
    private @Nullable Integer threads;

    RunCommand(Console console, Scenarios scenarios, Engine engine) {
        this.console = console;
        this.scenarios = scenarios;
        this.engine = engine;
    }

    @Override
    public Integer call() throws ScenarioException, IOException {
        int hostThreads = HostThreadsOption.value(spec, threads);
        return single.run(
                console,
                scenarios,
                new NextCommand.Like("run", List.of()),
                (scenario, listener, cancelled) -> engine.run(scenario, hostThreads, listener, cancelled));
    }
}
