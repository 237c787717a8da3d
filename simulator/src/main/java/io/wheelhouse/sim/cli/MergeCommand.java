package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.report.InvalidFileException;
import io.wheelhouse.sim.sweep.SweepFolder;
import io.wheelhouse.sim.sweep.SweepPlan;
import io.wheelhouse.sim.sweep.SweepScreen;
import io.wheelhouse.sim.sweep.SweepTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wheelhouse merge}: the shards of a sweep become one. */
@Command(
        name = "merge",
        description = "Put the shards of a sweep together; ends 5 when runs are missing.",
        mixinStandardHelpOptions = true)
final class MergeCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FOLDER", arity = "1..*", description = "Folders of the shards.")
    private List<Path> shards = new ArrayList<>();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FOLDER",
            description = "Where the whole sweep goes; one of the shards' folders will do.")
    private Path out = Path.of("");

    @Option(
            names = {"-q", "--quiet"},
            description = "No table, only what is wrong.")
    private boolean quiet;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "Colors: ${COMPLETION-CANDIDATES}; auto is for terminals, and honours NO_COLOR.")
    private Console.Color color = Console.Color.AUTO;

    MergeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        List<SweepFolder> folders = new ArrayList<>();
        for (Path shard : shards) {
            folders.add(SweepFolder.existing(shard));
        }
        SweepPlan plan = folders.get(0).plan();
        for (SweepFolder other : folders) {
            if (!other.plan().equals(plan)) {
                throw new InvalidFileException(other.path() + ": is a shard of another sweep than " + shards.get(0)
                        + " (scenario, version, values, replications, seed and metrics must be the same)");
            }
        }
        SweepFolder whole = SweepFolder.open(out, plan, folders.get(0).scenario());
        for (SweepFolder shard : folders) {
            whole.takeCells(shard, plan);
        }
        SweepTable table = SweepTable.of(whole, plan);
        table.write(whole);
        if (!quiet) {
            console.out().print(SweepScreen.of(table, console.style(color)));
            console.out().flush();
        }
        if (table.missing() > 0) {
            console.message(
                    "incomplete: " + table.missing() + " of " + plan.cells().size() + " runs are missing");
            return ExitCode.INCOMPLETE;
        }
        return ExitCode.OK;
    }
}
