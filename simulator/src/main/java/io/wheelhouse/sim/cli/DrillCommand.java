package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.drill.Drill;
import io.wheelhouse.sim.drill.DrillReport;
import io.wheelhouse.sim.drill.PcapTap;
import io.wheelhouse.sim.drill.Script;
import io.wheelhouse.sim.drill.ScriptFile;
import io.wheelhouse.sim.drill.SegmentTap;
import io.wheelhouse.sim.drill.Verdict;
import io.wheelhouse.sim.drill.Wheel;
import io.wheelhouse.sim.scenario.ScenarioException;
import io.wheelhouse.tcp.profile.Profile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wheelhouse drill}: timed scripts in the packetdrill language, against the model. */
@Command(
        name = "drill",
        description = "Run packetdrill scripts against the modeled TCP.",
        footer = {
            "%nA script passes if the model sends what it expects when it expects it, give or take 4 ms or what the"
                    + " script's --tolerance_usecs says, and if its calls return what they should. A script with a"
                    + " construct that is not modeled is skipped as a whole and never counts as passed.",
            "%nEnds 0 if no script failed (also where all were skipped: look at the counts), 3 if one is malformed,"
                    + " 4 if one failed."
        },
        mixinStandardHelpOptions = true)
final class DrillCommand implements Callable<Integer> {

    /** The names for {@code --wheel}. */
    static final class Wheels implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Wheel.keys().iterator();
        }
    }

    /** The names for {@code --profile}. */
    static final class Profiles implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Profile.names().iterator();
        }
    }

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SCRIPT", arity = "1..*", description = "Script files.")
    private List<Path> scripts = new ArrayList<>();

    @Option(
            names = "--wheel",
            paramLabel = "WHEEL",
            completionCandidates = Wheels.class,
            description = "What fires the timers: ${COMPLETION-CANDIDATES}. By default exact, each at its own instant;"
                    + " linux-hz250 rounds up as the kernel's wheel does.")
    private String wheel = Wheel.EXACT.key();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            completionCandidates = Profiles.class,
            description = "The modeled stack: ${COMPLETION-CANDIDATES}. By default the one whose variables the script"
                    + " sets, else linux.")
    private @Nullable String profile;

    @Option(names = "--pcap", paramLabel = "FILE", description = "Write the segments of one script there, as pcapng.")
    private @Nullable Path pcap;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print what happened, in order.")
    private boolean verbose;

    DrillCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Wheel chosen = chosenWheel();
        if (profile != null && !Profile.names().contains(profile)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--profile must be one of " + String.join(", ", Profile.names()) + ": " + profile);
        }
        if (pcap != null && scripts.size() > 1) {
            throw new ParameterException(spec.commandLine(), "--pcap takes the segments of one script");
        }
        DrillReport report = new DrillReport(verbose);
        for (Path file : scripts) {
            try {
                Script script = ScriptFile.read(file);
                console.out().print(report.add(script, run(script, chosen)));
            } catch (ScenarioException e) {
                console.problems(e);
                report.addMalformed();
            }
        }
        console.out().print(report.summary());
        console.out().flush();
        if (report.anyMalformed()) {
            return ExitCode.INVALID;
        }
        return report.anyFailed() ? ExitCode.NOT_MET : ExitCode.OK;
    }

    private Verdict run(Script script, Wheel chosen) throws IOException {
        Drill drill = new Drill(profile, chosen, Drill.DEFAULT_PHASE_NS, SegmentTap.NONE);
        if (pcap == null) {
            return drill.run(script);
        }
        try (PcapTap tap = new PcapTap(new BufferedOutputStream(Files.newOutputStream(pcap)), script)) {
            return new Drill(profile, chosen, Drill.DEFAULT_PHASE_NS, tap).run(script);
        }
    }

    private Wheel chosenWheel() {
        for (Wheel candidate : Wheel.values()) {
            if (candidate.key().equals(wheel)) {
                return candidate;
            }
        }
        throw new ParameterException(
                spec.commandLine(), "--wheel must be one of " + String.join(", ", Wheel.keys()) + ": " + wheel);
    }
}
