package io.wheelhouse.sim.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.LiveUse;
import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.bucket.BucketWork;
import io.wheelhouse.timer.bucket.FifoDiscipline;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.bucket.WorkItems;
import io.wheelhouse.timer.queue.HierarchicalWheel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log says of callbacks what comparing each with every other one says. */
class CallbackLogTest {
    private static final int THREADS = 3;
    private static final int BUCKETS = 4;
    private static final int CALLBACKS = 60;

    private record Callback(int thread, int bucket, long startNs, long endNs) {
        boolean overlaps(Callback other) {
            return thread != other.thread && startNs < other.endNs && other.startNs < endNs;
        }
    }

    private static LiveUse.Overlap overlap(List<Callback> callbacks) {
        return log(callbacks, 0).overlap();
    }

    private static CallbackLog log(List<Callback> callbacks, long fromNs) {
        CallbackLog log = new CallbackLog(THREADS, fromNs);
        callbacks.forEach(callback -> serve(callback, log));
        return log;
    }

    /** Has a bucket of that number serve a timer at that time and for so long. */
    private static void serve(Callback callback, CallbackLog log) {
        Clock clock = new Clock(callback.startNs);
        WorkItems items = new WorkItems();
        TimerBucket bucket = new TimerBucket(
                callback.bucket,
                HierarchicalWheel.byDeadline(HierarchicalWheel.FINE_GRANULE_NS),
                new FifoDiscipline(items),
                items,
                new Lasting(callback.endNs - callback.startNs));
        bucket.listener(log);
        bucket.handTo(callback.thread, TickGrid.NONE, 0, 0);
        bucket.arm(0, callback.startNs, clock);
        bucket.happen(callback.startNs, callback.thread);
        assertThat(bucket.serve(clock, callback.thread)).isTrue();
    }

    private static List<Callback> drawn(SplittableRandom random) {
        List<Callback> callbacks = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            long nowNs = random.nextInt(10);
            for (int i = 0; i < CALLBACKS; i++) {
                long endNs = nowNs + random.nextInt(1, 12);
                callbacks.add(new Callback(thread, random.nextInt(BUCKETS), nowNs, endNs));
                nowNs = endNs + random.nextInt(12);
            }
        }
        return callbacks;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void saysWhatOverlaps(long seed) {
        List<Callback> callbacks = drawn(new SplittableRandom(seed));
        LiveUse.Overlap overlap = overlap(callbacks);
        long sameBucket = 0;
        long overlapping = 0;
        for (Callback callback : callbacks) {
            sameBucket += callbacks.stream()
                    .filter(other -> other.bucket == callback.bucket && other.overlaps(callback))
                    .count();
            overlapping +=
                    callbacks.stream().anyMatch(other -> other.bucket != callback.bucket && other.overlaps(callback))
                            ? 1
                            : 0;
        }
        assertThat(overlap.logged()).as("seed %d", seed).isEqualTo(callbacks.size());
        assertThat(overlap.overlapping()).as("seed %d", seed).isEqualTo(overlapping);
        assertThat(overlap.sameBucket()).as("seed %d", seed).isEqualTo(sameBucket / 2);
    }

    @Test
    void namesTwoThatOverlap() {
        LiveUse.Overlap overlap = overlap(
                List.of(new Callback(0, 1, 100, 200), new Callback(1, 2, 200, 300), new Callback(2, 3, 250, 260)));
        assertThat(overlap.overlapping()).isEqualTo(2);
        assertThat(overlap.example())
                .isEqualTo("bucket 2 on thread 1 from 200 to 300 ns and bucket 3 on thread 2 from 250 to 260 ns");
    }

    @Test
    void saysHowLongAllTookTogether() {
        List<Callback> callbacks = List.of(
                new Callback(0, 1, 50, 120),
                new Callback(0, 1, 200, 300),
                new Callback(1, 2, 150, 250),
                new Callback(1, 2, 250, 275));
        assertThat(log(callbacks, 100).callbacks()).isEqualTo(new LiveUse.Callbacks(3, 150, 300, 225));
        assertThat(log(callbacks, 100).callbacks().spanNs()).isEqualTo(150);
        assertThat(log(callbacks, 100).overlap().logged()).isEqualTo(3);
        assertThat(log(callbacks, 201).callbacks()).isEqualTo(new LiveUse.Callbacks(1, 250, 275, 25));
        assertThat(log(callbacks, 400).callbacks()).isEqualTo(LiveUse.Callbacks.NONE);
    }

    private static final class Clock implements ServiceMeter {
        private long nowNs;

        Clock(long startNs) {
            nowNs = startNs;
        }

        @Override
        public long nowNs() {
            return nowNs;
        }

        @Override
        public void charge(Cost cost, long count) {}

        @Override
        public void chargeNs(long serviceNs) {
            nowNs += serviceNs;
        }
    }

    /** Callbacks that last so long. */
    private record Lasting(long serviceNs) implements BucketWork {
        @Override
        public void onExpiry(TimerBucket bucket, int timer, Firing firing, ServiceMeter meter) {
            meter.chargeNs(serviceNs);
        }

        @Override
        public void onEvent(TimerBucket bucket, int connection, int event, long atNs) {}

        @Override
        public void onOutsideExpiry(TimerBucket bucket, int timer, long atNs) {}

        @Override
        public void onPacket(TimerBucket bucket, int connection, int packet, ServiceMeter meter) {}

        @Override
        public int connectionOf(int timer) {
            return timer;
        }
    }
}
