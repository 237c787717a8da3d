package io.wheelhouse.sim.live;

import static io.wheelhouse.sim.live.LiveRuns.QUIET;
import static io.wheelhouse.sim.live.LiveRuns.SILENT;
import static io.wheelhouse.sim.live.LiveRuns.TIMERS;
import static io.wheelhouse.sim.live.LiveRuns.WEB;
import static io.wheelhouse.sim.live.LiveRuns.assertSound;
import static io.wheelhouse.sim.live.LiveRuns.fired;
import static io.wheelhouse.sim.live.LiveRuns.live;
import static io.wheelhouse.sim.live.LiveRuns.run;
import static io.wheelhouse.sim.live.LiveRuns.scenario;
import static io.wheelhouse.sim.live.LiveRuns.served;
import static io.wheelhouse.sim.live.LiveRuns.telling;
import static io.wheelhouse.sim.live.LiveRuns.uninterrupted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wheelhouse.sim.metrics.AssignmentRow;
import io.wheelhouse.sim.metrics.ProcessorResult;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.report.ProgramInfo;
import io.wheelhouse.sim.report.ResultFolder;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.tcp.Side;
import io.wheelhouse.timer.bucket.BucketListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How a live run ends: at its end, when it is told to, and whatever callbacks, listeners and callers do. What is asserted holds on
 * any machine, however slow or busy. The time limit only ends a run that would hang.
 */
@Timeout(60)
class LiveEndTest {
    private static final long END_WITHIN_NS = LiveHooks.NONE.endWithinNs();

    /** The modeled time of a callback ends with the run, so that an end does not wait for it. */
    @Test
    void aServiceThatLastsLongerThanTheRunEndsWithIt() {
        RunResult result = run(scenario(TIMERS.replace("service: 20us", "service: 1h")), null);
        assertSound(result);
        assertThat(result.interrupted()).isFalse();
        assertThat(fired(result)).isBetween(1L, 2L);
    }

    @Test
    void aServiceThatIsCutShortByAnInterruptionIsCounted() {
        AtomicInteger served = new AtomicInteger();
        AtomicInteger looks = new AtomicInteger();
        Scenario slow = scenario(TIMERS.replace("service: 20us", "service: 1h"), "duration=10m");
        LiveOptions options = new LiveOptions(Idle.PARK, 0, true, RunListener.NONE, () -> looks.incrementAndGet() > 50);
        RunResult result = run(slow, options, served(served::incrementAndGet));
        assertSound(result);
        assertThat(result.interrupted()).isTrue();
        assertThat(fired(result)).isEqualTo(served.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void anErrorOfTheSimulatorEndsTheRun() {
        assertThatThrownBy(() -> run(scenario(TIMERS), served(() -> {
                    throw new AssertionError("a bug of the test");
                })))
                .isInstanceOf(AssertionError.class)
                .hasMessage("a bug of the test");
    }

    @Test
    void aCancelledRunHasResultsUpToThen() {
        AtomicLong looks = new AtomicLong();
        LiveOptions options = new LiveOptions(Idle.PARK, 0, true, RunListener.NONE, () -> looks.incrementAndGet() > 20);
        RunResult result = run(scenario(WEB, "duration=10m"), options, QUIET);
        assertSound(result);
        assertThat(result.interrupted()).isTrue();
        assertThat(result.endNs()).isPositive();
    }

    /** It sticks after a report, so something is known; what the report had is the result, and it says who sticks where. */
    @Test
    void aCallbackThatNeverReturnsLeavesWhatWasReportedBefore(@TempDir Path temp) throws IOException {
        CountDownLatch reported = new CountDownLatch(1);
        CountDownLatch sticks = new CountDownLatch(1);
        CountDownLatch forGood = new CountDownLatch(1);
        RunListener listener = new RunListener() {
            @Override
            public void progress(long virtualNs, long durationNs, long events) {
                if (events > 0) {
                    reported.countDown();
                }
            }
        };
        Scenario slow = scenario(SILENT, "connections.silent.arrivals={uniform: 30s}");
        Path saved = temp.resolve("result");
        RunResult result;
        try (ResultFolder folder = ResultFolder.create(saved, 2)) {
            RunListener both = folder.listener().and(listener);
            LiveOptions untilOneSticks = new LiveOptions(Idle.PARK, 0, true, both, () -> sticks.getCount() == 0);
            LiveRuns.Told sticking = (what, connection, side) -> {
                if (what.equals("closed") && side == Side.LOCAL && reported.getCount() == 0 && sticks.getCount() > 0) {
                    sticks.countDown();
                    forGood.await();
                }
            };
            result = LiveEngine.run(slow, untilOneSticks, telling(sticking, END_WITHIN_NS));
            folder.finish(result, "", ProgramInfo.current());
        }
        forGood.countDown();
        assertThat(result.interrupted()).isTrue();
        assertThat(result.endNs()).isPositive();
        assertThat(fired(result)).isPositive();
        assertThat(result.laws().kept()).isFalse();
        assertThat(result.laws().unchecked()).contains("did not end");
        assertThat(live(result).stuck()).isPositive();
        assertThat(live(result).troubles().get(0))
                .matches("timer thread [01] did not end: it sticks at .*LiveEndTest.*, in a callback that began at"
                        + " [0-9]+ ms, with connection [0-9]+ of bucket [0-9]+ \\(group silent\\), and keeps its"
                        + " buckets");
        assertThat(saved.resolve("summary.json")).content().contains("\"interrupted\": true", "\"unchecked\": \"");
        assertThat(saved.resolve("host.json")).content().contains("did not end: it sticks at");
    }

    /** A thread is late at barriers and goes on, and sticks after the next barrier: what all had reported there adds up. */
    @Test
    void whatWasAnsweredWhereOthersWereLateIsInThePartialResult() {
        AtomicReference<Thread> late = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch wasLate = new CountDownLatch(1);
        CountDownLatch reported = new CountDownLatch(1);
        CountDownLatch sticks = new CountDownLatch(1);
        CountDownLatch forGood = new CountDownLatch(1);
        RunListener listener = new RunListener() {
            @Override
            public void progress(long virtualNs, long durationNs, long events) {
                begun.countDown();
                if (wasLate.getCount() == 0) {
                    reported.countDown();
                    // no further report before it sticks
                    uninterrupted(sticks::await);
                }
            }
        };
        LiveOptions untilItSticks = new LiveOptions(Idle.PARK, 0, true, listener, () -> sticks.getCount() == 0);
        BucketListener served = served(() -> {
            if (begun.getCount() == 0 && late.compareAndSet(null, Thread.currentThread())) {
                Thread.sleep(500);
                wasLate.countDown();
            } else if (reported.getCount() == 0 && Thread.currentThread().equals(late.get()) && sticks.getCount() > 0) {
                sticks.countDown();
                forGood.await();
            }
        });
        RunResult result = LiveEngine.run(
                scenario(TIMERS, "duration=10m"),
                untilItSticks,
                new LiveHooks(served, UnaryOperator.identity(), END_WITHIN_NS));
        forGood.countDown();
        assertThat(live(result).stuck()).isPositive();
        assertThat(fired(result))
                .isPositive()
                .isEqualTo(result.processors().stream()
                        .mapToLong(ProcessorResult::fired)
                        .sum());
    }

    /** A thread does not look until after the end, so what was due before is done by the coordinator, and throws there. */
    @Test
    void applicationsThatThrowAtEachDeliveryOutsideKeepNoRunFromItsResult() {
        AtomicInteger thrown = new AtomicInteger();
        AtomicInteger requests = new AtomicInteger();
        AtomicBoolean ends = new AtomicBoolean();
        LiveOptions options = new LiveOptions(Idle.PARK, 0, true, RunListener.NONE, ends::get);
        RunResult result = run(scenario(WEB, "duration=10m"), options, (what, connection, side) -> {
            if (what.equals("delivered") && side == Side.REMOTE) {
                thrown.incrementAndGet();
                throw new IllegalStateException("an application of the test");
            } else if (what.equals("delivered") && requests.incrementAndGet() == 50) {
                Thread.sleep(200);
                ends.set(true);
                Thread.sleep(200);
            }
        });
        assertSound(result);
        assertThat(live(result).thrown()).isEqualTo(thrown.get()).isPositive();
    }

    @Test
    void threadsEndWhereTheCoordinatorThrows() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        RunListener thrower = new RunListener() {
            @Override
            public void assignment(long atNs, double meanUtilization, double totalIndex, List<AssignmentRow> rows) {
                if (threads.size() == 2) {
                    throw new IllegalStateException("a listener of the test");
                }
            }
        };
        LiveOptions options = new LiveOptions(Idle.BUSY_SPIN, 0, true, thrower, () -> false);
        Scenario endless = scenario(TIMERS, "duration=10m");
        assertThatThrownBy(() -> run(endless, options, served(() -> threads.add(Thread.currentThread()))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a listener of the test");
        assertThat(threads).hasSize(2).noneMatch(Thread::isAlive);
    }

    @Test
    void anInterruptionOfTheCallerIsKeptForTheCaller() {
        Thread.currentThread().interrupt();
        RunResult result = run(scenario(TIMERS), null);
        assertThat(Thread.interrupted()).isTrue();
        assertSound(result);
        assertThat(result.interrupted()).isFalse();
    }

    @Test
    void aRunThatIsCancelledWhileItOpensConnectionsOpensNoMore() {
        AtomicInteger looks = new AtomicInteger();
        LiveOptions options = new LiveOptions(Idle.PARK, 0, true, RunListener.NONE, () -> looks.incrementAndGet() > 3);
        RunResult result = run(scenario(TIMERS.replace("count: 100", "count: 1M"), "duration=10m"), options, QUIET);
        assertSound(result);
        assertThat(result.interrupted()).isTrue();
        assertThat(result.groups().get(0).open()).isPositive().isLessThan(10_000);
    }
}
