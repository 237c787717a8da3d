package io.wheelhouse.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.wheelhouse.bench.work.Size;
import io.wheelhouse.bench.work.Workload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison: its statistics, its tables, and one small run with real processes. */
class CompareTest {

    private static Round round(long operations, long cpuNs) {
        return new Round(operations, cpuNs, cpuNs, cpuNs, 2 * operations, false);
    }

    private static Rounds rounds(String structure, long... cpuNs) {
        Rounds rounds = new Rounds(structure);
        for (long ns : cpuNs) {
            rounds.add(round(100, ns));
        }
        return rounds;
    }

    @Test
    void mediansAndPairedRatios() {
        Rounds ours = rounds("hierarchical", 1_000, 2_000, 9_000);
        Rounds other = rounds("agrona", 3_000, 6_000, 9_000);
        assertThat(ours.median(Round::nsOfOperation)).isEqualTo(20.0);
        assertThat(ours.leastNs()).isEqualTo(10.0);
        assertThat(ours.mostNs()).isEqualTo(90.0);
        // Ratios round by round are 3, 3 and 1.
        assertThat(other.ratioTo(ours)).isCloseTo(3.0, within(1e-12));
        assertThat(rounds("even", 1_000, 2_000).median(Round::nsOfOperation)).isEqualTo(15.0);
        assertThatThrownBy(() -> rounds("none").median(Round::nsOfOperation)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRoundIsReadAsWritten() {
        Round round = new Round(1, 2, 3, 4, 5, true);
        assertThat(Round.parse(round.line())).isEqualTo(round);
        assertThatThrownBy(() -> Round.parse("ready")).hasMessageContaining("not a round: 'ready'");
    }

    @Test
    void tables() {
        Rounds failed = rounds("kafka");
        failed.fail("kafka ended");
        Rounds ours = rounds("hierarchical", 2_000);
        ours.setBytesOfTimer(16);
        String table = TableReport.of(
                new Cell(Workload.REARM_REDRAWN, new Size(1_024, 1_000)),
                List.of(ours, rounds("netty", 30_000), failed, rounds(Child.YARDSTICK, 1_000)));
        assertThat(table).isEqualTo("""
                        RE-ARM, RTO REDRAWN, 1,024 x 1,000 timers; ns of one re-arm; yardstick 10.0 ns
                        structure                     ns          least..most yardsticks    ratio    B/op B/timer
                        hierarchical                20.0           20.0..20.0       2.00     1.00     2.0    16.0
                        netty                        300             300..300      30.00    15.00     2.0
                        kafka                 no result: kafka ended
                        """);
    }

    @Test
    void targetsAreMetOrMissed() {
        Size million = new Size(1, 1_000_000);
        Rounds ours = rounds("hierarchical", 2_000, 2_000);
        ours.setBytesOfTimer(15.5);
        Rounds handles = rounds("handles", 4_000);
        handles.setBytesOfTimer(56);
        Map<Cell, List<Rounds>> results = Map.of(
                new Cell(Workload.REARM_REDRAWN, million),
                List.of(
                        ours,
                        handles,
                        rounds("agrona", 44_000, 44_000),
                        rounds("netty", 18_000, 18_000),
                        rounds(Child.YARDSTICK, 1_000, 1_000)));
        assertThat(TargetReport.of(results)).isEqualTo("""

                        TARGETS of hierarchical
                        what                                             timers         target                       measured \s
                        re-arm: agrona                                   1,000,000      at least 20.00 times            22.00  met
                        re-arm: netty                                    1,000,000      at least 10.00 times             9.00  MISSED
                        re-arm, about one yardstick                      1,000,000      at most 1.25 yardsticks          2.00  MISSED
                        re-arm, C++ wheel                                1,000,000      at most 0.88 yardsticks          2.00  MISSED
                        bytes a timer                                    1,000,000      at most 16.00 bytes             15.50  met
                        handles' bytes more, and 28 the caller's         1,000,000      at most 40.00 bytes             40.50  MISSED
                        bytes allocated, hierarchical: rearm-redrawn     1,000,000      0 bytes                          2.00  MISSED
                        bytes allocated, handles: rearm-redrawn          1,000,000      0 bytes                          2.00  MISSED
                        """);
        assertThat(TargetReport.of(Map.of())).isEmpty();
    }

    @Test
    void optionsSayWhatIsWrong() {
        assertThat(Options.parse(List.of("--short"))).isEqualTo(Options.shortForm());
        Options some = Options.parse(List.of("--sizes", "10k,1024x1000", "--rounds", "9", "--workloads", "tcp-mix"));
        assertThat(some.sizes(Workload.TCP_MIX)).containsExactly(new Size(1, 10_000), new Size(1_024, 1_000));
        assertThat(some.rounds()).isEqualTo(9);
        assertThatThrownBy(() -> Options.parse(List.of("--fast"))).hasMessageContaining("'--fast'");
        assertThatThrownBy(() -> Options.parse(List.of("--speed", "9"))).hasMessageContaining("'--speed'");
        assertThatThrownBy(() -> Options.parse(List.of("--rounds", "0"))).hasMessageContaining("--rounds 0");
        assertThatThrownBy(() -> Options.parse(List.of("--rounds", "x"))).hasMessageContaining("--rounds 'x'");
        assertThatThrownBy(() -> Options.parse(List.of("--workloads", "x"))).hasMessageContaining("workload 'x'");
    }

    @Test
    void aSmallRun(@TempDir Path folder) throws IOException {
        Path csv = folder.resolve("rounds.csv");
        Options options = Options.parse(List.of(
                "--workloads",
                "rearm-redrawn",
                "--structures",
                "hierarchical,agrona",
                "--sizes",
                "3x100",
                "--rounds",
                "2",
                "--round-ms",
                "1",
                "--csv",
                csv.toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        new Compare(options, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)).run();
        assertThat(out.toString(UTF_8))
                .contains("libraries: Agrona 2", "3 x 100 timers", "\nhierarchical ", "\nagrona ")
                .doesNotContain("no result");
        List<String> rows = Files.readAllLines(csv).stream()
                .filter(line -> line.startsWith("rearm-redrawn,3,100,"))
                .toList();
        assertThat(rows).hasSize(6);
        assertThat(rows.get(0)).startsWith("rearm-redrawn,3,100,hierarchical,1,");
        assertThat(err.toString(UTF_8)).contains("round 2");
    }

    @Test
    void aChildThatCannotGoOnIsReported() {
        try (ChildProcess child = new ChildProcess("no-such-structure", Workload.INSERT, 64)) {
            assertThatThrownBy(() -> child.setup(new Size(1, 10), 1, 1))
                    .isInstanceOf(ChildProcess.Failure.class)
                    .hasMessageContaining("no-such-structure");
        }
    }
}
