package io.wheelhouse.sim.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.wheelhouse.sim.engine.Forecast;
import io.wheelhouse.sim.report.Json;
import io.wheelhouse.sim.report.Lines;
import io.wheelhouse.sim.report.Units;
import io.wheelhouse.sim.scenario.ConnectionGroup;
import io.wheelhouse.sim.scenario.Quantity;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.ScenarioException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wheelhouse explain}: what a run would do and take, without running it. */
@Command(
        name = "explain",
        description = "Say what a scenario will do, and what memory and time its run will take, without running it.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    private static final int DIGITS = 2;
    private static final String INDENT = "  ";
    private static final long GIGABYTE = 1_000_000_000;
    private static final long LARGEST_IN_FULL = 10_000_000;
    private static final double MOST_OF_THE_HEAP = 0.9;
    private static final double NEARLY_ALL = 0.99;

    private final Console console;
    private final Scenarios scenarios;

    @Parameters(paramLabel = "SCENARIO", description = "A scenario file, or a name of the gallery (see list).")
    private String scenario = "";

    @Mixin
    private Overrides overrides = new Overrides();

    @Option(names = "--json", description = "Print the figures as JSON.")
    private boolean json;

    ExplainCommand(Console console, Scenarios scenarios) {
        this.console = console;
        this.scenarios = scenarios;
    }

    @Override
    public Integer call() throws ScenarioException, IOException {
        Scenario effective = scenarios.read(scenario, overrides.settings());
        Forecast forecast = Forecast.of(effective);
        if (json) {
            writeJson(effective, forecast);
        } else {
            lines(effective, forecast).forEach(console.out()::println);
        }
        console.out().flush();
        return ExitCode.OK;
    }

    private void writeJson(Scenario scenario, Forecast forecast) throws IOException {
        try (JsonGenerator out = Json.on(console.out())) {
            out.writeStartObject();
            out.writeStringField("scenario", scenario.name());
            out.writeNumberField("seed", scenario.seed());
            out.writeNumberField("durationNs", scenario.durationNs());
            out.writeNumberField("processors", forecast.processors());
            out.writeNumberField("buckets", forecast.buckets());
            out.writeNumberField("connections", forecast.connections());
            out.writeArrayFieldStart("groups");
            for (Forecast.Group group : forecast.groups()) {
                out.writeStartObject();
                out.writeStringField("group", group.name());
                out.writeNumberField("connections", group.connections());
                out.writeNumberField("events", group.events());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeNumberField("events", forecast.events());
            out.writeNumberField("heapBytes", forecast.heapBytes());
            out.writeNumberField("cpuNs", forecast.hostNs());
            out.writeArrayFieldStart("refused");
            for (String line : refusal(scenario, forecast)) {
                out.writeString(line);
            }
            out.writeEndArray();
            out.writeEndObject();
            out.writeRaw('\n');
        }
    }

    private static List<String> lines(Scenario scenario, Forecast forecast) {
        List<String> lines = new ArrayList<>();
        lines.addAll(Lines.hanging(INDENT, scenario.name() + ": " + scenario.description()));
        lines.add("RUN          " + duration(scenario.durationNs()) + " simulated, seed " + scenario.seed());
        long inBucket = (forecast.connections() + forecast.buckets() - 1) / forecast.buckets();
        lines.addAll(Lines.labelled(
                "MACHINE      ",
                count(forecast.processors(), "processor") + "; " + count(forecast.buckets(), "bucket") + ", up to "
                        + count(inBucket, "connection") + " each on average; policy "
                        + scenario.assigner().policy()));
        for (Forecast.Group group : forecast.groups()) {
            lines.add("GROUP        " + group.name() + ": " + count(group.connections(), "connection") + ", about "
                    + about(group.events()) + " events");
        }
        lines.add("EVENTS       about " + about(forecast.events()) + ": segments processed and timer callbacks");
        lines.add("MEMORY       about " + size(forecast.heapNeededBytes())
                + " with room to work in; the heap may grow to " + size(heapMaxBytes()));
        lines.add("TIME         about " + duration(forecast.hostNs()) + " of processor time" + shared(forecast));
        refusal(scenario, forecast).forEach(line -> lines.addAll(Lines.labelled("REFUSED      ", line)));
        return lines;
    }

    /** What host threads make of it: no more of them than there are processors to model, and never evenly. */
    private static String shared(Forecast forecast) {
        int threads = Math.min(forecast.processors(), Runtime.getRuntime().availableProcessors());
        return threads == 1 ? "" : ": " + duration(forecast.hostNs() / threads) + " or more on " + threads + " threads";
    }

    /** Why a run of the scenario is not begun; nothing if it is. */
    static List<String> refusal(Scenario scenario, Forecast forecast) {
        return refusal(scenario, forecast, heapMaxBytes(), machineBytes());
    }

    static List<String> refusal(Scenario scenario, Forecast forecast, long heapMaxBytes, long machineBytes) {
        long needed = forecast.heapNeededBytes();
        if (needed <= heapMaxBytes) {
            return List.of();
        }
        String why = scenario.name() + " needs about " + size(needed) + " of memory, and ";
        String fewer = fewer(scenario, MOST_OF_THE_HEAP * heapMaxBytes / needed);
        if (needed > machineBytes) {
            return List.of(why + "this machine has " + size(machineBytes) + " (the heap " + size(heapMaxBytes) + "); "
                    + fewer);
        }
        long gigabytes = (needed + GIGABYTE - 1) / GIGABYTE;
        return List.of(why + "the heap may grow to " + size(heapMaxBytes)
                + " only; give it more, as in WHEELHOUSE_JAVA_OPTS=-Xmx" + gigabytes + "g, or " + fewer);
    }

    /** What would fit: of the group that nearly all connections are in, otherwise of all. */
    private static String fewer(Scenario scenario, double share) {
        ConnectionGroup largest = scenario.connections().stream()
                .max(Comparator.comparingInt(ConnectionGroup::count))
                .orElseThrow();
        if (largest.count() < NEARLY_ALL * scenario.connectionCount()) {
            return "take fewer connections: " + Units.value(Quantity.FRACTION, share, DIGITS) + " of them would fit";
        }
        return "take fewer connections, as in --set connections." + largest.name() + ".count="
                + roundedDown(Math.max(1, (long) (share * largest.count())));
    }

    /** To two digits, as a scenario has it: 16M, 1600k, 990. */
    private static String roundedDown(long count) {
        long step = 1;
        while (count / step >= 100) {
            step *= 10;
        }
        long rounded = count / step * step;
        if (rounded % 1_000_000 == 0) {
            return rounded / 1_000_000 + "M";
        }
        return rounded % 1_000 == 0 ? rounded / 1_000 + "k" : Long.toString(rounded);
    }

    static long heapMaxBytes() {
        return Runtime.getRuntime().maxMemory();
    }

    /** The machine's memory, or the container's; as much as can be where the JVM cannot tell. */
    private static long machineBytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean
                ? bean.getTotalMemorySize()
                : Long.MAX_VALUE;
    }

    private static String count(long number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    private static String about(long number) {
        if (number >= LARGEST_IN_FULL) {
            return Units.rough((double) number);
        }
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
