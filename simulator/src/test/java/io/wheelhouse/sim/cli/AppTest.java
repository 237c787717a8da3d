package io.wheelhouse.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.HostUse;
import io.wheelhouse.sim.metrics.Interval;
import io.wheelhouse.sim.metrics.LawReport;
import io.wheelhouse.sim.metrics.OverdueResult;
import io.wheelhouse.sim.metrics.Recorder;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.metrics.TestRuns;
import io.wheelhouse.sim.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands, messages and exit codes, with an engine that makes its results up. */
class AppTest {
    private static final String SMALL = """
            name: small
            description: Little happens
            seed: 5
            duration: 20s
            warmup: 5s
            host: {processors: 2}
            connections:
              - {name: phones, count: 10}
              - {name: servers, count: 10, local: 10.0.0.2:443}
            """;

    @TempDir
    Path temp;

    private final List<Scenario> ran = new ArrayList<>();
    private final FakeEngine engine = new FakeEngine();
    private final TestConsole console = new TestConsole(engine);
    private Path file = Path.of("");

    /** Makes a result of plausible figures, whatever it is given. */
    private final class FakeEngine implements Engine {
        private int threads;
        private boolean stopsHalfWay;
        private LawReport laws = TestRuns.laws();
        private @Nullable Throwable failure;

        @Override
        public RunResult run(Scenario scenario, int hostThreads, RunListener listener, BooleanSupplier cancelled) {
            ran.add(scenario);
            threads = hostThreads;
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
            assertThat(cancelled.getAsBoolean()).isFalse();
            Recorder recorder = TestRuns.recorder(scenario.seed(), 500);
            Interval interval = new Interval(scenario.host().processors());
            double[] busy = new double[scenario.host().processors()];
            interval.close(scenario.durationNs(), List.of(recorder), busy, 0, listener);
            listener.progress(scenario.durationNs(), scenario.durationNs(), 500);
            RunResult run = TestRuns.result(recorder);
            RunResult result = new RunResult(
                    scenario.name(),
                    scenario.description(),
                    scenario.seed(),
                    scenario.durationNs(),
                    scenario.warmupNs(),
                    stopsHalfWay ? scenario.durationNs() / 2 : scenario.durationNs(),
                    run.events(),
                    run.fingerprint(),
                    run.timers(),
                    run.processors(),
                    run.balance(),
                    run.groups(),
                    run.queue(),
                    new OverdueResult(0, 0),
                    laws,
                    List.of(),
                    new HostUse(hostThreads, 1_000_000_000, 1_000_000_000, 0, 0));
            return result.judgedBy(scenario.expect());
        }
    }

    @BeforeEach
    void writeScenario() throws IOException {
        file = Files.writeString(temp.resolve("small.yaml"), SMALL);
    }

    private int run(String... arguments) {
        return console.run(arguments);
    }

    private int run(boolean terminal, Map<String, String> environment, String... arguments) {
        return console.run(terminal, environment, arguments);
    }

    private String out() {
        return console.out();
    }

    private String err() {
        return console.err();
    }

    private String results() {
        return temp.resolve("results").toString();
    }

    private List<String> leftIn(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    // ---- run ------------------------------------------------------------------------------------------------------

    @Test
    void runSavesAndSummarizes() throws IOException {
        assertThat(run("run", file.toString(), "--out", results())).isEqualTo(ExitCode.OK);
        assertThat(out())
                .startsWith("small · seed 5 · 20 s simulated, measured from 5 s on\n")
                .contains("FILES     " + results() + "/  summary.json");
        assertThat(err()).isEmpty();
        assertThat(leftIn(temp.resolve("results"))).contains("summary.json", "scenario.yaml", "lateness-rto.hgrm");
    }

    @Test
    void theEffectiveScenarioRunsAgain() {
        run("run", file.toString(), "--out", results(), "--set", "host.processors=2", "--seed", "9");
        Path effective = temp.resolve("results/scenario.yaml");
        assertThat(run(
                        "run",
                        effective.toString(),
                        "--out",
                        temp.resolve("again").toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(ran.get(1)).isEqualTo(ran.get(0));
        assertThat(ran.get(1).seed()).isEqualTo(9);
    }

    @Test
    void settingsReachTheScenario() {
        assertThat(run(
                        "run",
                        file.toString(),
                        "--out",
                        results(),
                        "--set",
                        "assigner.policy=static",
                        "--set=duration=30s",
                        "--seed=77",
                        "--threads=3"))
                .isEqualTo(ExitCode.OK);
        assertThat(ran.get(0).durationNs()).isEqualTo(30_000_000_000L);
        assertThat(ran.get(0).seed()).isEqualTo(77);
        assertThat(engine.threads).isEqualTo(3);
    }

    @Test
    void jsonIsTheSummaryFileAndNothingElse() throws IOException {
        assertThat(run("run", file.toString(), "--out", results(), "--json")).isEqualTo(ExitCode.OK);
        assertThat(temp.resolve("results/summary.json")).hasContent(out());
        assertThat(out()).endsWith("}\n");
    }

    @Test
    void quietSaysNothing() throws IOException {
        assertThat(run(true, Map.of(), "run", file.toString(), "--out", results(), "--quiet"))
                .isEqualTo(ExitCode.OK);
        assertThat(out()).isEmpty();
        assertThat(err()).isEmpty();
        assertThat(leftIn(temp.resolve("results"))).contains("summary.json");
    }

    @Test
    void aGalleryNameIsEnough() {
        assertThat(run("run", "rto-storm", "--out", results(), "--quiet")).isEqualTo(ExitCode.NOT_MET);
        assertThat(ran.get(0).name()).isEqualTo("rto-storm");
        assertThat(ran.get(0).connectionCount()).isEqualTo(200_000);
    }

    @Test
    void anUnmetExpectationEnds4() throws IOException {
        Files.writeString(file, SMALL + "expect: [moves > 1M]\n");
        assertThat(run("run", file.toString(), "--out", results())).isEqualTo(ExitCode.NOT_MET);
        assertThat(out()).contains("NOT MET  moves > 1M: measured 49, wanted > 1,000,000");
        assertThat(leftIn(temp.resolve("results"))).contains("summary.json");
    }

    @Test
    void aBrokenLawEnds1EvenWhereAllIsMet() {
        engine.laws = TestRuns.laws(LawReport.Law.FIRED_ONCE);
        assertThat(run("run", file.toString(), "--out", results())).isEqualTo(ExitCode.FAILED);
        assertThat(out()).contains("BROKEN fired once: bucket 7: 2 is not 1");
    }

    @Test
    void anInterruptedRunIsSavedAndMarkedAndEnds130() throws IOException {
        engine.stopsHalfWay = true;
        Files.writeString(file, SMALL + "expect: [moves > 1M]\n");
        assertThat(run("run", file.toString(), "--out", results())).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(out())
                .contains("Interrupted: these are the results up to 10 s; nothing is judged by them.")
                .doesNotContain("EXPECT", "expect");
        assertThat(Files.readString(temp.resolve("results/summary.json"))).contains("\"interrupted\": true");
    }

    @Test
    void progressIsForTerminals() {
        run(true, Map.of(), "run", file.toString(), "--out", results());
        assertThat(err()).contains("small").contains("\r");
        assertThat(out()).contains("\u001b[1m");
        run(true, Map.of("NO_COLOR", "1"), "run", file.toString(), "--out", results());
        assertThat(out()).doesNotContain("\u001b");
        run("run", file.toString(), "--out", results(), "--color", "always");
        assertThat(out()).contains("\u001b[1m");
        assertThat(err()).isEmpty();
    }

    // ---- what may be wrong ----------------------------------------------------------------------------------------

    @Test
    void allProblemsOfAScenarioAreToldAndNothingIsWritten() throws IOException {
        Files.writeString(file, SMALL.replace("processors: 2", "procesors: 2").replace("20s", "200mss"));
        assertThat(run("run", file.toString(), "--out", results())).isEqualTo(ExitCode.INVALID);
        assertThat(err().lines())
                .hasSize(2)
                .allMatch(line -> line.matches(".*small\\.yaml:[0-9]+:[0-9]+: .*"))
                .anyMatch(line -> line.contains("did you mean \"processors\"?"));
        assertThat(out()).isEmpty();
        assertThat(leftIn(temp)).containsExactly("small.yaml");
    }

    @Test
    void anExpectationThatNamesNoMetricIsAnErrorInTheScenario() throws IOException {
        Files.writeString(file, SMALL + "expect: [lateness.rto.p98 < 1s]\n");
        assertThat(run("run", file.toString(), "--out", results())).isEqualTo(ExitCode.INVALID);
        assertThat(err()).contains("lateness.rto.p9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rto-strom | did you mean rto-storm of the gallery?",
                "scenarios/rto_storm.yaml | did you mean rto-storm of the gallery?",
                "qqqqqqqqqqqqqqqqqqqqqqqqq | the gallery has ",
            })
    void aScenarioThatIsNowhere(String name, String message) {
        assertThat(run("run", name, "--out", results())).isEqualTo(ExitCode.INVALID);
        assertThat(err()).startsWith(name + ": no such file").contains(message).hasLineCount(1);
    }

    @Test
    void aForeignFolderIsRefusedBeforeTheRun() throws IOException {
        Path thesis = Files.createDirectory(temp.resolve("thesis"));
        Files.writeString(thesis.resolve("chapter.tex"), "text");
        assertThat(run("run", file.toString(), "--out", thesis.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("chapter.tex").hasLineCount(1);
        assertThat(ran).isEmpty();
    }

    @Test
    void whatCannotBeWrittenIsAMessage() throws IOException {
        Files.writeString(temp.resolve("in-the-way"), "a file");
        assertThat(run(
                        "run",
                        file.toString(),
                        "--out",
                        temp.resolve("in-the-way/x").toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err()).contains("in-the-way").hasLineCount(1);
        engine.failure = new UncheckedIOException(new IOException("No space left on device"));
        assertThat(run("run", file.toString(), "--out", results())).isEqualTo(ExitCode.FAILED);
        assertThat(err()).isEqualTo("wheelhouse: No space left on device\n");
        assertThat(leftIn(temp)).containsExactly("in-the-way", "small.yaml");
    }

    @Test
    void aBugStopsTheRunWithItsValuesAndLeavesNothing() throws IOException {
        engine.failure = new AssertionError("bucket 3: 7 is not 8");
        assertThat(run("run", file.toString(), "--out", results())).isEqualTo(ExitCode.FAILED);
        assertThat(err()).contains("bug of Wheelhouse").contains("bucket 3: 7 is not 8");
        assertThat(leftIn(temp)).containsExactly("small.yaml");
    }

    @Test
    void outOfMemorySaysWhatToDo() {
        engine.failure = new OutOfMemoryError("Java heap space");
        assertThat(run("run", file.toString(), "--out", results())).isEqualTo(ExitCode.FAILED);
        assertThat(err()).contains("-Xmx").hasLineCount(1);
    }

    /** A value that does not fit is wrong usage where the command line gave it, and invalid input where the file did. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | expected key=value",
                "host.procesors=2 | did you mean",
                "host.processors=many | ",
                "expect=[lateness.rto.p98 < 1s] | there is no metric",
                "expect=[given-up < 1] | did you mean \"connections-given-up\" or \"half-open-given-up\"?",
            })
    void settingsThatDoNotFitAreWrongUsage(String setting, @Nullable String message) {
        assertThat(run("run", file.toString(), "--out", results(), "--set", setting))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err())
                .startsWith("--set " + setting)
                .contains(message == null ? "" : message)
                .hasLineCount(1);
        assertThat(run("explain", file.toString(), "--set", setting)).isEqualTo(ExitCode.USAGE);
        assertThat(ran).isEmpty();
    }

    @Test
    void messagesFitATerminal() {
        assertThat(run(true, Map.of(), "run", "qqqqqqqqqqqqqqqqqqqqqqqqq")).isEqualTo(ExitCode.INVALID);
        assertThat(err().lines())
                .hasSizeGreaterThan(2)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rnu | unknown command 'rnu'; did you mean 'run'?",
                "run x --treads 4 | unknown option '--treads'; did you mean '--threads'?",
                "run | missing required parameter: 'SCENARIO'",
                "run x --threads 0 | --threads must be 1 or more: 0",
                "run x --threads many | invalid value for option '--threads': expected a whole number, found 'many'",
                "run x --seed 1.5 | invalid value for option '--seed': expected a whole number, found '1.5'",
                "run x --color often | invalid value for option '--color': expected auto, always or never, found 'often'",
                "run x y | unknown argument 'y'",
                "validate | missing required parameter: 'FILE'",
                "nonsense --help | unknown command 'nonsense'",
                "help nonsense | nonsense",
                "run small --out= | --out must name a folder",
            })
    void wrongUsageIsTwoLinesAndEnds2(String line, String message) {
        assertThat(run(line.split(" ", -1))).isEqualTo(ExitCode.USAGE);
        assertThat(err())
                .startsWith("wheelhouse: ")
                .contains(message)
                .hasLineCount(2)
                .contains("--help");
        assertThat(out()).isEmpty();
    }

    @Test
    void noCommandAtAllShowsWhatThereIs() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(err()).startsWith("Usage: wheelhouse").contains("explain", "scenarios/rto-storm.yaml");
        assertThat(out()).isEmpty();
    }

    @Test
    void helpIsACommandToo() {
        assertThat(run("run", "--help")).isEqualTo(ExitCode.OK);
        String asked = out();
        assertThat(run("help", "run")).isEqualTo(ExitCode.OK);
        assertThat(out()).isEqualTo(asked);
    }

    /** A message about a name that the user gave, not about a temporary one. */
    @Test
    void aFolderThatCannotBeMadeIsToldBeforeTheRun() {
        Path below = file.resolve("results");
        assertThat(run("run", file.toString(), "--out", below.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(err()).startsWith("wheelhouse: " + below + ": cannot be made");
        assertThat(ran).isEmpty();
    }

    @Test
    void calibrateLooksWhereItShallWriteBeforeItMeasures() {
        Path nowhere = temp.resolve("no").resolve("costs.yaml");
        assertThat(run("calibrate", "--out", nowhere.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(err())
                .isEqualTo(
                        "wheelhouse: " + nowhere + ": there is no folder " + nowhere.getParent() + " to write it to\n");
        assertThat(run("calibrate", "--out", temp.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(err()).contains("is a folder");
    }

    @Test
    void keysSayWhatAFileMaySay() {
        assertThat(run("keys")).isEqualTo(ExitCode.OK);
        assertThat(out().lines())
                .contains(
                        "host.tick",
                        "    a duration above 0, or none; if absent: 1ms",
                        "connections.N.traffic.size (bulk)",
                        "    one of fifo, drr, sfq, flow-limit; if absent: fifo")
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(run("keys", "on-off")).isEqualTo(ExitCode.OK);
        assertThat(out()).contains("connections.N.traffic.rate (on-off)").doesNotContain("(bulk)");
        assertThat(run("keys", "no-such-key")).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("no key has 'no-such-key' in its path");
    }

    @Test
    void metricsAreListed() {
        assertThat(run("metrics", "imbalance.jain")).isEqualTo(ExitCode.OK);
        assertThat(out()).isEqualTo("imbalance.jain         number\nimbalance.jain.before  number\n");
        assertThat(run("metrics", "retransmissions")).isEqualTo(ExitCode.OK);
        assertThat(out().lines()).contains("retransmissions          count  {group=...}");
        assertThat(run("metrics", "no-such-metric")).isEqualTo(ExitCode.USAGE);
    }

    /** What the command line made impossible is a problem of the command line, whichever of two keys the message is about. */
    @Test
    void aRunCutShortOfItsWarmupIsWrongUsage() {
        assertThat(run("run", file.toString(), "--set", "duration=3s")).isEqualTo(ExitCode.USAGE);
        assertThat(err()).isEqualTo("--set duration=3s: warmup (5s) must be less than duration (3s)\n");
    }

    // ---- the other commands ---------------------------------------------------------------------------------------

    @Test
    void validateReadsAndRunsNothing() throws IOException {
        Path bad = Files.writeString(temp.resolve("bad.yaml"), "name: x\nname: y\n");
        assertThat(run("validate", file.toString(), bad.toString())).isEqualTo(ExitCode.INVALID);
        assertThat(out()).isEqualTo(file + ": ok\n");
        assertThat(err()).contains("bad.yaml:2:");
        assertThat(ran).isEmpty();
        assertThat(run("validate", file.toString())).isEqualTo(ExitCode.OK);
    }

    @Test
    void listNamesAndDescribesEachScenarioOfTheGallery() {
        assertThat(run("list")).as(err()).isEqualTo(ExitCode.OK);
        assertThat(out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(out().lines().filter(line -> !line.startsWith(" ")).map(line -> line.split(" ", -1)[0]))
                .isEqualTo(Gallery.names())
                .contains("rto-storm", "keepalive-fleet", "first-principles");
        assertThat(out()).contains("A push to 200,000 clients meets a 3 s outage of 40 % of the");
    }

    @Test
    void showPrintsTheTextAsItIs() throws IOException {
        for (String name : Gallery.names()) {
            assertThat(run("show", name)).isEqualTo(ExitCode.OK);
            assertThat(out()).contains("name: " + name + "\n");
        }
        assertThat(run("show", "rto-strom")).isEqualTo(ExitCode.INVALID);
        assertThat(err()).contains("did you mean rto-storm");
    }

    @Test
    void completionKnowsCommandsAndOptions() {
        assertThat(run("completion")).isEqualTo(ExitCode.OK);
        assertThat(out()).startsWith("#!/usr/bin/env bash").contains("validate", "--threads", "complete -F");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "run --help",
                "validate --help",
                "list --help",
                "show --help",
                "completion -h",
                "sweep --help",
                "keys --help",
                "metrics --help",
                "help"
            })
    void helpFitsTheScreen(String line) {
        assertThat(run(line.split(" ", -1))).isEqualTo(ExitCode.OK);
        assertThat(out()).startsWith("Usage: wheelhouse");
        assertThat(out().lines()).allSatisfy(text -> assertThat(text).hasSizeLessThanOrEqualTo(80));
        assertThat(err()).isEmpty();
    }

    @Test
    void versionNamesProgramAndJvm() {
        assertThat(run("--version")).isEqualTo(ExitCode.OK);
        assertThat(out())
                .startsWith("wheelhouse ")
                .contains("commit ")
                .contains(Runtime.version().toString());
    }
}
