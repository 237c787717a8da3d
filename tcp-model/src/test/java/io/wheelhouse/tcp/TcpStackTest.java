package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.path.Path;
import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.random.Distribution;
import io.wheelhouse.timer.bucket.FifoDiscipline;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.bucket.WorkItems;
import io.wheelhouse.timer.queue.HeapQueue;
import io.wheelhouse.timer.thread.Processor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Buckets that share stacks and are handed from one to another do exactly what they do with a stack of their own. */
class TcpStackTest {
    private static final int BUCKETS = 6;
    private static final int CONNECTIONS = 8;
    private static final long STEP_NS = 50 * Bench.MS;
    private static final int STEPS = 200;

    private final TcpConfig config = config();

    private static TcpConfig config() {
        TcpGroup group = new TcpGroup(
                "test",
                Profile.named("linux"),
                Profile.named("linux"),
                Path.of(Bench.SEED, Distribution.constant(10 * Bench.MS)).withLoss(0.05, 0.05),
                new TupleSpace(HostPort.parse("10.0.0.1:443"), Prefix.parse("100.64.0.0/10"), Bench.SEED),
                new Chatter(12),
                true,
                Side.LOCAL);
        return new TcpConfig(Bench.SEED, List.of(group), EntrySharing.AS_STACK);
    }

    /** A bucket on a processor of its own. */
    private static final class Machine {
        final TcpBucketWork work;
        final TimerBucket bucket;
        private final Processor processor;
        private final TestMeter meter = new TestMeter(1_000);

        Machine(int id, TcpStack stack) {
            work = new TcpBucketWork(stack);
            WorkItems items = new WorkItems();
            bucket = new TimerBucket(id, new HeapQueue(), new FifoDiscipline(items), items, work);
            work.attach(bucket);
            processor = new Processor(id, TickGrid.NONE);
            processor.adopt(bucket, 0, 0);
            for (int index = 0; index < CONNECTIONS; index++) {
                work.open(0, id * CONNECTIONS + index, index * Bench.MS);
            }
            processor.scheduleChanged(bucket);
        }

        void runUntil(long untilNs) {
            processor.happen(meter, untilNs);
            while (meter.nowNs() < untilNs) {
                if (!processor.step(meter, untilNs)) {
                    long nextNs = processor.nextInstantNs();
                    if (nextNs >= untilNs) {
                        return;
                    }
                    meter.idleUntil(nextNs);
                    processor.happen(meter, untilNs);
                }
            }
        }
    }

    private TcpStack stack() {
        TcpStack stack = new TcpStack(config);
        stack.observer(new TimerLedger());
        return stack;
    }

    private List<Machine> machines(List<TcpStack> stacks) {
        List<Machine> machines = new ArrayList<>();
        for (int id = 0; id < BUCKETS; id++) {
            machines.add(new Machine(id, stacks.get(id % stacks.size())));
        }
        return machines;
    }

    @Test
    void whoseStackItIsDoesNotShow() {
        List<TcpStack> own = new ArrayList<>();
        for (int id = 0; id < BUCKETS; id++) {
            own.add(stack());
        }
        List<Machine> alone = machines(own);
        List<TcpStack> shared = List.of(stack(), stack());
        List<Machine> moving = machines(shared);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int step = 1; step <= STEPS; step++) {
            for (int id = 0; id < BUCKETS; id++) {
                alone.get(id).runUntil(step * STEP_NS);
                if (step % 20 == 0) {
                    alone.get(id).work.settle();
                }
            }
            for (int id = 0; id < BUCKETS; id++) {
                moving.get(id).runUntil(step * STEP_NS);
                if (random.nextInt(3) == 0) {
                    moving.get(id).work.stack(shared.get(random.nextInt(2)));
                }
                if (random.nextInt(10) == 0) {
                    moving.get(id).work.settle();
                }
            }
        }
        for (int id = 0; id < BUCKETS; id++) {
            assertThat(moving.get(id).bucket.fingerprint())
                    .as("bucket " + id + ", seed " + seed)
                    .isEqualTo(alone.get(id).bucket.fingerprint());
            assertThat(moving.get(id).work.segmentsSent()).isGreaterThan(CONNECTIONS * 10);
            moving.get(id).work.checkInvariants();
        }
    }
}
