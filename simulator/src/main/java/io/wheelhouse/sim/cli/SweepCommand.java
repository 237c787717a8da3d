package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.engine.Forecast;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.report.ProgramInfo;
import io.wheelhouse.sim.scenario.ScenarioException;
import io.wheelhouse.sim.sweep.Cell;
import io.wheelhouse.sim.sweep.PoolExecutor;
import io.wheelhouse.sim.sweep.Sweep;
import io.wheelhouse.sim.sweep.SweepFolder;
import io.wheelhouse.sim.sweep.SweepRun;
import io.wheelhouse.sim.sweep.SweepScreen;
import io.wheelhouse.sim.sweep.SweepTable;
import io.wheelhouse.sim.sweep.Variation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wheelhouse sweep}: a grid of settings times replications, and what they say together. */
@Command(
        name = "sweep",
        description = "Run scenarios with every combination of some settings, several times each, and compare.",
        footer = {
            "",
            "What is done is not done again: the same command continues a sweep that was interrupted, and more values"
                    + " or replications add to it.",
            "",
            "Example: ./wheelhouse sweep skewed-load -n 10 \\",
            "           --vary assigner.policy=static,proportional"
        },
        mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {
    private static final int USUAL_REPLICATIONS = 10;
    private static final int MAX_REPLICATIONS = 10_000;

    private final Console console;
    private final Scenarios scenarios;
    private final Engine engine;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "1..*",
            paramLabel = "SCENARIO",
            description = "Scenario files, or names of the gallery (see list); several are swept one after another.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--vary",
            required = true,
            paramLabel = "KEY=A,B,C",
            description = "Values for a key; repeatable. Differences are against the first value of the first key.")
    private List<String> vary = new ArrayList<>();

    @Option(
            names = {"-n", "--replications"},
            paramLabel = "N",
            description = "Runs of each combination, each with a seed of its own; by default ${DEFAULT-VALUE}.")
    private int replications = USUAL_REPLICATIONS;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "What to report, as lateness.rto.p99 or 'retransmissions{group=phones}'; repeatable.")
    private List<String> metrics = new ArrayList<>();

    @Mixin
    private Overrides overrides = new Overrides();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Host threads; each run has one where there are runs enough. By default all there are.")
    private @Nullable Integer threads;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "Run only the I-th of N parts, 1 to N; merge puts the parts together.")
    private @Nullable String shard;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where results go, by default results/<name>-sweep; of several scenarios <name> in it."
                    + " A sweep there is continued.")
    private @Nullable Path out;

    @Option(
            names = {"-q", "--quiet"},
            description = "No table and no progress, only what is wrong.")
    private boolean quiet;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "Colors: ${COMPLETION-CANDIDATES}; auto is for terminals, and honours NO_COLOR.")
    private Console.Color color = Console.Color.AUTO;

    SweepCommand(Console console, Scenarios scenarios, Engine engine) {
        this.console = console;
        this.scenarios = scenarios;
        this.engine = engine;
    }

    @Override
    public Integer call() throws ScenarioException, IOException {
        int hostThreads = HostThreadsOption.value(spec, threads);
        int[] part = part();
        Map<Path, Sweep> sweeps = new LinkedHashMap<>();
        for (String file : files) {
            Sweep sweep = plan(file);
            Path path = folder(sweep.plan().scenario());
            if (sweeps.put(path, sweep) != null) {
                throw usage(
                        "two scenarios are called " + sweep.plan().scenario() + ", and one folder holds one of them");
            }
        }
        for (Sweep sweep : sweeps.values()) {
            List<String> refusal = refusal(sweep);
            if (!refusal.isEmpty()) {
                refusal.forEach(console::message);
                return ExitCode.FAILED;
            }
        }
        int code = ExitCode.OK;
        for (Map.Entry<Path, Sweep> sweep : sweeps.entrySet()) {
            int own = sweep(sweep.getKey(), sweep.getValue(), part, hostThreads);
            code = code == ExitCode.OK ? own : code;
            if (own == ExitCode.INTERRUPTED) {
                return own;
            }
        }
        return code;
    }

    /** Why a sweep is not begun: one of its runs cannot fit. */
    private static List<String> refusal(Sweep sweep) {
        return sweep.cells().stream()
                .map(cell -> ExplainCommand.refusal(cell.scenario(), Forecast.of(cell.scenario())))
                .filter(refusal -> !refusal.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** How many runs at a time fit into the memory. */
    private static int fitting(Sweep sweep) {
        long largest = sweep.cells().stream()
                .mapToLong(cell -> Forecast.of(cell.scenario()).heapNeededBytes())
                .max()
                .orElse(1);
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, ExplainCommand.heapMaxBytes() / largest));
    }

    private Path folder(String name) {
        if (out == null) {
            return Path.of("results", name + "-sweep");
        }
        return files.size() == 1 ? out : out.resolve(name);
    }

    private int sweep(Path path, Sweep sweep, int[] part, int hostThreads) throws IOException {
        SweepFolder folder = SweepFolder.open(path, sweep.plan(), sweep.scenarioText());
        SweepRun run = new SweepRun(sweep, folder, part[0], part[1]);
        int total = run.missing();
        if (!quiet && total < sweep.cells().size() / part[1]) {
            console.message(total + " of " + sweep.cells().size() + " runs are to do; the others are in " + path
                    + (part[1] > 1 ? " or in other shards" : ""));
        }
        // The tables too are written before an interrupted program may end.
        try (Interruption interruption = Interruption.listen()) {
            run(run, hostThreads, fitting(sweep), interruption);
            SweepTable table = SweepTable.of(folder, sweep.plan());
            table.write(folder);
            return report(table, folder, run, interruption.getAsBoolean(), part[1] > 1);
        }
    }

    private Sweep plan(String file) throws ScenarioException {
        if (replications < 1 || replications > MAX_REPLICATIONS) {
            throw usage("--replications must be 1 to " + MAX_REPLICATIONS + ": " + replications);
        }
        try {
            return Sweep.plan(
                    more -> scenarios.read(file, more),
                    overrides.settings(),
                    variations(),
                    replications,
                    metrics,
                    ProgramInfo.current());
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private List<Variation> variations() {
        List<Variation> variations = new ArrayList<>();
        Set<String> keys = new LinkedHashSet<>();
        for (String text : vary) {
            try {
                variations.add(Variation.parse(text));
            } catch (IllegalArgumentException e) {
                throw usage("--vary " + text + ": " + e.getMessage());
            }
            String key = variations.get(variations.size() - 1).key();
            if (!keys.add(key)) {
                throw usage("--vary " + text + ": " + key + " is varied twice");
            }
            if (key.equals("seed")) {
                throw usage("--vary " + text + ": seeds are what --replications is for");
            }
        }
        return variations;
    }

    /** The number of this part, from 0, and how many parts there are. */
    private int[] part() {
        String text = shard;
        if (text == null) {
            return new int[] {0, 1};
        }
        if (text.matches("[0-9]{1,5}/[0-9]{1,5}")) {
            int slash = text.indexOf('/');
            int number = Integer.parseInt(text.substring(0, slash));
            int parts = Integer.parseInt(text.substring(slash + 1));
            if (number >= 1 && number <= parts) {
                return new int[] {number - 1, parts};
            }
        }
        throw usage("--shard must be such as 1/4, the first of four: " + text);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void run(SweepRun run, int hostThreads, int fitting, Interruption interruption) {
        int atOnce = Math.max(1, Math.min(fitting, Math.min(hostThreads, run.missing())));
        int each = hostThreads / atOnce;
        try (SweepProgress progress = new SweepProgress(console, run.missing(), quiet)) {
            run.run(
                    new PoolExecutor(atOnce),
                    cell -> engine.run(cell, each, RunListener.NONE, interruption),
                    interruption,
                    progress);
        }
    }

    private int report(SweepTable table, SweepFolder folder, SweepRun run, boolean interrupted, boolean isShard) {
        if (!quiet && !table.isEmpty() && (!isShard || table.missing() == 0)) {
            console.out().print(SweepScreen.of(table, console.style(color)));
            console.out().println();
            console.out().println("FILES  " + folder.path() + "/  sweep.csv  cells.csv  sweep.json  scenario.yaml");
            console.out().flush();
        }
        if (run.failed() > 0) {
            console.message(run.failed() + " runs broke a law; they are not in the table");
            return ExitCode.FAILED;
        }
        if (interrupted) {
            console.message("interrupted: " + table.missing() + " runs are missing; the same command does the rest");
            return ExitCode.INTERRUPTED;
        }
        if (isShard) {
            console.message(
                    "this shard is done; " + table.missing() + " runs of the sweep are not in " + folder.path());
            return ExitCode.OK;
        }
        return table.missing() == 0 ? ExitCode.OK : ExitCode.INCOMPLETE;
    }

    /** Which cell, for messages: what repeats it. */
    static String repeating(Cell cell) {
        return "run " + cell.index() + " of the sweep, seed " + cell.scenario().seed();
    }
}
