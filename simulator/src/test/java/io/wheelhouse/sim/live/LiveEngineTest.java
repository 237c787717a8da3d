package io.wheelhouse.sim.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wheelhouse.sim.engine.EngineCatalogs;
import io.wheelhouse.sim.metrics.AssignmentRow;
import io.wheelhouse.sim.metrics.Cause;
import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.sim.metrics.Lateness;
import io.wheelhouse.sim.metrics.LawReport;
import io.wheelhouse.sim.metrics.LawReport.Law;
import io.wheelhouse.sim.metrics.LiveUse;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.ScenarioException;
import io.wheelhouse.sim.scenario.ScenarioReader;
import io.wheelhouse.sim.scenario.Setting;
import io.wheelhouse.tcp.Application;
import io.wheelhouse.tcp.CloseReason;
import io.wheelhouse.tcp.Connection;
import io.wheelhouse.tcp.Side;
import io.wheelhouse.timer.bucket.BucketListener;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
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
    private static final String WEB = """
            name: web
            seed: 3
            duration: 400ms
            host: {processors: 2, tick: 1ms}
            hash: {buckets: 32}
            queueing: {discipline: drr, quantum: 20us}
            assigner: {policy: proportional, index: deficit, interval: 20ms, damping: 0.5, dead-band: 0%}
            connections:
              - name: web
                count: 200
                arrivals: {uniform: 100ms}
                opened-by: remote
                traffic:
                  kind: request-response
                  think: {exponential: {mean: 20ms}}
                  request: 200B
                  response: {lognormal: {median: 4KiB, sigma: 1.0}}
                path: {delay: {lognormal: {median: 5ms, sigma: 0.5}}, loss: 2%}
            output: {interval: 50ms}
            """;

    private static final String TIMERS = """
            name: timers
            seed: 5
            duration: 400ms
            host: {processors: 2, tick: none}
            hash: {buckets: 16}
            timers: {structure: hierarchical}
            connections:
              - name: timers
                count: 100
                traffic: {kind: synthetic, arrivals: {poisson: 50/s}, delay: 5ms, service: 20us}
            output: {interval: 50ms}
            """;

    /** Nobody answers, so each connection is given up, and its application told, in the callback of its only timer. */
    private static final String SILENT = """
            name: silent
            seed: 9
            duration: 10m
            host: {processors: 2, tick: none}
            hash: {buckets: 16}
            tcp: {profile: linux, set: {syn-retries: 0, rto-initial: 10ms}}
            connections:
              - name: silent
                count: 400
                arrivals: {uniform: 400ms}
                opened-by: local
                traffic: {kind: idle}
                path: {delay: 1ms, loss: 100%}
            output: {interval: 20ms}
            """;

    private static Scenario scenario(String text, String... settings) {
        try {
            return new ScenarioReader(EngineCatalogs.all())
                    .read(
                            "test.yaml",
                            text,
                            Arrays.stream(settings)
                                    .map(setting -> new Setting("--set", setting))
                                    .toList());
        } catch (ScenarioException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private static LiveOptions options(Idle idle, long moveEveryNs) {
        return new LiveOptions(idle, moveEveryNs, true, RunListener.NONE, () -> false);
    }

    private static RunResult run(Scenario scenario, @Nullable BucketListener served) {
        return LiveEngine.run(scenario, options(Idle.PARK, 0), new LiveHooks(served, UnaryOperator.identity()));
    }

    private static RunResult run(Scenario scenario, LiveOptions options, Told application) {
        return LiveEngine.run(scenario, options, new LiveHooks(null, inner -> new Telling(inner, application)));
    }

    private static LiveUse live(RunResult result) {
        return Objects.requireNonNull(result.host().live());
    }

    private static void assertSound(RunResult result) {
        assertThat(result.laws().kept()).as("%s", result.laws().verdicts()).isTrue();
        LiveUse live = live(result);
        assertThat(live.stuck()).isZero();
        assertThat(live.overlap().logged()).isEqualTo(live.callbacks().count());
        assertThat(live.overlap().sameBucket()).isZero();
    }

    private static long fired(RunResult result) {
        return result.timers().stream()
                .mapToLong(timer -> timer.lateness().count())
                .sum();
    }

    @ParameterizedTest
    @EnumSource(Idle.class)
    void runsConnectionsWithEachIdleStrategy(Idle idle) {
        RunResult result = LiveEngine.run(scenario(WEB), options(idle, 0));
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
            RunResult result = LiveEngine.run(scenario(text), options(Idle.YIELD, 2_000_000));
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
        BucketListener sums = new TimersServed((bucket, firing) -> {
            long lateNs = firing.startNs() - firing.deadlineNs();
            latenessNs.addAndGet(lateNs);
            longestNs.accumulateAndGet(lateNs, Math::max);
            long[] causes = {firing.roundingNs(), firing.tickNs(), firing.handoffNs(), firing.queueingNs()};
            if (Arrays.stream(causes).anyMatch(ns -> ns < 0)
                    || Arrays.stream(causes).sum() != lateNs) {
                wrong.add(lateNs + " ns late: " + Arrays.toString(causes));
            }
        });
        RunResult result = LiveEngine.run(
                scenario(TIMERS, "host.tick=" + tick),
                options(Idle.YIELD, 2_000_000),
                new LiveHooks(sums, UnaryOperator.identity()));
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
        assertThat(live(result).troubles().get(0))
                .contains("an application of the test", "LiveEngineTest", "the thread went on");
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
        RunResult result =
                LiveEngine.run(slow, options, new LiveHooks(served(served::incrementAndGet), UnaryOperator.identity()));
        assertSound(result);
        assertThat(result.interrupted()).isTrue();
        assertThat(fired(result)).isEqualTo(served.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void aTouchByTheWrongOwnerIsNoticed() {
        RunResult result = run(
                scenario(TIMERS),
                new TimersServed((bucket, firing) -> bucket.happen(firing.startNs(), 1 - bucket.owner())));
        assertThat(broken(result)).contains(Law.ONE_OWNER);
    }

    @Test
    void aTimerThatIsLostIsNoticed() {
        RunResult result = run(scenario(TIMERS), new TimersServed((bucket, firing) -> {
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
    void anErrorOfTheSimulatorEndsTheRun() {
        assertThatThrownBy(() -> run(scenario(TIMERS), served(() -> {
                    throw new AssertionError("a bug of the test");
                })))
                .isInstanceOf(AssertionError.class)
                .hasMessage("a bug of the test");
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

    @Test
    void aCancelledRunHasResultsUpToThen() {
        AtomicLong looks = new AtomicLong();
        LiveOptions options = new LiveOptions(Idle.PARK, 0, true, RunListener.NONE, () -> looks.incrementAndGet() > 20);
        RunResult result = LiveEngine.run(scenario(WEB, "duration=10m"), options);
        assertSound(result);
        assertThat(result.interrupted()).isTrue();
        assertThat(result.endNs()).isPositive();
    }

    /** It sticks after a report, so something is known; what the report had is the result, and it says who sticks where. */
    @Test
    void aCallbackThatNeverReturnsLeavesWhatWasReportedBefore() {
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
        LiveOptions untilOneSticks = new LiveOptions(Idle.PARK, 0, true, listener, () -> sticks.getCount() == 0);
        RunResult result = run(scenario(SILENT), untilOneSticks, (what, connection, side) -> {
            if (what.equals("closed") && side == Side.LOCAL && reported.getCount() == 0 && sticks.getCount() > 0) {
                sticks.countDown();
                forGood.await();
            }
        });
        forGood.countDown();
        assertThat(result.interrupted()).isTrue();
        assertThat(result.endNs()).isPositive();
        assertThat(fired(result)).isPositive();
        assertThat(result.laws().kept()).isFalse();
        assertThat(result.laws().unchecked()).contains("did not end");
        assertThat(live(result).stuck()).isPositive();
        assertThat(live(result).troubles().get(0))
                .matches("timer thread [01] did not end: it sticks at .*LiveEngineTest.*, in a callback that began at"
                        + " [0-9]+ ms, with connection [0-9]+ of bucket [0-9]+ \\(group silent\\), and keeps its"
                        + " buckets");
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
        LiveHooks hooks = new LiveHooks(served(() -> threads.add(Thread.currentThread())), UnaryOperator.identity());
        Scenario endless = scenario(TIMERS, "duration=10m");
        assertThatThrownBy(() -> LiveEngine.run(endless, options, hooks))
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

    /** Later than what is opened before the clock starts, and no barrier of the scenario's comes before they do. */
    @Test
    void connectionsOpenInTimeHoweverRareBarriersAre() {
        String rare = TIMERS.replace("count: 100", "count: 100\n    arrivals: {at: 1200ms}");
        RunResult result = run(scenario(rare, "duration=1500ms", "output.interval=10s", "assigner.interval=10s"), null);
        assertSound(result);
        assertThat(result.groups().get(0).open()).isEqualTo(100);
        assertThat(fired(result)).isPositive();
    }

    @Test
    void aRunThatIsCancelledWhileItOpensConnectionsOpensNoMore() {
        AtomicInteger looks = new AtomicInteger();
        LiveOptions options = new LiveOptions(Idle.PARK, 0, true, RunListener.NONE, () -> looks.incrementAndGet() > 3);
        RunResult result = LiveEngine.run(scenario(TIMERS.replace("count: 100", "count: 1M"), "duration=10m"), options);
        assertSound(result);
        assertThat(result.interrupted()).isTrue();
        assertThat(result.groups().get(0).open()).isPositive().isLessThan(10_000);
    }

    @Test
    void moreProcessorsThanCoresAreRefused() {
        Scenario wide = scenario(WEB, "host.processors=1024");
        assertThatThrownBy(() -> LiveEngine.run(wide, LiveOptions.quiet()))
                .isInstanceOf(OversubscribedException.class)
                .hasMessageContaining("--oversubscribe");
    }

    /** What an application is told. */
    private interface Told {
        void of(String what, Connection connection, Side side) throws InterruptedException;
    }

    /** An application that tells what it is told, and then does what the one of the scenario does. */
    private record Telling(Application inner, Told told) implements Application {
        private void tell(String what, Connection connection, Side side) {
            try {
                told.of(what, connection, side);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void onEstablished(Connection connection, Side side, long nowNs) {
            tell("established", connection, side);
            inner.onEstablished(connection, side, nowNs);
        }

        @Override
        public void onDelivered(Connection connection, Side side, long bytes, long nowNs) {
            tell("delivered", connection, side);
            inner.onDelivered(connection, side, bytes, nowNs);
        }

        @Override
        public void onWake(Connection connection, Side side, long nowNs) {
            tell("wake", connection, side);
            inner.onWake(connection, side, nowNs);
        }

        @Override
        public void onPeerClosed(Connection connection, Side side, long nowNs) {
            tell("peer closed", connection, side);
            inner.onPeerClosed(connection, side, nowNs);
        }

        @Override
        public void onClosed(Connection connection, Side side, CloseReason reason, long nowNs) {
            tell("closed", connection, side);
            inner.onClosed(connection, side, reason, nowNs);
        }
    }

    private interface Body {
        void run() throws InterruptedException;
    }

    private static BucketListener served(Body body) {
        return new TimersServed((bucket, firing) -> body.run());
    }

    private interface Served {
        void timer(TimerBucket bucket, Firing firing) throws InterruptedException;
    }

    /** Hears of timers alone. */
    private record TimersServed(Served served) implements BucketListener {
        @Override
        public void packetServed(
                TimerBucket bucket, int connection, int packet, long arrivalNs, long startNs, long endNs) {
            // timers alone
        }

        @Override
        public void timerServed(TimerBucket bucket, int connection, int timer, Firing firing, long endNs) {
            try {
                served.timer(bucket, firing);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
