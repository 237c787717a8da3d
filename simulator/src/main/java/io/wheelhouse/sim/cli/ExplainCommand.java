package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.engine.Forecast;
import io.wheelhouse.sim.report.Lines;
import io.wheelhouse.sim.report.Units;
import io.wheelhouse.sim.scenario.Quantity;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.ScenarioException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wheelhouse explain}: what a run would do and take, without running it. */
@Command(
        name = "explain",
        description = "Say what a scenario will do, and what memory and time its run will take, without running it.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    private static final int DIGITS = 2;
    private static final String INDENT = "  ";
    private static final long GIBIBYTE = 1L << 30;

    private final Console console;
    private final Scenarios scenarios;

    @Parameters(paramLabel = "SCENARIO", description = "A scenario file, or a name of the gallery (see list).")
    private String scenario = "";

    @Mixin
    private Overrides overrides = new Overrides();

    ExplainCommand(Console console, Scenarios scenarios) {
        this.console = console;
        this.scenarios = scenarios;
    }

    @Override
    public Integer call() throws ScenarioException {
        Scenario effective = scenarios.read(scenario, overrides.settings());
        Forecast forecast = Forecast.of(effective);
        lines(effective, forecast).forEach(console.out()::println);
        console.out().flush();
        return ExitCode.OK;
    }

    private static List<String> lines(Scenario scenario, Forecast forecast) {
        List<String> lines = new ArrayList<>();
        lines.addAll(Lines.hanging(INDENT, scenario.name() + ": " + scenario.description()));
        lines.add("RUN          " + duration(scenario.durationNs()) + " simulated, seed " + scenario.seed());
        lines.addAll(Lines.labelled(
                "MACHINE      ",
                count(forecast.processors(), "processor") + "; " + count(forecast.buckets(), "bucket") + " of "
                        + String.format(
                                Locale.ROOT,
                                "%,d",
                                (forecast.connections() + forecast.buckets() - 1) / forecast.buckets())
                        + " connections or fewer on average; policy "
                        + scenario.assigner().policy()));
        for (Forecast.Group group : forecast.groups()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "GROUP        %s: %,d connections, about %s events",
                    group.name(),
                    group.connections(),
                    about(group.events())));
        }
        lines.add("EVENTS       about " + about(forecast.events()) + ": segments processed and timer callbacks");
        lines.add("MEMORY       about " + size(forecast.heapNeededBytes())
                + " with room to work in; the heap may grow to " + size(heapMaxBytes()));
        lines.add("TIME         about " + duration(forecast.hostNs()) + " of processor time");
        refusal(scenario, forecast).forEach(line -> lines.addAll(Lines.labelled("REFUSED      ", line)));
        return lines;
    }

    /** Why a run of the scenario is not begun; nothing if it is. */
    static List<String> refusal(Scenario scenario, Forecast forecast) {
        if (forecast.heapNeededBytes() <= heapMaxBytes()) {
            return List.of();
        }
        long gigabytes = (forecast.heapNeededBytes() + GIBIBYTE - 1) / GIBIBYTE;
        return List.of(scenario.name() + " needs about " + size(forecast.heapNeededBytes())
                + " of memory, and the heap may grow to " + size(heapMaxBytes())
                + " only; give it more, as in WHEELHOUSE_JAVA_OPTS=-Xmx" + gigabytes
                + "g, or fewer connections, as in --set connections.0.count="
                + Math.max(1, (long)
                        (0.8 * scenario.connections().get(0).count() * heapMaxBytes() / forecast.heapNeededBytes())));
    }

    private static long heapMaxBytes() {
        return Runtime.getRuntime().maxMemory();
    }

    private static String count(int number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    private static String about(long number) {
        long step = 1;
        while (number / step >= 100) {
            step *= 10;
        }
        return String.format(Locale.ROOT, "%,d", Math.round((double) number / step) * step);
    }

    private static String size(long bytes) {
        return Units.value(Quantity.SIZE, (double) bytes, DIGITS);
    }

    private static String duration(long ns) {
        return Units.value(Quantity.DURATION, (double) ns, DIGITS);
    }
}
