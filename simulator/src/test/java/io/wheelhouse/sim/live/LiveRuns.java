package io.wheelhouse.sim.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.engine.EngineCatalogs;
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
import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Short live runs, and what goes into them. */
final class LiveRuns {
    // less than the time limits of the tests, as nothing cuts the waiting short
    private static final long PATIENCE_NS = 50_000_000_000L;

    private LiveRuns() {}

    static final String WEB = """
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

    static final String TIMERS = """
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
    static final String SILENT = """
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

    static Scenario scenario(String text, String... settings) {
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

    static LiveOptions options(Idle idle, long moveEveryNs) {
        return new LiveOptions(idle, moveEveryNs, true, RunListener.NONE, () -> false);
    }

    static RunResult run(Scenario scenario, @Nullable BucketListener served) {
        return run(scenario, options(Idle.PARK, 0), served);
    }

    /** A run whose threads end, however long that takes. */
    static RunResult run(Scenario scenario, LiveOptions options, @Nullable BucketListener served) {
        return LiveEngine.run(scenario, options, new LiveHooks(served, UnaryOperator.identity(), PATIENCE_NS));
    }

    static RunResult run(Scenario scenario, LiveOptions options, Told application) {
        return LiveEngine.run(scenario, options, telling(application, PATIENCE_NS));
    }

    static final Told QUIET = (what, connection, side) -> {};

    static LiveHooks telling(Told application, long endWithinNs) {
        return new LiveHooks(null, inner -> new Telling(inner, application), endWithinNs);
    }

    static LiveUse live(RunResult result) {
        return Objects.requireNonNull(result.host().live());
    }

    static void assertSound(RunResult result) {
        assertThat(result.laws().kept()).as("%s", result.laws().verdicts()).isTrue();
        LiveUse live = live(result);
        assertThat(live.stuck()).isZero();
        assertThat(live.overlap().logged()).isEqualTo(live.callbacks().count());
        assertThat(live.overlap().sameBucket()).isZero();
    }

    static long fired(RunResult result) {
        return result.timers().stream()
                .mapToLong(timer -> timer.lateness().count())
                .sum();
    }

    /** What an application is told. */
    interface Told {
        void of(String what, Connection connection, Side side) throws InterruptedException;
    }

    /** An application that tells what it is told, and then does what the one of the scenario does. */
    record Telling(Application inner, Told told) implements Application {
        private void tell(String what, Connection connection, Side side) {
            uninterrupted(() -> told.of(what, connection, side));
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

    interface Body {
        void run() throws InterruptedException;
    }

    static BucketListener served(Body body) {
        return new TimersServed((bucket, firing) -> body.run());
    }

    static void uninterrupted(Body body) {
        try {
            body.run();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    interface Served {
        void timer(TimerBucket bucket, Firing firing) throws InterruptedException;
    }

    /** Hears of timers alone. */
    record TimersServed(Served served) implements BucketListener {
        @Override
        public void packetServed(
                TimerBucket bucket, int connection, int packet, long arrivalNs, long startNs, long endNs) {
            // timers alone
        }

        @Override
        public void timerServed(TimerBucket bucket, int connection, int timer, Firing firing, long endNs) {
            uninterrupted(() -> served.timer(bucket, firing));
        }
    }
}
