package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.engine.Forecast;
import io.wheelhouse.sim.metrics.LiveUse;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.report.NextStep;
import io.wheelhouse.sim.report.ProgramInfo;
import io.wheelhouse.sim.report.ResultFolder;
import io.wheelhouse.sim.report.ScreenSummary;
import io.wheelhouse.sim.report.SummaryJson;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.ScenarioException;
import io.wheelhouse.sim.scenario.ScenarioWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code run} and {@code live} have in common: one scenario, one result folder, one summary. */
final class SingleRun {
    private static final String RESULTS = "results";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SCENARIO", description = "A scenario file, or a name of the gallery (see list).")
    private String scenario = "";

    @Mixin
    private Overrides overrides = new Overrides();

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where results go, by default results/<name>-<seed>. An earlier result there is replaced.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print summary.json instead of the summary for people.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "No summary and no progress, only what is wrong.")
    private boolean quiet;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "Colors: ${COMPLETION-CANDIDATES}; auto is for terminals, and honours NO_COLOR.")
    private Console.Color color = Console.Color.AUTO;

    /** What runs the scenario. */
    @FunctionalInterface
    interface Runner {
        RunResult run(Scenario scenario, RunListener listener, BooleanSupplier cancelled);
    }

    /**
     * Reads the scenario, has it run, saves and prints what came of it, and says how the program ends.
     *
     * @param like the command that asks, and its own options
     */
    int run(Console console, Scenarios scenarios, NextCommand.Like like, Runner runner)
            throws ScenarioException, IOException {
        if (out != null && out.toString().isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--out must name a folder");
        }
        Scenario effective = scenarios.read(scenario, overrides.settings());
        List<String> refusal = ExplainCommand.refusal(effective, Forecast.of(effective));
        if (!refusal.isEmpty()) {
            refusal.forEach(console::message);
            return ExitCode.FAILED;
        }
        Path folder = out != null ? out : Path.of(RESULTS, effective.name() + "-" + effective.seed());
        try (Interruption interruption = Interruption.listen();
                ResultFolder results =
                        ResultFolder.create(folder, effective.host().processors())) {
            RunResult result = run(console, effective, runner, results.listener(), interruption);
            List<String> files = results.finish(result, ScenarioWriter.write(effective), ProgramInfo.current());
            print(console, effective, result, folder, files, like);
            return exitCode(result);
        }
    }

    private RunResult run(
            Console console, Scenario effective, Runner runner, RunListener files, Interruption interruption) {
        if (quiet || !console.errIsTerminal()) {
            return runner.run(effective, files, interruption);
        }
        try (ProgressLine progress = new ProgressLine(effective.name(), effective.durationNs(), console.err())) {
            return runner.run(effective, files.and(progress), interruption);
        }
    }

    private void print(
            Console console,
            Scenario effective,
            RunResult result,
            Path folder,
            List<String> files,
            NextCommand.Like like)
            throws IOException {
        LiveUse live = result.host().live();
        if (live != null && (json || quiet)) {
            live.troubles().forEach(console::message);
        }
        if (json) {
            SummaryJson.write(result, console.out());
        } else if (quiet) {
            ScreenSummary.unmet(result).forEach(console.err()::println);
        } else {
            List<String> next = new NextCommand(console.command(), like, scenario, overrides, folder + "-next")
                    .with(NextStep.settings(effective, result));
            console.out().print(ScreenSummary.of(result, folder.toString(), files, next, console.style(color)));
        }
        console.out().flush();
    }

    static int exitCode(RunResult result) {
        if (!result.laws().kept() || anyThrew(result)) {
            return ExitCode.FAILED;
        }
        if (result.interrupted()) {
            return ExitCode.INTERRUPTED;
        }
        return result.expectationsMet() ? ExitCode.OK : ExitCode.NOT_MET;
    }

    private static boolean anyThrew(RunResult result) {
        LiveUse live = result.host().live();
        return live != null && live.thrown() > 0;
    }
}
