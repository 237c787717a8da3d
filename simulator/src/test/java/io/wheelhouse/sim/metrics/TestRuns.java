package io.wheelhouse.sim.metrics;

import io.wheelhouse.tcp.TcpCount;
import io.wheelhouse.tcp.TcpTimer;
import io.wheelhouse.tcp.TimerCount;
import io.wheelhouse.timer.bucket.Firings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Runs that never ran: results with plausible figures in them, the same each time. */
public final class TestRuns {
    /** What the results' names of groups are. */
    public static final List<String> GROUPS = List.of("phones", "servers");

    /** The results' duration. */
    public static final long DURATION_NS = 20_000_000_000L;

    /** The results' warm-up. */
    public static final long WARMUP_NS = 5_000_000_000L;

    /** The number of processors of the results. */
    public static final int PROCESSORS = 2;

    private static final long MS = 1_000_000;

    private TestRuns() {}

    /** A recorder that has seen retransmissions of one group, and delayed acknowledgments of both. */
    public static Recorder recorder(long seed, int firings) {
        Recorder recorder = new Recorder(GROUPS.size(), WARMUP_NS);
        record(recorder, new SplittableRandom(seed), firings);
        return recorder;
    }

    /** Records some more firings. */
    public static void record(Recorder recorder, SplittableRandom random, int firings) {
        for (int i = 0; i < firings; i++) {
            boolean rto = random.nextInt(4) > 0;
            TcpTimer timer = rto ? TcpTimer.RTO : TcpTimer.DELAYED_ACK;
            int group = rto ? 0 : random.nextInt(GROUPS.size());
            long deadlineNs = random.nextLong(DURATION_NS - WARMUP_NS) + WARMUP_NS / 2;
            recorder.counts().count(timer, TimerCount.ARMS, group);
            recorder.counts().count(timer, TimerCount.FIRED, group);
            if (rto) {
                recorder.counts().count(TcpCount.RETRANSMISSIONS, group, 1);
            }
            long queueingNs = random.nextLong(8 * MS) * (1 + random.nextInt(8));
            recorder.fired(
                    timer,
                    group,
                    Firings.of(deadlineNs, random.nextLong(8 * MS), random.nextLong(4 * MS), i % 100, queueingNs));
        }
        recorder.counts().count(TcpCount.CONNECTIONS_STARTED, 0, firings);
        recorder.endedAfterExpiry(TcpTimer.RTO, 0, 3 * MS);
    }

    /** The result of a run with that recorder. */
    public static RunResult result(Recorder recorder) {
        List<GroupResult> groups = new ArrayList<>();
        for (int number = 0; number < GROUPS.size(); number++) {
            groups.add(new GroupResult(
                    GROUPS.get(number), 1_000, 900 - number, 0.4, 0.01 * (1 + number), recorder.tcpCounts(number)));
        }
        return new RunResult(
                "rto-storm",
                "A push meets an outage",
                42,
                DURATION_NS,
                WARMUP_NS,
                DURATION_NS,
                4_100_000,
                0x7c1e09d24b5fa386L,
                recorder.timers(),
                processors(PROCESSORS),
                new BalanceResult(1.63, 1.09, 0.91, 0.99, 0.31, 0.1, 2.8, 0.2, 1.12, 1.04, 49, 31, 0.01, 0),
                groups,
                new QueueResult(100, 50, 20, 50, 60, 20, 7, 900, 3, 0),
                new OverdueResult(0, 0),
                laws(),
                List.of(),
                new HostUse(2, 9_800_000_000L, 17_000_000_000L, 64_000_000, 200_000));
    }

    /** The same result of a run that ended then, with that said of the laws. */
    public static RunResult ended(RunResult run, long endNs, LawReport laws) {
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
                run.processors(),
                run.balance(),
                run.groups(),
                run.queue(),
                run.overdue(),
                laws,
                run.expectations(),
                run.host());
    }

    /** Rows of that many processors. */
    public static List<ProcessorResult> processors(int count) {
        List<ProcessorResult> rows = new ArrayList<>();
        for (int p = 0; p < count; p++) {
            rows.add(new ProcessorResult(
                    p, 0.1 + 0.1 * p % 0.9, 0.98, p == 0 ? 0.16 : 0.0, 128, 102, 40_118, 9, 3, 29, 77));
        }
        return rows;
    }

    /** A report in which that law, if any, is broken. */
    public static LawReport laws(LawReport.Law... broken) {
        return new LawReport(Arrays.stream(LawReport.Law.values())
                .map(law -> new LawReport.Verdict(
                        law, Arrays.asList(broken).contains(law) ? List.of("bucket 7: 2 is not 1") : List.of()))
                .toList());
    }
}
