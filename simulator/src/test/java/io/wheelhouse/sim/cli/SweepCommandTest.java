package io.wheelhouse.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.engine.EngineOptions;
import io.wheelhouse.sim.engine.VirtualEngine;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sweep}, {@code merge} and {@code compare}, with the real engine and a scenario of a moment. */
class SweepCommandTest {
    private static final String SMALL = """
            name: small
            seed: 5
            duration: 200ms
            host: {processors: 2, tick: none}
            hash: {buckets: 8}
            timers: {entries: per-timer}
            connections:
              - name: timers
                count: 20
                traffic: {kind: synthetic, arrivals: {poisson: 500/s}, delay: 5ms, service: {exponential: {mean: 50us}}}
            """;
    private static final int MANY = 1_000;

    @TempDir
    Path temp;

    private final TestConsole console = new TestConsole(this::engine);
    private final List<Scenario> ran = Collections.synchronizedList(new ArrayList<>());
    private int failsFrom = MANY;
    private Path file = Path.of("");

    @BeforeEach
    void writeScenario() throws IOException {
        file = Files.writeString(temp.resolve("small.yaml"), SMALL);
    }

    private RunResult engine(Scenario scenario, int threads, RunListener listener, BooleanSupplier cancelled) {
        ran.add(scenario);
        if (ran.size() > failsFrom) {
            throw new AssertionError("bucket 3: 7 is not 8");
        }
        return VirtualEngine.run(scenario, new EngineOptions(threads, listener, cancelled));
    }

    private int run(String... arguments) {
        return console.run(arguments);
    }

    private int sweep(String folder, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("sweep", file.toString(), "--vary", "queueing.discipline=fifo,drr,sfq"));
        if (Stream.of(more).noneMatch(word -> word.equals("-n") || word.equals("--replications"))) {
            arguments.addAll(List.of("-n", "4"));
        }
        arguments.add("--out");
        arguments.add(temp.resolve(folder).toString());
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private String out() {
        return console.out();
    }

    private String err() {
        return console.err();
    }

    private String read(String name) throws IOException {
        return Files.readString(temp.resolve(name));
    }

    @Test
    void aSweepIsAGridTimesSeeds() throws IOException {
        assertThat(sweep("a")).as(err()).isEqualTo(ExitCode.OK);
        assertThat(ran).hasSize(12);
        assertThat(ran.stream().map(Scenario::seed).distinct()).containsExactlyInAnyOrder(5L, 6L, 7L, 8L);
        assertThat(out())
                .startsWith("small · 3 points × 4 replications · seeds 5 to 8\n")
                .contains("lateness.synthetic.p99", "imbalance.max-mean", "over fifo");
        assertThat(read("a/cells.csv").lines()).hasSize(13);
        assertThat(read("a/sweep.csv").lines())
                .first()
                .isEqualTo("queueing.discipline,metric,quantity,replications,mean,ci95_half_width,difference,"
                        + "difference_ci95_half_width");
        assertThat(read("a/scenario.yaml")).contains("name: small");
    }

    /** With constant work in a different order the mean of a paired difference is exactly nothing. */
    @Test
    void theSameSettingTwiceDiffersByNothing() throws IOException {
        assertThat(run(
                        "sweep",
                        file.toString(),
                        "--vary",
                        "assigner.damping=0.5,0.6",
                        "-n",
                        "3",
                        "--metric",
                        "lateness.synthetic.p99",
                        "--out",
                        temp.resolve("a").toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(read("a/sweep.csv").lines().skip(2))
                .singleElement()
                .asString()
                .endsWith(",0.000000,0.000000");
    }

    @Test
    void theNumberOfHostThreadsDoesNotShow() throws IOException {
        assertThat(sweep("one", "--threads", "1")).isEqualTo(ExitCode.OK);
        assertThat(sweep("many", "--threads", "5")).isEqualTo(ExitCode.OK);
        for (String name : List.of("sweep.csv", "cells.csv", "sweep.json", "scenario.yaml")) {
            assertThat(read("many/" + name)).as(name).isEqualTo(read("one/" + name));
        }
    }

    @Test
    void whatIsDoneIsNotDoneAgain() throws IOException {
        failsFrom = 5;
        assertThat(sweep("a", "--threads", "1")).isEqualTo(ExitCode.FAILED);
        assertThat(err()).contains("7 is not 8");
        failsFrom = MANY;
        ran.clear();
        assertThat(sweep("a", "--threads", "1")).isEqualTo(ExitCode.OK);
        assertThat(ran).hasSize(7);
        assertThat(err()).contains("7 of 12 runs are to do");
        ran.clear();
        sweep("b");
        assertThat(read("a/sweep.csv")).isEqualTo(read("b/sweep.csv"));
        ran.clear();
        assertThat(sweep("a", "-n", "6")).isEqualTo(ExitCode.OK);
        assertThat(ran).hasSize(6);
        try (Stream<Path> cells = Files.list(temp.resolve("a/cells"))) {
            assertThat(cells).hasSize(18).allMatch(cell -> cell.toString().endsWith(".json"));
        }
    }

    @Test
    void whatIsWrongWithAKeyIsToldOnceAndNotForEachValue() {
        assertThat(sweep("a", "--vary", "assigner.polcy=static,lpt,bisect")).isEqualTo(ExitCode.USAGE);
        assertThat(err().lines().filter(line -> line.contains("did you mean \"policy\"?")))
                .hasSize(1);
    }

    @Test
    void severalScenariosAreSweptOneAfterAnother() throws IOException {
        Path other = Files.writeString(temp.resolve("other.yaml"), SMALL.replace("name: small", "name: other"));
        String into = temp.resolve("many").toString();
        List<String> words = new ArrayList<>(
                List.of("sweep", file.toString(), other.toString(), "--vary", "host.tick=none,1ms", "-n", "2"));
        words.addAll(List.of("--out", into));
        assertThat(run(words.toArray(String[]::new))).as(err()).isEqualTo(ExitCode.OK);
        assertThat(ran).hasSize(8);
        assertThat(out()).contains("small · 2 points × 2 replications", "other · 2 points × 2 replications");
        assertThat(read("many/small/cells.csv").lines()).hasSize(5);
        assertThat(read("many/other/cells.csv").lines()).hasSize(5);

        words.set(2, file.toString());
        assertThat(run(words.toArray(String[]::new))).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("two scenarios are called small");
    }

    @Test
    void aChangedScenarioIsRefused() throws IOException {
        assertThat(sweep("a")).isEqualTo(ExitCode.OK);
        String before = read("a/sweep.csv");
        assertThat(sweep("a", "--set", "host.processors=3")).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("holds a sweep of another scenario").contains("--out");
        assertThat(read("a/sweep.csv")).isEqualTo(before);
        assertThat(sweep("a", "--set", "expect=[moves > 3]")).isEqualTo(ExitCode.OK);
    }

    @Test
    void aForeignFolderIsRefused() throws IOException {
        Path thesis = Files.createDirectory(temp.resolve("thesis"));
        Files.writeString(thesis.resolve("chapter.tex"), "text");
        assertThat(sweep("thesis")).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("is not the folder of a sweep");
        assertThat(ran).isEmpty();
    }

    @Test
    void shardsAreMergedIntoTheSame() throws IOException {
        assertThat(sweep("whole")).isEqualTo(ExitCode.OK);
        assertThat(sweep("p1", "--shard", "1/3")).isEqualTo(ExitCode.OK);
        assertThat(sweep("p3", "--shard", "3/3")).isEqualTo(ExitCode.OK);
        assertThat(out()).isEmpty();
        assertThat(merge("p1", "p3")).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(err()).contains("4 of 12 runs are missing");
        assertThat(sweep("p2", "--shard", "2/3")).isEqualTo(ExitCode.OK);
        assertThat(merge("p2")).isEqualTo(ExitCode.OK);
        assertThat(out()).contains("small · 3 points");
        for (String name : List.of("sweep.csv", "cells.csv", "sweep.json", "scenario.yaml")) {
            assertThat(read("merged/" + name)).as(name).isEqualTo(read("whole/" + name));
        }
    }

    private int merge(String... folders) {
        List<String> arguments = new ArrayList<>(List.of("merge"));
        for (String folder : folders) {
            arguments.add(temp.resolve(folder).toString());
        }
        arguments.addAll(List.of("--out", temp.resolve("merged").toString()));
        return run(arguments.toArray(String[]::new));
    }

    @Test
    void shardsOfDifferentSweepsAreNotMerged() {
        sweep("p1", "--shard", "1/3");
        sweep("p2", "--shard", "2/3", "--seed", "9");
        assertThat(merge("p1", "p2")).isEqualTo(ExitCode.INVALID);
        assertThat(err()).contains("is a shard of another sweep");
        assertThat(merge("nowhere")).isEqualTo(ExitCode.INVALID);
        assertThat(err()).contains("holds no sweep.json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                           | sweep.json:1:2: expected JSON: Unexpected end-of-input
            {}                          | sweep.json: is not the plan of a sweep: wheelhouseSweepSchema is missing
            {"wheelhouseSweepSchema":9} | sweep.json: is of schema 9, this program reads 1
            """)
    void mergeSaysWhatIsWrongWithAShard(String text, String message) throws IOException {
        Files.createDirectories(temp.resolve("p1"));
        Files.writeString(temp.resolve("p1/sweep.json"), text);
        assertThat(merge("p1")).isEqualTo(ExitCode.INVALID);
        assertThat(err()).contains(message);
    }

    /** Nobody asked for them: what tells no run from another takes a line, and stays in the files. */
    @Test
    void whatIsTheSameInAllRunsTakesALine() throws IOException {
        assertThat(sweep("a")).isEqualTo(ExitCode.OK);
        assertThat(out())
                .containsPattern("The same in all runs: .*retransmissions 0")
                .doesNotContain("\nretransmissions\n");
        assertThat(read("a/sweep.csv")).contains("drr,retransmissions,");
        assertThat(sweep("a", "--metric", "retransmissions")).isEqualTo(ExitCode.OK);
        assertThat(out()).contains("\nretransmissions\n").doesNotContain("The same in all runs");
    }

    @Test
    void aLongSweepSaysHowFarItIsWhereNobodyLooks() {
        assertThat(sweep("a", "-n", "8")).isEqualTo(ExitCode.OK);
        assertThat(err().lines())
                .containsExactly(
                        "wheelhouse: 6 of 24 runs are done",
                        "wheelhouse: 12 of 24 runs are done",
                        "wheelhouse: 18 of 24 runs are done");
        assertThat(sweep("b", "-n", "8", "--quiet")).isEqualTo(ExitCode.OK);
        assertThat(err()).isEmpty();
    }

    @Test
    void metricsMayHaveLabels() throws IOException {
        String metric = "lateness.synthetic.p99{group=timers}";
        assertThat(sweep("a")).isEqualTo(ExitCode.OK);
        ran.clear();
        assertThat(sweep("a", "--metric", metric, "--metric", "moves")).isEqualTo(ExitCode.OK);
        assertThat(ran).as("a label was not measured before").hasSize(12);
        ran.clear();
        assertThat(sweep("a", "--metric", "events", "--metric", "moves")).isEqualTo(ExitCode.OK);
        assertThat(ran).as("everything else was").isEmpty();
        assertThat(read("a/sweep.csv").lines()).hasSize(7).anyMatch(line -> line.startsWith("sfq,events,count,4,"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--metric lateness.rto.p98 | 2 | there is no metric \"lateness.rto.p98\"; did you mean",
                "--vary assigner.policy=statik,static | 2 | did you mean \"static\"?",
                "--vary queueing.discipline=drr | 2 | is varied twice",
                "--vary seed=1,2 | 2 | --replications",
                "--vary moves | 2 | expected key=value",
                "--replications 0 | 2 | --replications must be 1 to 10000: 0",
                "--replications 10000 --vary host.processors=1,2,3,4 | 2 | 120000 cells; at most 100000",
                "--shard 4/3 | 2 | --shard must be such as 1/4",
                "--shard 0/3 | 2 | --shard must be such as 1/4",
                "--threads 0 | 2 | --threads must be 1 or more",
            })
    void whatIsWrongIsToldBeforeAnythingRuns(String more, int code, String message) {
        assertThat(sweep("a", more.split(" ", -1))).isEqualTo(code);
        assertThat(err()).contains(message);
        assertThat(ran).isEmpty();
        assertThat(temp.resolve("a")).doesNotExist();
    }

    // ---- compare --------------------------------------------------------------------------------------------------

    @Test
    void compareShowsWhatDiffers() {
        run("run", file.toString(), "--out", temp.resolve("a").toString());
        run("run", file.toString(), "--out", temp.resolve("b").toString());
        assertThat(compare()).isEqualTo(ExitCode.OK);
        assertThat(out()).contains("fingerprint").contains("the same").contains("0 differ");
        run("run", file.toString(), "--seed", "6", "--out", temp.resolve("b").toString());
        assertThat(compare()).isEqualTo(ExitCode.NOT_MET);
        assertThat(out()).contains("lateness.synthetic.").contains(" *\n");
        assertThat(compare("--tolerance", "100%")).isEqualTo(ExitCode.OK);
        assertThat(out()).contains(", 0 by more than 100.00 %\n");
        assertThat(compare("--quiet")).isEqualTo(ExitCode.NOT_MET);
        assertThat(out()).isEmpty();
        assertThat(compare("--tolerance", "-1%")).isEqualTo(ExitCode.USAGE);
        assertThat(compare("--tolerance", "5")).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("--tolerance must be a share such as 1% or 0.01, at most 100%: 5");
    }

    /** Values that only one result has say little; they come last. */
    @Test
    void compareSaysThatTwoScenariosAreTwo() throws IOException {
        run("run", file.toString(), "--out", temp.resolve("a").toString());
        String other = SMALL.replace("name: small", "name: other").replace("name: timers", "name: clocks");
        Path second = Files.writeString(temp.resolve("other.yaml"), other);
        run("run", second.toString(), "--seed", "6", "--out", temp.resolve("b").toString());
        assertThat(compare("--all")).isEqualTo(ExitCode.NOT_MET);
        assertThat(out()).contains("These are runs of two scenarios, small and other.");
        List<String> names = out().lines()
                .filter(line -> line.endsWith("*"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
        assertThat(names).anyMatch(name -> name.startsWith("groups.clocks."));
        int firstMissing = names.indexOf(names.stream()
                .filter(name -> name.startsWith("groups."))
                .findFirst()
                .orElseThrow());
        assertThat(firstMissing).isPositive();
        assertThat(names.subList(firstMissing, names.size()))
                .allSatisfy(name -> assertThat(name).containsAnyOf("clocks", "timers"));
    }

    /** What a run would be refused for, a sweep is refused for, before its first run. */
    @Test
    void aSweepWithARunThatCannotFitIsRefused() {
        assertThat(run(
                        "sweep",
                        file.toString(),
                        "--vary",
                        "connections.timers.count=20,90M",
                        "--set",
                        "connections.timers.remote='[2001:db8::]/64'",
                        "--set",
                        "connections.timers.local='[2001:db9::1]:443'",
                        "--out",
                        temp.resolve("big").toString()))
                .as(err())
                .isEqualTo(ExitCode.FAILED);
        assertThat(err()).startsWith("wheelhouse: small needs about ").contains(" of memory, and ");
        assertThat(ran).isEmpty();
        assertThat(temp.resolve("big")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {               | summary.json:1:2: expected JSON: Unexpected end-of-input
            {"a": 1         | summary.json:1:
            []              | summary.json: holds no JSON object
            {}              | summary.json: is not the summary of a Wheelhouse result
            """)
    void compareSaysWhatIsWrongWithAResult(String text, String message) throws IOException {
        Files.createDirectories(temp.resolve("a"));
        Files.writeString(temp.resolve("a").resolve("summary.json"), text);
        assertThat(compare()).isEqualTo(ExitCode.INVALID);
        assertThat(err()).contains(message).doesNotContain("REDACTED");
    }

    private int compare(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "compare", temp.resolve("a").toString(), temp.resolve("b").toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @Test
    void compareNeedsTwoResults() throws IOException {
        run("run", file.toString(), "--out", temp.resolve("a").toString());
        assertThat(compare()).isEqualTo(ExitCode.INVALID);
        assertThat(err()).contains("b: no such file or folder");
        Files.createDirectories(temp.resolve("b"));
        assertThat(compare()).isEqualTo(ExitCode.INVALID);
        assertThat(err()).contains("b: holds no summary.json");
    }
}
