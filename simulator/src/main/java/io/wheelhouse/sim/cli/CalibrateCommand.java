package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.live.Calibration;
import io.wheelhouse.sim.report.ProgramInfo;
import io.wheelhouse.timer.Cost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wheelhouse calibrate}: what the operations of the timer subsystem take on this machine, as a cost profile. */
@Command(
        name = "calibrate",
        description = "Measure what the operations of the timer subsystem take on this machine, and write a cost"
                + " profile that scenarios name under host.costs.",
        mixinStandardHelpOptions = true)
final class CalibrateCommand implements Callable<Integer> {
    /** The rows of the table of wake-up latencies. */
    private static final double[] ROWS = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1};

    private static final double[] SHOWN = {0.5, 0.9, 0.99, 1};

    private final Console console;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write, by default costs.yaml; an existing one is replaced.")
    private Path out = Path.of("costs.yaml");

    @Mixin
    private IdleOption idle = new IdleOption();

    CalibrateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        checkWritable();
        String profile = text(Calibration.measure(idle.strategy()));
        Files.writeString(out, profile, StandardCharsets.UTF_8);
        console.out().print(profile);
        console.out().flush();
        console.message("written to " + out + "; a scenario names it as  host: {costs: " + out.getFileName() + "}");
        return ExitCode.OK;
    }

    /** Before the measuring, so that nobody waits for it in vain. */
    private void checkWritable() throws FileSystemException {
        Path folder = out.toAbsolutePath().getParent();
        if (Files.isDirectory(out)) {
            throw new FileSystemException(out.toString(), null, "is a folder");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new FileSystemException(out.toString(), null, "there is no folder " + folder + " to write it to");
        }
        if (!Files.isWritable(Files.exists(out) ? out : folder)) {
            throw new AccessDeniedException(out.toString());
        }
    }

    static String text(Calibration.Result result) {
        StringBuilder text = new StringBuilder();
        text.append("# Costs measured on this machine, ")
                .append(ProgramInfo.current().jvm())
                .append(".\n");
        Calibration.Details details = result.details();
        text.append(String.format(
                Locale.ROOT,
                "# arm: %s %% of re-arming at %d ns, the rest first armings at %d ns.\n",
                percent(details.rearmShare()),
                details.rearmNs(),
                details.firstArmNs()));
        text.append("# Slots looked at and entries filed again are in expire.\n");
        text.append("# move: giving a bucket away takes ").append(details.giveNs());
        text.append(" ns, taking it over ").append(details.takeNs()).append(" ns.\n");
        for (Cost cost : Cost.values()) {
            text.append(cost.key())
                    .append(": ")
                    .append(result.costsNs().get(cost))
                    .append("ns\n");
        }
        return text.append(wakeUps(result)).toString();
    }

    private static String wakeUps(Calibration.Result result) {
        StringBuilder text = new StringBuilder("# A thread that did nothing for 1 ms (live --idle ");
        text.append(result.idle().key()).append(") woke up late by");
        for (double fraction : SHOWN) {
            text.append(String.format(
                    Locale.ROOT,
                    " %s %.1f us,",
                    fraction == 1 ? "max" : "p" + percent(fraction),
                    result.wakeUpNs(fraction) / 1e3));
        }
        text.append(" of ").append(result.wakeUpsNs().size()).append(" times.\nwake-up:\n  empirical:\n");
        for (double row : ROWS) {
            text.append("    - [")
                    .append(result.wakeUpNs(row))
                    .append("ns, ")
                    .append(percent(row))
                    .append("%]\n");
        }
        return text.toString();
    }

    private static String percent(double fraction) {
        String text = String.format(Locale.ROOT, "%.1f", fraction * 100);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
