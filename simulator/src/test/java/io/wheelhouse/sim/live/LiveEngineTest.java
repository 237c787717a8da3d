package io.wheelhouse.sim.live;

import static io.wheelhouse.sim.live.LiveRuns.QUIET;
import static io.wheelhouse.sim.live.LiveRuns.SILENT;
import static io.wheelhouse.sim.live.LiveRuns.TIMERS;
import static io.wheelhouse.sim.live.LiveRuns.WEB;
import static io.wheelhouse.sim.live.LiveRuns.assertSound;
import static io.wheelhouse.sim.live.LiveRuns.fired;
import static io.wheelhouse.sim.live.LiveRuns.live;
import static io.wheelhouse.sim.live.LiveRuns.options;
import static io.wheelhouse.sim.live.LiveRuns.run;
import static io.wheelhouse.sim.live.LiveRuns.scenario;
import static io.wheelhouse.sim.live.LiveRuns.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wheelhouse.sim.metrics.Cause;
import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.sim.metrics.Lateness;
import io.wheelhouse.sim.metrics.LawReport;
import io.wheelhouse.sim.metrics.LawReport.Law;
import io.wheelhouse.sim.metrics.LiveUse;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.tcp.Side;
import io.wheelhouse.timer.bucket.BucketListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Short live runs. What they assert holds on any machine, however slow or busy: laws, balances, and what a run reports;
 * never how long something took. The time limit only ends a run that would hang.
 */
@Timeout(60)
class LiveEngineTest {
    @ParameterizedTest
    @EnumSource(Idle.class)
    void runsConnectionsWithEachIdleStrategy(Idle idle) {
        RunResult result = run(scenario(WEB), options(idle, 0), QUIET);
        assertSound(result);
        assertThat(result.interrupted()).isFalse();
        assertThat(result.events()).isPositive();
        assertThat(live(result).idle()).isEqualTo(idle.key());
        assertThat(live(result).thrown()).isZero();
    }

    @Test
    void runsTimersWithoutATick() {
        RunResult result = run(scenario(TIMERS), null);
        assertSound(result);
        assertThat(result.timer(Lane.SYNTHETIC).orElseThrow().lateness().count())
                .isPositive();
    }

    @Test
    void bucketsMoveWhileCallbacksRunElsewhere() {
        for (String text : new String[] {WEB, TIMERS}) {
            RunResult result = run(scenario(text), options(Idle.YIELD, 2_000_000), QUIET);
            assertSound(result);
            LiveUse live = live(result);
            long handedOver =
                    live.threads().stream().mapToLong(LiveUse.OfThread::moves).sum();
            long dropped = live.threads().stream()
                    .mapToLong(LiveUse.OfThread::staleOrders)
                    .sum();
            assertThat(handedOver).isPositive();
            assertThat(handedOver + dropped).isEqualTo(result.balance().moves());
            assertThat(dropped).isZero();
        }
    }

    @Test
    void backgroundLoadIsSpent() {
        RunResult result = run(scenario(WEB, "host.background=[{processor: 0, load: 20%}]"), null);
        assertSound(result);
        assertThat(result.processors().get(0).other()).isPositive();
        assertThat(result.processors().get(1).other()).isZero();
    }

    @Test
    void aProcessorThatIsOfflineServesNothingAndMissesNothing() {
        RunResult result = run(scenario(WEB, "host.offline=[{processor: 1, from: 100ms, to: 250ms}]"), null);
        assertSound(result);
    }

    /** What the four causes add up to is told by the callbacks themselves: from the deadline to the start. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "1ms"})
    void theCausesOfLatenessAddUpToIt(String tick) {
        AtomicLong latenessNs = new AtomicLong();
        AtomicLong longestNs = new AtomicLong();
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        BucketListener sums = new LiveRuns.TimersServed((bucket, firing) -> {
            long lateNs = firing.startNs() - firing.deadlineNs();
            latenessNs.addAndGet(lateNs);
            longestNs.accumulateAndGet(lateNs, Math::max);
            long[] causes = {firing.roundingNs(), firing.tickNs(), firing.handoffNs(), firing.queueingNs()};
            if (Arrays.stream(causes).anyMatch(ns -> ns < 0)
                    || Arrays.stream(causes).sum() != lateNs) {
                wrong.add(lateNs + " ns late: " + Arrays.toString(causes));
            }
        });
        RunResult result = run(scenario(TIMERS, "host.tick=" + tick), options(Idle.YIELD, 2_000_000), sums);
        assertSound(result);
        assertThat(wrong).isEmpty();
        Lateness lateness = result.timer(Lane.SYNTHETIC).orElseThrow().lateness();
        double parts = Cause.ALL.stream()
                .mapToDouble(cause -> lateness.part(cause).meanNs())
                .sum();
        assertThat(lateness.count()).isPositive();
        assertThat(lateness.maxNs()).isEqualTo(longestNs.get());
        assertThat(Math.round(lateness.meanNs() * lateness.count())).isEqualTo(latenessNs.get());
        assertThat(Math.round(parts * lateness.count())).isEqualTo(latenessNs.get());
    }

    @Test
    void aTimerCallbackThatThrowsIsCountedAndItsThreadGoesOn() {
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger thrown = new AtomicInteger();
        LiveOptions untilAllAreGivenUp =
                new LiveOptions(Idle.PARK, 0, true, RunListener.NONE, () -> calls.get() == 400);
        RunResult result = run(scenario(SILENT), untilAllAreGivenUp, (what, connection, side) -> {
            if (what.equals("closed") && side == Side.LOCAL && calls.getAndIncrement() % 10 == 0) {
                thrown.incrementAndGet();
                throw new IllegalStateException("an application of the test");
            }
        });
        assertSound(result);
        assertThat(live(result).thrown()).isEqualTo(thrown.get()).isEqualTo(40);
        assertThat(live(result).troubles())
                .anySatisfy(line -> assertThat(line)
                        .contains("an application of the test", "LiveEngineTest", "the thread went on"));
        assertThat(fired(result)).isEqualTo(400);
    }

    @Test
    void aPacketWhoseApplicationThrowsIsCountedAndItsThreadGoesOn() {
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger thrown = new AtomicInteger();
        RunResult result = run(scenario(WEB), options(Idle.PARK, 0), (what, connection, side) -> {
            if (what.equals("delivered") && calls.getAndIncrement() % 10 == 0) {
                thrown.incrementAndGet();
                throw new IllegalStateException("an application of the test");
            }
        });
        assertSound(result);
        assertThat(live(result).thrown()).isEqualTo(thrown.get()).isPositive();
        assertThat(calls.get()).isGreaterThan(thrown.get());
    }

    /** A callback on each thread waits for one on the other: they can only meet if the threads run at the same time. */
    @Test
    void callbacksOfTwoThreadsRunAtTheSameTimeAndTheLogSaysSo() {
        Set<Thread> inside = ConcurrentHashMap.newKeySet();
        CountDownLatch bothInside = new CountDownLatch(2);
        LiveOptions untilTheyMet =
                new LiveOptions(Idle.PARK, 0, true, RunListener.NONE, () -> bothInside.getCount() == 0);
        RunResult result = run(scenario(SILENT), untilTheyMet, (what, connection, side) -> {
            if (what.equals("closed") && side == Side.LOCAL && inside.add(Thread.currentThread())) {
                bothInside.countDown();
                bothInside.await();
            }
        });
        assertSound(result);
        assertThat(inside).hasSize(2);
        assertThat(live(result).overlap().overlapping()).isGreaterThanOrEqualTo(2);
        assertThat(live(result).overlap().example()).contains("on thread 0", "on thread 1");
    }

    @Test
    void aTouchByTheWrongOwnerIsNoticed() {
        RunResult result = run(
                scenario(TIMERS),
                new LiveRuns.TimersServed((bucket, firing) -> bucket.happen(firing.startNs(), 1 - bucket.owner())));
        assertThat(broken(result)).contains(Law.ONE_OWNER);
    }

    @Test
    void aTimerThatIsLostIsNoticed() {
        RunResult result = run(scenario(TIMERS), new LiveRuns.TimersServed((bucket, firing) -> {
            for (int timer = 0; timer < 10; timer++) {
                bucket.timers().cancel(timer);
            }
        }));
        assertThat(broken(result)).contains(Law.FIRED_ONCE);
    }

    private static List<Law> broken(RunResult result) {
        return result.laws().verdicts().stream()
                .filter(verdict -> !verdict.kept())
                .map(LawReport.Verdict::law)
                .toList();
    }

    @Test
    void aStalledThreadShowsAsLatenessAndIsReported() {
        AtomicInteger calls = new AtomicInteger();
        RunResult result = run(scenario(TIMERS, "duration=1s"), served(() -> {
            if (calls.incrementAndGet() == 50) {
                Thread.sleep(500);
            }
        }));
        assertSound(result);
        LiveUse live = live(result);
        assertThat(live.threads()).anyMatch(thread -> thread.longestStepNs() >= 500_000_000);
        assertThat(live.troubles()).anyMatch(line -> line.contains("stalled"));
        assertThat(live.lateReports()).isPositive();
        assertThat(result.timer(Lane.SYNTHETIC).orElseThrow().lateness().maxNs())
                .isGreaterThan(100_000_000);
    }

    /** Later than what is opened before the clock starts, and no barrier of the scenario's comes before they do. */
    @Test
    void connectionsOpenInTimeHoweverRareBarriersAre() {
        String rare = TIMERS.replace("count: 100", "count: 100\n    arrivals: {at: 1200ms}");
        RunResult result = run(scenario(rare, "duration=3s", "output.interval=10s", "assigner.interval=10s"), null);
        assertSound(result);
        assertThat(result.groups().get(0).open()).isEqualTo(100);
        assertThat(fired(result)).isPositive();
    }

    @Test
    void moreProcessorsThanCoresAreRefused() {
        Scenario wide = scenario(WEB, "host.processors=1024");
        assertThatThrownBy(() -> LiveEngine.run(wide, LiveOptions.quiet()))
                .isInstanceOf(OversubscribedException.class)
                .hasMessageContaining("--oversubscribe");
    }
}
