package io.wheelhouse.sim.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wheelhouse.sim.metrics.AssignmentRow;
import io.wheelhouse.sim.metrics.Interval;
import io.wheelhouse.sim.metrics.MoveRow;
import io.wheelhouse.sim.metrics.Recorder;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.metrics.TestRuns;
import io.wheelhouse.sim.metrics.TimerResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFolderTest {
    private static final ProgramInfo PROGRAM = new ProgramInfo("1.2", "abc", "a JVM");
    private static final long INTERVAL_NS = 100_000_000;

    @TempDir
    Path temp;

    /** Writes a run of five intervals, the third of them empty. */
    private RunResult write(Path target, long seed) throws IOException {
        Recorder first = new Recorder(TestRuns.GROUPS.size(), TestRuns.WARMUP_NS);
        Recorder second = new Recorder(TestRuns.GROUPS.size(), TestRuns.WARMUP_NS);
        SplittableRandom random = new SplittableRandom(seed);
        try (ResultFolder folder = ResultFolder.create(target, TestRuns.PROCESSORS)) {
            Interval interval = new Interval(TestRuns.PROCESSORS);
            for (int i = 1; i <= 5; i++) {
                if (i != 3) {
                    TestRuns.record(first, random, 300);
                    TestRuns.record(second, random, 200);
                }
                double[] busy = {0.25, 1.0 / 3.0};
                interval.close(i * INTERVAL_NS, List.of(first, second), busy, 7, folder.listener());
                folder.listener()
                        .assignment(
                                i * INTERVAL_NS,
                                0.2,
                                0.5,
                                List.of(new AssignmentRow(0, 0.1, 0.9, 0.5, 12, 13, 0.02, 0.0, 0.11, 0.01, true)));
                folder.listener()
                        .move(new MoveRow(i * INTERVAL_NS, 5, 0, 1, i, 0.9, 0.1, 0.0, 0.5, 0.05, "above, the mean"));
            }
            first.mergeInto(second);
            RunResult run = TestRuns.result(second);
            folder.finish(run, "name: rto-storm\n", PROGRAM);
            return run;
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void holdsAllItsFilesAndNothingElseIsLeft() throws IOException {
        Path target = temp.resolve("a/b/rto-storm-42");
        write(target, 1);
        assertThat(names(target))
                .containsExactly(
                        "assignments.csv",
                        "host.json",
                        "lateness-delayed-ack.hgrm",
                        "lateness-rto.hgrm",
                        "lateness.hlog",
                        "moves.csv",
                        "scenario.yaml",
                        "summary.json",
                        "timeseries.csv");
        assertThat(names(temp.resolve("a/b"))).containsExactly("rto-storm-42");
    }

    @Test
    void theSameRunGivesTheSameBytes() throws IOException {
        write(temp.resolve("one"), 1);
        write(temp.resolve("two"), 1);
        for (String name : names(temp.resolve("one"))) {
            assertThat(temp.resolve("two").resolve(name))
                    .hasSameBinaryContentAs(temp.resolve("one").resolve(name));
        }
    }

    @Test
    void intervalLogDecodesToTheHistogramsOfTheRun() throws IOException {
        Path target = temp.resolve("run");
        RunResult run = write(target, 2);
        TreeMap<String, Histogram> byTag = new TreeMap<>();
        List<Long> startsMs = new ArrayList<>();
        try (HistogramLogReader reader =
                new HistogramLogReader(target.resolve("lateness.hlog").toFile())) {
            EncodableHistogram next = reader.nextIntervalHistogram();
            while (next != null) {
                Histogram histogram = (Histogram) next;
                startsMs.add(histogram.getStartTimeStamp());
                byTag.computeIfAbsent(histogram.getTag(), tag -> new Histogram(histogram.getHighestTrackableValue(), 3))
                        .add(histogram);
                next = reader.nextIntervalHistogram();
            }
            assertThat(reader.getStartTimeSec()).isZero();
        }
        assertThat(startsMs).containsExactly(0L, 0L, 100L, 100L, 300L, 300L, 400L, 400L);
        assertThat(byTag).containsOnlyKeys("delayed-ack", "rto");
        for (TimerResult timer : run.timers()) {
            assertThat(byTag.get(timer.lane().key())).isEqualTo(timer.lateness().histogram());
        }
    }

    @Test
    void intervalLogHasNoWallClock() throws IOException {
        write(temp.resolve("run"), 2);
        List<String> lines = Files.readAllLines(temp.resolve("run/lateness.hlog"));
        assertThat(lines.subList(0, 4))
                .containsExactly(
                        "#[Timer lateness in nanoseconds, by timer, in virtual time]",
                        "#[Histogram log format version 1.3]",
                        "#[StartTime: 0.000 (virtual seconds since the start of the run)]",
                        "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"");
    }

    @Test
    void percentileTablesParseToThePercentilesOfTheRun() throws IOException {
        RunResult run = write(temp.resolve("run"), 3);
        for (TimerResult timer : run.timers()) {
            Histogram histogram = timer.lateness().histogram();
            Path file = temp.resolve("run/lateness-" + timer.lane().key() + ".hgrm");
            List<String> rows = Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.contains("Value"))
                    .toList();
            assertThat(rows).hasSizeGreaterThan(20);
            for (String row : rows) {
                String[] columns = row.strip().split(" +", -1);
                double percentile = 100.0 * Double.parseDouble(columns[1]);
                double ns = 1_000.0 * Double.parseDouble(columns[0]);
                assertThat(Math.round(ns)).isEqualTo(histogram.getValueAtPercentile(percentile));
                assertThat(Long.parseLong(columns[2])).isEqualTo(histogram.getCountBetweenValues(0, Math.round(ns)));
            }
            String[] last = rows.get(rows.size() - 1).strip().split(" +", -1);
            assertThat(last[1]).isEqualTo("1.000000000000");
            assertThat(last[2]).isEqualTo(Long.toString(histogram.getTotalCount()));
        }
    }

    @Test
    void timeSeriesCountsWhatHappenedInEachInterval() throws IOException {
        write(temp.resolve("run"), 4);
        List<String> lines = Files.readAllLines(temp.resolve("run/timeseries.csv"));
        assertThat(lines).hasSize(6);
        assertThat(lines.get(0))
                .startsWith("startNs,endNs,segmentsSent,segmentsProcessed,retransmissions,fired,p99Ns,backlog,"
                        + "utilization.0,utilization.1,fired.syn,p99Ns.syn,");
        assertThat(lines.get(1))
                .startsWith("0,100000000,0,0,")
                .contains(",500,")
                .contains(",7,0.250000,0.333333,");
        assertThat(lines.get(3)).startsWith("200000000,300000000,0,0,0,0,,7,0.250000,0.333333,0,,");
    }

    @Test
    void movesAndAssignmentsHaveARowEach() throws IOException {
        write(temp.resolve("run"), 4);
        assertThat(Files.readAllLines(temp.resolve("run/assignments.csv")))
                .hasSize(6)
                .startsWith(
                        "atNs,processor,utilization,confidence,meanUtilization,index,totalIndex,target,owned,"
                                + "exogenous,backlog,windowMean,windowDeviation,available",
                        "100000000,0,0.100000,0.900000,0.200000,0.500000,0.500000,12,13,"
                                + "0.020000,0.000000,0.110000,0.010000,true");
        assertThat(Files.readAllLines(temp.resolve("run/moves.csv")))
                .hasSize(6)
                .startsWith(
                        "atNs,bucket,from,to,epoch,fromLoad,toLoad,fromIndex,toIndex,bucketLoad,reason",
                        "100000000,5,0,1,1,0.900000,0.100000,0.000000,0.500000,0.050000,\"above, the mean\"");
    }

    @Test
    void summaryIsJsonWithoutTheHost() throws IOException {
        write(temp.resolve("run"), 5);
        String summary = Files.readString(temp.resolve("run/summary.json"));
        assertThat(summary)
                .startsWith("{\n  \"wheelhouseSchema\": 1,\n  \"scenario\": \"rto-storm\",\n")
                .contains("\"fingerprint\": \"7c1e09d24b5fa386\"")
                .contains("\"maxToMeanBefore\": 1.630000")
                .doesNotContain("wall", "threads", "\r");
        int depth = 0;
        try (JsonParser parser = new JsonFactory().createParser(summary)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
        }
        assertThat(depth).isZero();
        assertThat(Files.readString(temp.resolve("run/host.json")))
                .contains("\"commit\": \"abc\"", "\"eventsPerSecond\": 418367", "\"bytesPerConnection\": 320");
    }

    @Test
    void anEarlierResultIsReplaced() throws IOException {
        Path target = temp.resolve("run");
        write(target, 1);
        Files.writeString(target.resolve("lateness-syn.hgrm"), "from a run with other timers");
        write(target, 1);
        assertThat(names(target)).hasSize(9).doesNotContain("lateness-syn.hgrm");
        assertThat(names(temp)).containsExactly("run");
    }

    @Test
    void anEmptyFolderIsTaken() throws IOException {
        Path target = Files.createDirectory(temp.resolve("run"));
        write(target, 1);
        assertThat(names(target)).hasSize(9);
    }

    @Test
    void aLinkToAFolderIsFollowed() throws IOException {
        Path real = Files.createDirectory(temp.resolve("real"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), real);
        write(link, 1);
        assertThat(link).isSymbolicLink();
        assertThat(names(real)).hasSize(9);
    }

    @Test
    void anyOtherFolderIsRefused() throws IOException {
        Path target = Files.createDirectory(temp.resolve("thesis"));
        Files.writeString(target.resolve("chapter1.tex"), "years of work");
        assertThatThrownBy(() -> ResultFolder.create(target, 1))
                .isInstanceOf(ResultFolder.NotOursException.class)
                .hasMessageContaining("chapter1.tex");
        assertThat(names(temp)).containsExactly("thesis");
        assertThat(names(target)).containsExactly("chapter1.tex");
    }

    @Test
    void aResultWithSomethingOfTheUsersInItIsRefused() throws IOException {
        Path target = temp.resolve("run");
        write(target, 1);
        Files.writeString(target.resolve("notes.txt"), "what I saw");
        assertThatThrownBy(() -> ResultFolder.create(target, 1)).hasMessageContaining("notes.txt");
        assertThat(names(target)).hasSize(10);
    }

    @Test
    void anotherProgramsSummaryIsRefused() throws IOException {
        Path target = Files.createDirectory(temp.resolve("coverage"));
        Files.writeString(target.resolve("summary.json"), "{\"lines\": 90}");
        assertThatThrownBy(() -> ResultFolder.create(target, 1)).hasMessageContaining("not a Wheelhouse result");
    }

    @Test
    void aFileInTheWayIsRefused() throws IOException {
        Path file = Files.writeString(temp.resolve("run"), "a file");
        assertThatThrownBy(() -> ResultFolder.create(file, 1)).hasMessageContaining("is not a folder");
        assertThat(file).hasContent("a file");
    }

    @Test
    void whatIsNotFinishedIsNotThere() throws IOException {
        Path target = temp.resolve("run");
        ResultFolder folder = ResultFolder.create(target, 1);
        assertThat(names(temp)).hasSize(1);
        folder.close();
        assertThat(names(temp)).isEmpty();
    }

    @Test
    void anEarlierResultStaysUntilTheNewOneIsWhole() throws IOException {
        Path target = temp.resolve("run");
        write(target, 1);
        byte[] before = Files.readAllBytes(target.resolve("summary.json"));
        ResultFolder.create(target, 1).close();
        assertThat(target.resolve("summary.json")).hasBinaryContent(before);
        assertThat(names(temp)).containsExactly("run");
    }
}
