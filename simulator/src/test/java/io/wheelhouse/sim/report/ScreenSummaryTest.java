package io.wheelhouse.sim.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.GroupResult;
import io.wheelhouse.sim.metrics.LawReport;
import io.wheelhouse.sim.metrics.LawReport.Law;
import io.wheelhouse.sim.metrics.OverdueResult;
import io.wheelhouse.sim.metrics.Recorder;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.metrics.TestRuns;
import io.wheelhouse.sim.scenario.Expectation;
import io.wheelhouse.sim.scenario.Expectation.Operator;
import io.wheelhouse.sim.scenario.Position;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreenSummaryTest {
    private static final List<String> NEXT =
            List.of("./wheelhouse run scenarios/rto-storm.yaml", "--set assigner.policy=static");

    private final RunResult run = TestRuns.result(TestRuns.recorder(1, 4_000));

    private static Expectation expectation(String metric, Operator operator, double value, double tolerance) {
        String text = metric + " " + operator.sign() + " " + value;
        return new Expectation(text, metric, Map.of(), operator, value, tolerance, Position.whole("a test"));
    }

    private static List<String> lines(RunResult run) {
        return ScreenSummary.of(run, "results/rto-storm-42", List.of("summary.json"), NEXT, Style.PLAIN)
                .lines()
                .toList();
    }

    private static RunResult with(RunResult run, long endNs, int processors, OverdueResult overdue, LawReport laws) {
        return new RunResult(
                run.scenario(),
                run.description(),
                run.seed(),
                run.durationNs(),
                run.warmupNs(),
                endNs,
                run.events(),
                run.fingerprint(),
                run.timers(),
                TestRuns.processors(processors),
                run.balance(),
                run.groups(),
                run.queue(),
                overdue,
                laws,
                run.expectations(),
                run.host());
    }

    @Test
    void theAnswerComesFirstAndAllFitsOneScreen() {
        RunResult full = with(run, run.endNs(), 8, new OverdueResult(3, 40_200_000), TestRuns.laws())
                .judgedBy(List.of(
                        expectation("lateness.rto.p99", Operator.LESS, 6.6e7, 0.0),
                        expectation("moves", Operator.EQUAL, 49.0, 0.0)));
        List<String> lines = lines(full);
        assertThat(lines)
                .hasSizeLessThanOrEqualTo(40)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(lines.get(0))
                .isEqualTo("rto-storm · seed 42 · 20 s simulated, measured from 5 s on   expect 2 of 2 met");
        assertThat(lines.get(1)).matches("[0-9,]+ RTO timers fired; p99 [0-9.]+ ms late, mostly queueing\\.");
        assertThat(lines.get(2)).isEqualTo("49 moves took the highest load from 1.63 to 1.09 times the mean.");
        assertThat(lines.get(3)).isEmpty();
        assertThat(lines.get(4))
                .isEqualTo("LATENESS      count      p50      p90      p99    p99.9      max  cause at p99");
        assertThat(lines)
                .contains(
                        "PROCESSOR      busy     peak    other    buckets       fired moves in/out",
                        "0            10.0 %   98.0 %   16.0 %    128>102      40,118         3/29",
                        "1            20.0 %   98.0 %        -    128>102      40,118         3/29",
                        "BALANCE   max/mean 1.63 > 1.09   Jain 0.91 > 0.99   49 moves   bound 1.04",
                        "          largest connection 2.00 % of a processor; light ones p99 65.7 ms late",
                        "OVERDUE   3 at the end, oldest 40.2 ms; 1 ended late, oldest 3.0 ms",
                        "LAWS      ok: one owner, fired once, never early, in order, counts balance",
                        "PRINT     fingerprint 7c1e09d24b5fa386",
                        "HOST      9.8 s, 418 k events/s on 2 threads",
                        "FILES     results/rto-storm-42/  summary.json",
                        "NEXT      " + String.join(" ", NEXT));
    }

    @Test
    void aRunThatCouldNotBeCheckedSaysWhy() {
        LawReport unchecked = LawReport.unchecked("1 of 2 timer threads did not end");
        assertThat(lines(TestRuns.ended(run, TestRuns.WARMUP_NS + 1, unchecked)))
                .contains(
                        "The run could not be held to its laws (see LAWS).",
                        "LAWS      not checked: 1 of 2 timer threads did not end")
                .anyMatch(line -> line.startsWith("Interrupted: these are the results up to "))
                .noneMatch(line -> line.contains("broke a law") || line.startsWith("LAWS      ok"));
    }

    @Test
    void anUnmetExpectationSaysMeasuredAgainstWanted() {
        RunResult judged = run.judgedBy(List.of(
                expectation("moves", Operator.EQUAL, 49.0, 0.0),
                expectation("moves", Operator.GREATER, 300_000.0, 0.0),
                expectation("imbalance.jain", Operator.EQUAL, 0.990001, 1e-9),
                expectation("lateness.keepalive.p99", Operator.LESS, 1.0, 0.0)));
        assertThat(lines(judged))
                .contains(
                        "EXPECT    NOT MET  moves > 300000.0: measured 49, wanted > 300,000",
                        "          NOT MET  imbalance.jain = 0.990001: measured 0.99, wanted = 0.990001",
                        "                   +- 0.000000001",
                        "          NOT MET  lateness.keepalive.p99 < 1.0: nothing to measure",
                        "          met      moves = 49.0: 49");
        assertThat(lines(judged).get(0)).endsWith("expect 1 of 4 met");
    }

    @Test
    void aLongExpectationGoesOnBelow() {
        RunResult judged = run.judgedBy(List.of(
                expectation("lateness.delayed-ack.queueing.p99.99", Operator.EQUAL, 20_000, 400),
                expectation("lateness.rto.p99", Operator.LESS, 6.6e7, 0.0)));
        List<String> lines = lines(judged);
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        int first = lines.indexOf(lines.stream()
                .filter(line -> line.startsWith("EXPECT    NOT MET  lateness.delayed-ack"))
                .findFirst()
                .orElseThrow());
        assertThat(lines.get(first + 1)).startsWith(" ".repeat(19)).contains("20 µs");
    }

    @Test
    void aBrokenLawIsSaidAtTheTopAndWithItsValues() {
        RunResult broken =
                with(run, run.endNs(), 2, new OverdueResult(0, 0), TestRuns.laws(Law.ONE_OWNER, Law.IN_ORDER));
        assertThat(lines(broken).get(1)).contains("broke a law");
        assertThat(lines(broken))
                .contains(
                        "LAWS      BROKEN one owner: bucket 7: 2 is not 1",
                        "          BROKEN in order: bucket 7: 2 is not 1");
    }

    @Test
    void anInterruptedRunSaysHowFarItCame() {
        RunResult stopped = with(run, 7_300_000_000L, 2, new OverdueResult(0, 0), TestRuns.laws());
        assertThat(lines(stopped).get(0)).contains("7.3 s simulated of 20 s, measured from 5 s on");
        assertThat(lines(stopped).get(1))
                .isEqualTo("Interrupted: these are the results up to 7.3 s; nothing is judged by them.");
        RunResult early = with(run, 4_900_000_000L, 2, new OverdueResult(0, 0), TestRuns.laws());
        assertThat(lines(early).get(2)).isEqualTo("The warm-up was not over, and nothing was measured.");
    }

    @Test
    void ofManyProcessorsTheBusiestAreShown() {
        List<String> lines = lines(with(run, run.endNs(), 64, new OverdueResult(0, 0), TestRuns.laws()));
        assertThat(lines).hasSizeLessThanOrEqualTo(40).contains("and 57 that were less busy");
    }

    @Test
    void nothingFired() {
        List<String> lines = lines(TestRuns.result(new Recorder(TestRuns.GROUPS.size(), 0)));
        assertThat(lines.get(1)).isEqualTo("No timer fired after the warm-up.");
        assertThat(lines).noneMatch(line -> line.startsWith("LATENESS"));
        assertThat(lines).contains("GROUP     phones  1,000 connections");
    }

    @Test
    void longGroupsAreWrappedAndManyAreCut() {
        assertThat(lines(run))
                .anyMatch(line -> line.startsWith("GROUP     phones  900 open, 0 given up, "))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        GroupResult phones = run.groups().get(0);
        RunResult many = new RunResult(
                run.scenario(),
                run.description(),
                run.seed(),
                run.durationNs(),
                run.warmupNs(),
                run.endNs(),
                run.events(),
                run.fingerprint(),
                List.of(),
                run.processors(),
                run.balance(),
                List.of(phones, phones, phones, phones, phones),
                run.queue(),
                run.overdue(),
                run.laws(),
                List.of(),
                run.host());
        assertThat(lines(many)).contains("          and 2 more groups in summary.json");
    }

    @Test
    void colorsAreEscapeSequencesAndNothingElse() {
        String plain = ScreenSummary.of(run, "", List.of(), NEXT, Style.PLAIN);
        String colored = ScreenSummary.of(run, "", List.of(), NEXT, Style.COLORED);
        assertThat(plain).doesNotContain("\u001b").doesNotContain("FILES");
        assertThat(colored).contains("\u001b[1mBALANCE\u001b[0m");
        assertThat(colored.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    /** A run that somebody stops ends at any nanosecond, and nobody wants to read them all. */
    @Test
    void timesOfTheTitleAreShort() {
        RunResult stopped = with(run, 7_275_163_320L, 2, new OverdueResult(0, 0), TestRuns.laws());
        assertThat(lines(stopped).get(0)).contains(" 7.275 s simulated of 20 s,");
        assertThat(lines(stopped).get(1)).startsWith("Interrupted: these are the results up to 7.275 s;");
        RunResult early = with(run, 500_500, 2, new OverdueResult(0, 0), TestRuns.laws());
        assertThat(lines(early).get(0)).contains(" 0.0005005 s simulated of 20 s,");
    }

    /** The file of the timers that the answer is about is the one that is named. */
    @Test
    void theFilesThatMatterAreNamedFirst() {
        List<String> files = List.of(
                "summary.json",
                "lateness-syn-ack.hgrm",
                "moves.csv",
                "lateness-rto.hgrm",
                "lateness.hlog",
                "host.json");
        String shown = ScreenSummary.of(run, "out", files, NEXT, Style.PLAIN);
        assertThat(shown).contains("FILES     out/  summary.json  lateness-rto.hgrm  ");
    }
}
