package io.wheelhouse.timer.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.timer.ManualMeter;
import io.wheelhouse.timer.ServiceMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A packet that finds nothing waiting goes past the discipline, and nothing that can be seen is another for it. */
class LonePacketTest {
    private static final int CONNECTIONS = 4;
    private static final int TIMERS = 8;
    private static final long QUANTUM_NS = 500;
    private static final int STEPS = 3_000;

    /** Work that does anything at random: packets come, also while one is served, timers are armed, connections end. */
    private static final class AnyWork implements BucketWork {
        private final Random random;
        final List<String> log = new ArrayList<>();
        private int packets;

        AnyWork(long seed) {
            random = new Random(seed);
        }

        @Override
        public void onEvent(TimerBucket bucket, int connection, int event, long atNs) {
            arrive(bucket, connection, atNs);
        }

        private void arrive(TimerBucket bucket, int connection, long atNs) {
            if (bucket.admitsPacket(connection)) {
                bucket.packetArrived(connection, packets++, atNs);
            } else {
                log.add("refused " + connection);
            }
        }

        @Override
        public void onOutsideExpiry(TimerBucket bucket, int timer, long atNs) {}

        @Override
        public void onPacket(TimerBucket bucket, int connection, int packet, ServiceMeter meter) {
            log.add("packet " + packet + " of " + connection + " at " + meter.nowNs());
            act(bucket, connection, meter);
        }

        @Override
        public void onExpiry(TimerBucket bucket, int timer, Firing firing, ServiceMeter meter) {
            log.add("timer " + timer + " at " + firing.startNs() + ", late by " + firing.latenessNs());
            act(bucket, connectionOf(timer), meter);
        }

        private void act(TimerBucket bucket, int connection, ServiceMeter meter) {
            meter.chargeNs(random.nextInt(1_000));
            switch (random.nextInt(8)) {
                case 0 -> arrive(bucket, random.nextInt(CONNECTIONS), meter.nowNs());
                case 1 -> bucket.cancel(random.nextInt(TIMERS), meter);
                case 2 -> bucket.connectionEnded(random.nextBoolean() ? connection : random.nextInt(CONNECTIONS), 0);
                default -> bucket.arm(random.nextInt(TIMERS), meter.nowNs() + random.nextInt(5_000), meter);
            }
        }

        @Override
        public int connectionOf(int timer) {
            return timer % CONNECTIONS;
        }
    }

    private static List<String> trace(DisciplineKind kind, long seed, boolean passes) {
        WorkItems items = new WorkItems();
        QueueDiscipline discipline = kind.over(items, QUANTUM_NS);
        AnyWork work = new AnyWork(seed);
        TimerBucket bucket = new TimerBucket(
                0, TestBuckets.exactTimers(), passes ? discipline : new ThoroughDiscipline(discipline), items, work);
        bucket.handTo(0, TickGrid.NONE, 0, 0);
        ManualMeter meter = new ManualMeter();
        Random random = new Random(seed);
        int gapNs = 1 + random.nextInt(4_000);
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(3) == 0) {
                bucket.schedule(meter.nowNs() + random.nextInt(3_000), random.nextInt(CONNECTIONS), step);
            }
            while (bucket.nextInstantNs() <= meter.nowNs()) {
                bucket.happen(bucket.nextInstantNs(), 0);
            }
            work.log.add("touched with " + bucket.waiting() + " waiting: " + (bucket.touchItem() >= 0));
            if (!bucket.serve(meter, 0)) {
                meter.idleUntil(meter.nowNs() + random.nextInt(gapNs));
            }
            work.log.add(bucket.fingerprint() + " busy " + bucket.busyNs() + " due " + bucket.dueTimers() + " waiting "
                    + bucket.waiting() + " packets " + bucket.packetsServed());
        }
        bucket.connectionTimes()
                .forEachGroup(
                        connection -> connection,
                        (group, timeNs, largestNs) -> work.log.add(group + ": " + timeNs + ", " + largestNs));
        return work.log;
    }

    @ParameterizedTest
    @EnumSource
    void goesPastTheDisciplineWithoutATrace(DisciplineKind kind) {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(trace(kind, seed, true)).as("seed %d", seed).isEqualTo(trace(kind, seed, false));
        }
    }
}
