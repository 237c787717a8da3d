package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.report.Decimals;
import io.wheelhouse.sim.report.ResultComparison;
import io.wheelhouse.sim.report.ResultComparison.Difference;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wheelhouse compare}: two results, side by side. */
@Command(
        name = "compare",
        description = "Compare the summaries of two results, value by value; ends 4 when they differ by more than is"
                + " tolerated.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    private static final int SHOWN = 25;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "RESULT_A", description = "A result folder.")
    private Path a = Path.of("");

    @Parameters(index = "1", paramLabel = "RESULT_B", description = "Another.")
    private Path b = Path.of("");

    @Option(
            names = "--tolerance",
            paramLabel = "SHARE",
            description = "How far values may differ, as 1%% or 0.01 of the larger; by default not at all.")
    private String tolerance = "0";

    @Option(names = "--all", description = "Show every difference, not only the largest.")
    private boolean all;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show nothing; the exit code says it.")
    private boolean quiet;

    CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        double tolerated = toleratedShare();
        ResultComparison comparison = ResultComparison.of(a, b);
        if (!quiet) {
            print(comparison, tolerated);
        }
        return comparison.beyond(tolerated) == 0 ? ExitCode.OK : ExitCode.NOT_MET;
    }

    private double toleratedShare() {
        try {
            boolean isPercent = tolerance.endsWith("%");
            String number = isPercent ? tolerance.substring(0, tolerance.length() - 1) : tolerance;
            BigDecimal share = new BigDecimal(number.strip()).movePointLeft(isPercent ? 2 : 0);
            if (share.signum() >= 0 && share.compareTo(BigDecimal.ONE) <= 0) {
                return share.doubleValue();
            }
        } catch (NumberFormatException e) {
            // Falls through to the message.
        }
        throw new ParameterException(
                spec.commandLine(), "--tolerance must be a share such as 1% or 0.01, at most 100%: " + tolerance);
    }

    private void print(ResultComparison comparison, double tolerated) {
        boolean same = comparison.fingerprintA().equals(comparison.fingerprintB());
        console.out()
                .println("A " + a + "  fingerprint " + comparison.fingerprintA() + "\nB " + b + "  fingerprint "
                        + comparison.fingerprintB() + (same ? ", the same" : ""));
        if (!comparison.scenarioA().equals(comparison.scenarioB())) {
            console.out()
                    .println("These are runs of two scenarios, " + comparison.scenarioA() + " and "
                            + comparison.scenarioB() + ".");
        }
        String beyond =
                tolerated == 0.0 ? "" : ", " + comparison.beyond(tolerated) + " by more than " + percent(tolerated);
        console.out()
                .println(comparison.values() + " values, "
                        + comparison.differences().size() + " differ" + beyond);
        List<Difference> shown = comparison.differences();
        if (!all && shown.size() > SHOWN) {
            shown = shown.subList(0, SHOWN);
        }
        if (shown.isEmpty()) {
            return;
        }
        int nameWidth = shown.stream().mapToInt(d -> d.name().length()).max().orElse(0);
        int aWidth = shown.stream().mapToInt(d -> text(d.a()).length()).max().orElse(0);
        int bWidth = shown.stream().mapToInt(d -> text(d.b()).length()).max().orElse(0);
        console.out().println();
        for (Difference difference : shown) {
            console.out()
                    .println(padded(difference.name(), nameWidth) + "  "
                            + " ".repeat(aWidth - text(difference.a()).length()) + text(difference.a()) + "  "
                            + " ".repeat(bWidth - text(difference.b()).length()) + text(difference.b()) + "  "
                            + change(difference) + (difference.exceeds(tolerated) ? "  *" : ""));
        }
        int left = comparison.differences().size() - shown.size();
        if (left > 0) {
            console.out().println("and " + left + " more (--all shows them)");
        }
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String text(@Nullable BigDecimal value) {
        return value == null ? "-" : value.toPlainString();
    }

    /** From the first to the second, as a part of the first. */
    private static String change(Difference difference) {
        BigDecimal from = difference.a();
        BigDecimal to = difference.b();
        if (from == null || to == null || from.signum() == 0) {
            return "";
        }
        double share = (to.doubleValue() - from.doubleValue()) / Math.abs(from.doubleValue());
        return (share > 0 ? "+" : "") + percent(share);
    }

    private static String percent(double share) {
        return Decimals.text(100.0 * share, 2) + " %";
    }
}
