package io.wheelhouse.sim.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wheelhouse.sim.engine.EngineCatalogs;
import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.sim.metrics.LawReport;
import io.wheelhouse.sim.metrics.LawReport.Law;
import io.wheelhouse.sim.metrics.LiveUse;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.ScenarioException;
import io.wheelhouse.sim.scenario.ScenarioReader;
import io.wheelhouse.sim.scenario.Setting;
import io.wheelhouse.timer.bucket.BucketListener;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    private static RunResult run(Scenario scenario, @Nullable BucketListener listener) {
        return LiveEngine.run(scenario, options(Idle.PARK, 0), listener);
    }

    private static LiveUse live(RunResult result) {
        return Objects.requireNonNull(result.host().live());
    }

    private static void assertSound(RunResult result) {
        assertThat(result.laws().kept()).as("%s", result.laws().verdicts()).isTrue();
        assertThat(live(result).overlap().sameBucket()).isZero();
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

    @Test
    void aCallbackThatThrowsIsCountedAndItsThreadGoesOn() {
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger thrown = new AtomicInteger();
        RunResult result = run(scenario(TIMERS), served(() -> {
            if (calls.incrementAndGet() % 10 == 0) {
                thrown.incrementAndGet();
                throw new IllegalStateException("a callback of the test");
            }
        }));
        assertSound(result);
        assertThat(thrown.get()).isPositive();
        assertThat(live(result).thrown()).isEqualTo(thrown.get());
        assertThat(live(result).troubles().get(0)).contains("a callback of the test");
        assertThat(fired(result)).isEqualTo(calls.get());
    }

    /** A callback on each thread waits for one on the other: they can only meet if the threads run at the same time. */
    @Test
    void callbacksOfTwoThreadsRunAtTheSameTime() {
        Map<Integer, Integer> bucketByThread = new ConcurrentHashMap<>();
        CountDownLatch bothInside = new CountDownLatch(2);
        RunResult result = run(scenario(TIMERS), new TimersServed((bucket, firing) -> {
            if (bucketByThread.putIfAbsent(bucket.owner(), bucket.id()) == null) {
                bothInside.countDown();
                bothInside.await();
            }
        }));
        assertThat(result.laws().kept()).as("%s", result.laws().verdicts()).isTrue();
        assertThat(bucketByThread).containsOnlyKeys(0, 1);
        assertThat(bucketByThread.get(0)).isNotEqualTo(bucketByThread.get(1));
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

    @Test
    void aCallbackThatNeverReturnsDoesNotHoldTheProgram() {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        assertThatThrownBy(() -> run(scenario(TIMERS), served(() -> {
                    if (calls.incrementAndGet() == 50) {
                        never.await();
                    }
                })))
                .isInstanceOf(StuckThreadException.class)
                .hasMessageContaining("did not end");
    }

    @Test
    void moreProcessorsThanCoresAreRefused() {
        Scenario wide = scenario(WEB, "host.processors=1024");
        assertThatThrownBy(() -> LiveEngine.run(wide, LiveOptions.quiet()))
                .isInstanceOf(OversubscribedException.class)
                .hasMessageContaining("--oversubscribe");
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
