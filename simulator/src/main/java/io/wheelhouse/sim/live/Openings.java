package io.wheelhouse.sim.live;

import io.wheelhouse.sim.engine.Population;
import io.wheelhouse.sim.engine.Workload;
import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.thread.Handoff;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.agrona.collections.LongArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections ahead of their time: the first before the clock starts, the others from barrier to barrier by commands
 * to the owners of their buckets, a few of one bucket in each. So a thread that stalls for less than that opens none late;
 * one that stalls for longer opens them when it goes on.
 *
 * <p>When the run is to stop, nothing more is opened, neither here nor by commands that are on their way: an end does not
 * wait for a million connections. The coordinator's alone, but for the commands. Opening costs the coordinator a draw, a
 * hash and 16 bytes a connection, and a command for each {@link #BATCH_MAX} of one bucket.
 */
final class Openings {
    /** How long before its time a connection is opened, at least. */
    static final long AHEAD_NS = 500_000_000;

    // so that a command holds up the callbacks of its thread for some 100 µs at most
    private static final int BATCH_MAX = 64;
    private static final int LOOK_EVERY = 256;

    private final Population population;
    private final Workload workload;
    private final List<TimerBucket> buckets;
    private final long durationNs;
    private final BooleanSupplier cancelled;
    private final @Nullable Batch[] batches;
    private long openedUntilNs;
    private int opened;
    private volatile boolean stopped;

    /** Connections of one bucket, opened by one command: group and index, and when. */
    private final class Batch implements BiConsumer<TimerBucket, ServiceMeter> {
        private final LongArrayList words = new LongArrayList();

        void add(int group, int index, long atNs) {
            words.addLong(((long) group << Integer.SIZE) | index);
            words.addLong(atNs);
        }

        boolean isFull() {
            return words.size() == 2 * BATCH_MAX;
        }

        @Override
        public void accept(TimerBucket bucket, ServiceMeter meter) {
            for (int i = 0; i < words.size() && !stopped; i += 2) {
                long which = words.getLong(i);
                long atNs = Math.max(words.getLong(i + 1), meter.nowNs());
                workload.open(bucket, (int) (which >> Integer.SIZE), (int) which, atNs);
            }
        }
    }

    /** @param cancelled is asked now and then whether to stop */
    Openings(
            Population population,
            Workload workload,
            List<TimerBucket> buckets,
            long durationNs,
            BooleanSupplier cancelled) {
        this.population = population;
        this.workload = workload;
        this.buckets = buckets;
        this.durationNs = durationNs;
        this.cancelled = cancelled;
        batches = new Batch[buckets.size()];
    }

    /** Opens the first connections, before anybody owns a bucket. */
    void first() {
        openedUntilNs = Math.min(AHEAD_NS, durationNs);
        population.openBetween(0, openedUntilNs, (group, index, atNs) -> {
            if (goesOn()) {
                workload.open(buckets.get(population.bucketOf(group, index)), group, index, atNs);
            }
        });
    }

    /** Has connections opened up to {@link #AHEAD_NS} from now. */
    void ahead(long nowNs, Handoff handoff) {
        long untilNs = Math.min(nowNs + AHEAD_NS, durationNs);
        if (untilNs <= openedUntilNs) {
            return;
        }
        population.openBetween(openedUntilNs, untilNs, (group, index, atNs) -> {
            if (goesOn()) {
                add(population.bucketOf(group, index), group, index, atNs, handoff);
            }
        });
        openedUntilNs = untilNs;
        for (int bucket = 0; bucket < batches.length; bucket++) {
            send(bucket, handoff);
        }
    }

    private void add(int bucket, int group, int index, long atNs, Handoff handoff) {
        Batch batch = batches[bucket];
        if (batch == null) {
            batch = batches[bucket] = new Batch();
        }
        batch.add(group, index, atNs);
        if (batch.isFull()) {
            send(bucket, handoff);
        }
    }

    private void send(int bucket, Handoff handoff) {
        Batch batch = batches[bucket];
        if (batch != null) {
            batches[bucket] = null;
            handoff.tell(bucket, batch);
        }
    }

    private boolean goesOn() {
        if (opened++ % LOOK_EVERY == 0 && cancelled.getAsBoolean()) {
            stop();
        }
        return !stopped;
    }

    /** Opens nothing more. */
    void stop() {
        stopped = true;
    }
}
