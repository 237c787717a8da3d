package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.scenario.Catalogs;
import io.wheelhouse.sim.scenario.MetricNames;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code wheelhouse metrics}: what an expectation may name, and a sweep report. */
@Command(
        name = "metrics",
        description = "List the metrics that expect and sweep --metric may name, each with its kind and labels.",
        footer = {"", "Example: ./wheelhouse metrics lateness.rto"},
        mixinStandardHelpOptions = true)
final class MetricsCommand implements Callable<Integer> {
    private final Console console;
    private final Catalogs catalogs;

    @Parameters(arity = "0..1", paramLabel = "WORD", description = "Only metrics with this in their name.")
    private String word = "";

    MetricsCommand(Console console, Catalogs catalogs) {
        this.console = console;
        this.catalogs = catalogs;
    }

    @Override
    public Integer call() {
        MetricNames metrics = catalogs.metrics();
        List<String> names =
                metrics.names().stream().filter(name -> name.contains(word)).toList();
        if (names.isEmpty()) {
            console.message("no metric has '" + word + "' in its name");
            return ExitCode.USAGE;
        }
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        for (String name : names) {
            String kind = metrics.quantity(name).name().toLowerCase(Locale.ROOT).replace('_', ' ');
            List<String> labels = metrics.labels(name);
            String narrowed = labels.isEmpty() ? "" : "  {" + String.join("=..., ", labels) + "=...}";
            console.out().println(name + " ".repeat(width - name.length() + 2) + kind + narrowed);
        }
        console.out().flush();
        return ExitCode.OK;
    }
}
