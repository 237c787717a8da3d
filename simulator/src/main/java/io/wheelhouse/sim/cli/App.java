package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.live.OversubscribedException;
import io.wheelhouse.sim.live.UnmeasuredException;
import io.wheelhouse.sim.report.InvalidFileException;
import io.wheelhouse.sim.report.ProgramInfo;
import io.wheelhouse.sim.report.ResultFolder;
import io.wheelhouse.sim.report.Style;
import io.wheelhouse.sim.scenario.Catalogs;
import io.wheelhouse.sim.scenario.ScenarioException;
import io.wheelhouse.sim.scenario.Suggestions;
import io.wheelhouse.sim.sweep.SweepFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line as a whole: its commands, what failures look like, and with which code they end. What the user got
 * wrong is told in a line and never with a stack trace; a stack trace is a bug of ours.
 */
final class App {
    private static final int USAGE_WIDTH = 80;

    @Command(
            name = "wheelhouse",
            description = "Simulates a multiprocessor TCP timer subsystem.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:Fine.",
                "1:The run failed.",
                "2:The command line is wrong, values of --set and --vary included.",
                "3:A scenario file or another input file is invalid or missing.",
                "4:An expectation was not met, results differ, or a script failed.",
                "5:A sweep is incomplete.",
                "130:Interrupted; partial results are saved and marked."
            },
            commandListHeading = "%nCommands:%n",
            synopsisSubcommandLabel = "COMMAND",
            footer = {
                "",
                "Begin with: ./wheelhouse run scenarios/rto-storm.yaml",
                "Of one command: ./wheelhouse help run"
            })
    private static final class Root {}

    /** How the program ends where an exception tells what went wrong; the first kind that fits. All others are bugs. */
    private static final Map<Class<? extends Exception>, Integer> EXIT_CODES = exitCodes();

    private static Map<Class<? extends Exception>, Integer> exitCodes() {
        Map<Class<? extends Exception>, Integer> codes = new LinkedHashMap<>();
        codes.put(InvalidFileException.class, ExitCode.INVALID);
        codes.put(ResultFolder.NotOursException.class, ExitCode.USAGE);
        codes.put(SweepFolder.RefusedException.class, ExitCode.USAGE);
        codes.put(OversubscribedException.class, ExitCode.USAGE);
        codes.put(UnmeasuredException.class, ExitCode.FAILED);
        codes.put(IOException.class, ExitCode.FAILED);
        codes.put(UncheckedIOException.class, ExitCode.FAILED);
        return codes;
    }

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            ProgramInfo program = ProgramInfo.current();
            return new String[] {
                "wheelhouse " + program.version() + ", commit " + program.commit(), program.jvm(),
            };
        }
    }

    private final Console console;
    private final CommandLine commands;

    App(Console console, Catalogs catalogs, Engine engine) {
        this.console = console;
        Scenarios scenarios = new Scenarios(catalogs);
        commands = new CommandLine(new Root())
                .addSubcommand(new RunCommand(console, scenarios, engine))
                .addSubcommand(new LiveCommand(console, scenarios))
                .addSubcommand(new SweepCommand(console, scenarios, engine))
                .addSubcommand(new MergeCommand(console))
                .addSubcommand(new CompareCommand(console))
                .addSubcommand(new ValidateCommand(console, scenarios))
                .addSubcommand(new ExplainCommand(console, scenarios))
                .addSubcommand(new DrillCommand(console))
                .addSubcommand(new CalibrateCommand(console))
                .addSubcommand(new ListCommand(console, scenarios))
                .addSubcommand(new ShowCommand(console))
                .addSubcommand(new KeysCommand(console, catalogs))
                .addSubcommand(new MetricsCommand(console, catalogs))
                .addSubcommand(new CompletionCommand(console))
                .addSubcommand(new HelpCommand());
        boolean colored = console.style(Console.Color.AUTO) == Style.COLORED;
        commands.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(colored ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(USAGE_WIDTH)
                .registerConverter(Long.class, text -> wholeNumber(text, Long::valueOf))
                .registerConverter(Integer.class, text -> wholeNumber(text, Integer::valueOf))
                .registerConverter(int.class, text -> wholeNumber(text, Integer::valueOf))
                .registerConverter(Console.Color.class, App::color)
                .setExecutionStrategy(this::execute)
                .setParameterExceptionHandler((e, arguments) -> wrongUsage(e))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e));
    }

    /** Does what the arguments say. */
    int run(String... arguments) {
        try {
            return commands.execute(arguments);
        } catch (OutOfMemoryError e) {
            console.message("out of memory; give it more, as in WHEELHOUSE_JAVA_OPTS=-Xmx8g, or fewer connections");
            return ExitCode.FAILED;
        } catch (AssertionError e) {
            return bug(e);
        }
    }

    /** What picocli lets through: no command at all, and an unknown one in front of {@code --help}. */
    private int execute(ParseResult parsed) {
        if (!parsed.hasSubcommand() && !parsed.unmatched().isEmpty()) {
            throw new UnmatchedArgumentException(commands, parsed.unmatched());
        }
        if (!parsed.hasSubcommand() && !parsed.isUsageHelpRequested() && !parsed.isVersionHelpRequested()) {
            commands.usage(commands.getErr());
            return ExitCode.USAGE;
        }
        return new RunLast().execute(parsed);
    }

    private static <N extends Number> N wholeNumber(String text, Function<String, N> parser) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("expected a whole number, found '" + text + "'");
        }
    }

    private static Console.Color color(String text) {
        for (Console.Color color : Console.Color.values()) {
            if (color.toString().equals(text.toLowerCase(Locale.ROOT))) {
                return color;
            }
        }
        throw new TypeConversionException("expected auto, always or never, found '" + text + "'");
    }

    private int wrongUsage(ParameterException e) {
        CommandLine command = e.getCommandLine();
        console.message(usageMessage(e));
        console.err().println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for what there is.");
        return ExitCode.USAGE;
    }

    private static String usageMessage(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().get(0);
            CommandSpec spec = e.getCommandLine().getCommandSpec();
            if (word.startsWith("-")) {
                return "unknown option '" + word + "'"
                        + didYouMean(word, spec.optionsMap().keySet());
            }
            String what = spec.subcommands().isEmpty() ? "argument" : "command";
            return "unknown " + what + " '" + word + "'"
                    + didYouMean(word, spec.subcommands().keySet());
        }
        String message = String.valueOf(e.getMessage());
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static String didYouMean(String word, Set<String> candidates) {
        String nearest = Suggestions.nearest(word, new TreeSet<>(candidates));
        return nearest == null ? "" : "; did you mean '" + nearest + "'?";
    }

    private int failed(Exception e) {
        if (e instanceof ScenarioException invalid) {
            console.problems(invalid);
            return invalid.isInTheCommandLine() ? ExitCode.USAGE : ExitCode.INVALID;
        }
        for (Map.Entry<Class<? extends Exception>, Integer> kind : EXIT_CODES.entrySet()) {
            if (kind.getKey().isInstance(e)) {
                console.message(Failure.message(e));
                return kind.getValue();
            }
        }
        return bug(e);
    }

    private int bug(Throwable e) {
        console.message("this is a bug of Wheelhouse; please report it with the lines below");
        e.printStackTrace(console.err());
        return ExitCode.FAILED;
    }
}
