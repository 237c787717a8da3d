package io.wheelhouse.timer.thread;

import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.ManualMeter;
import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.bucket.Agenda;
import io.wheelhouse.timer.bucket.BucketListener;
import io.wheelhouse.timer.bucket.BucketWork;
import io.wheelhouse.timer.bucket.DisciplineKind;
import io.wheelhouse.timer.bucket.Fingerprint;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.RunQueue;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.bucket.WorkItems;
import io.wheelhouse.timer.queue.CoalescingWheel;
import io.wheelhouse.timer.queue.HierarchicalWheel;
import io.wheelhouse.timer.queue.TimerQueue;
import io.wheelhouse.timer.queue.WheelShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A small random world for {@link ProcessorTest}: processors, buckets whose connections arm, re-arm and cancel timers and
 * send each other packets, barriers with moves that may take longer than an interval. Everything that is served is held
 * against a {@link Ledger} that reckons from the rules alone. Drawn from one seed.
 */
final class World implements BucketListener {
    private static final int TIMERS = 12;
    private static final int TIMERS_A_CONNECTION = 3;
    private static final int CONNECTIONS = TIMERS / TIMERS_A_CONNECTION;
    private static final long INTERVAL_NS = 10_000;
    private static final int CHATTER_PERCENT = 45;

    private final Random random;
    private final TickGrid grid;
    private final Structure structure;
    private final DisciplineKind discipline;
    private final List<Processor> processors = new ArrayList<>();
    private final List<ManualMeter> meters = new ArrayList<>();
    private final List<TimerBucket> buckets = new ArrayList<>();
    private final List<Ledger> ledgers = new ArrayList<>();
    private long limitNs;
    private long stepStartNs;
    private int running;
    private int moves;
    private boolean disturbed = true;

    /** The structure under study, with the tick that suits it. */
    enum Structure {
        EXACT,
        BY_TICK,
        COALESCING
    }

    World(long seed, Structure structure, DisciplineKind discipline, boolean gathersEvents) {
        this.random = new Random(seed);
        this.structure = structure;
        this.discipline = discipline;
        this.grid = structure == Structure.EXACT
                ? TickGrid.NONE
                : new TickGrid(700, structure == Structure.BY_TICK ? 0 : 333);
        int count = 1 + random.nextInt(4);
        for (int processor = 0; processor < count; processor++) {
            RunQueue runQueue = new RunQueue(items -> discipline.over(items, 100));
            processors.add(new Processor(processor, grid, runQueue, new Agenda(gathersEvents)));
            ManualMeter meter = new ManualMeter();
            for (Cost cost : Cost.values()) {
                meter.cost(cost, random.nextInt(12));
            }
            meters.add(meter);
        }
        int bucketCount = 1 + random.nextInt(8);
        for (int id = 0; id < bucketCount; id++) {
            addBucket(id);
        }
    }

    private void addBucket(int id) {
        Ledger ledger = new Ledger(grid, TIMERS);
        WorkItems items = new WorkItems();
        TimerBucket bucket = new TimerBucket(
                id,
                new RecordingQueue(structureUnderStudy(), ledger),
                discipline.over(items, 100),
                items,
                new RandomWork(random.nextLong(), ledger));
        bucket.listener(this);
        for (int connection = 0; connection < CONNECTIONS; connection++) {
            bucket.schedule(random.nextInt(3_000), connection, 0);
            bucket.armOutside(connection, 0, random.nextInt(20_000));
        }
        buckets.add(bucket);
        ledgers.add(ledger);
        ledger.transit(0, 0);
        processors.get(random.nextInt(processors.size())).adopt(bucket, 0, 0);
    }

    private TimerQueue structureUnderStudy() {
        return switch (structure) {
            case EXACT -> HierarchicalWheel.byDeadline(64);
            case BY_TICK -> HierarchicalWheel.byTick(700);
            case COALESCING -> new CoalescingWheel(new WheelShape(4, 1, 6, 250, 33));
        };
    }

    /** Runs so many intervals, with moves and background load; answers the combined fingerprint. */
    long run(int intervals) {
        return run(intervals, INTERVAL_NS);
    }

    /** Runs so many intervals of that length without moves and background load; answers the combined fingerprint. */
    long runUndisturbed(int intervals, long intervalNs) {
        disturbed = false;
        return run(intervals, intervalNs);
    }

    private long run(int intervals, long intervalNs) {
        for (int interval = 1; interval <= intervals; interval++) {
            limitNs = interval * intervalNs;
            for (running = 0; running < processors.size(); running++) {
                runToBarrier(processors.get(running), meters.get(running));
            }
            if (disturbed) {
                moveAtBarrier();
            }
        }
        long fingerprint = Fingerprint.EMPTY;
        for (TimerBucket bucket : buckets) {
            ledgers.get(bucket.id()).checkBalance(bucket);
            fingerprint = Fingerprint.mix(fingerprint, bucket.fingerprint());
        }
        return fingerprint;
    }

    private void runToBarrier(Processor processor, ManualMeter meter) {
        while (meter.nowNs() < limitNs) {
            processor.happen(meter, limitNs);
            if (meter.nowNs() >= limitNs) {
                break;
            }
            if (disturbed && random.nextInt(50) == 0) {
                meter.chargeNs(random.nextInt(3_000));
            } else if (processor.hasWork()) {
                stepStartNs = meter.nowNs();
                check(processor.step(meter, limitNs), () -> "a queued bucket had nothing to serve");
            } else {
                checkNothingServable(processor, meter.nowNs());
                long nextNs = processor.nextInstantNs();
                check(nextNs > meter.nowNs(), () -> "an instant passed over: " + nextNs);
                if (nextNs >= limitNs) {
                    break;
                }
                meter.idleUntil(nextNs);
            }
        }
        processor.happen(meter, limitNs);
        check(
                processor.nextInstantNs() >= limitNs,
                () -> "left undone before the barrier: " + processor.nextInstantNs());
    }

    private void checkNothingServable(Processor processor, long nowNs) {
        for (TimerBucket bucket : buckets) {
            check(
                    !processor.holds(bucket) || !bucket.isServable(nowNs),
                    () -> "processor " + processor.id() + " idle while bucket " + bucket.id() + " has work");
        }
    }

    private void moveAtBarrier() {
        for (TimerBucket bucket : buckets) {
            if (random.nextInt(3) != 0) {
                continue;
            }
            Processor from = processors.get(bucket.owner());
            int to = random.nextInt(processors.size());
            long endNs = from.lastWorkEndNs(bucket);
            int longest = random.nextInt(4) == 0 ? 25_000 : 500;
            long availableNs = Math.max(limitNs, endNs) + random.nextInt(longest);
            long epoch = bucket.epoch();
            from.release(bucket);
            check(!from.holds(bucket), () -> "released and still held");
            processors.get(to).adopt(bucket, limitNs, availableNs);
            ledgers.get(bucket.id()).transit(limitNs, availableNs);
            check(bucket.owner() == to && bucket.epoch() == epoch + 1, () -> "owner " + bucket.owner());
            moves++;
        }
        processors.forEach(Processor::forwardDeparted);
    }

    int moves() {
        return moves;
    }

    long fired() {
        return ledgers.stream().mapToLong(Ledger::fired).sum();
    }

    /** The nanoseconds of lateness by cause: rounding, tick, handoff, queueing. */
    long[] latenessByCause() {
        long[] sums = new long[4];
        for (Ledger ledger : ledgers) {
            for (int cause = 0; cause < sums.length; cause++) {
                sums[cause] += ledger.latenessByCause()[cause];
            }
        }
        return sums;
    }

    static void check(boolean holds, Supplier<String> message) {
        if (!holds) {
            throw new AssertionError(message.get());
        }
    }

    @Override
    public void packetServed(TimerBucket bucket, int connection, int packet, long arrivalNs, long startNs, long endNs) {
        checkServed(bucket, startNs);
        check(arrivalNs <= startNs, () -> "packet served at " + startNs + " before it arrived at " + arrivalNs);
        ledgers.get(bucket.id()).packetServed(connection, packet);
    }

    @Override
    public void timerServed(TimerBucket bucket, int connection, int timer, Firing firing, long endNs) {
        checkServed(bucket, firing.startNs());
        ledgers.get(bucket.id()).served(timer, firing);
    }

    private void checkServed(TimerBucket bucket, long startNs) {
        check(bucket.owner() == running, () -> "bucket of " + bucket.owner() + " served by " + running);
        check(startNs == stepStartNs, () -> "served at " + startNs + ", the step began at " + stepStartNs);
        check(startNs < limitNs, () -> "served at " + startNs + ", at or after the barrier " + limitNs);
        check(!ledgers.get(bucket.id()).inTransit(startNs), () -> "served at " + startNs + " in transit");
    }

    /** Connections that do something random whenever they have the processor. */
    private final class RandomWork implements BucketWork {
        private final Random draws;
        private final Ledger ledger;
        private int packets;

        RandomWork(long seed, Ledger ledger) {
            this.draws = new Random(seed);
            this.ledger = ledger;
        }

        @Override
        public void onEvent(TimerBucket bucket, int connection, int event, long atNs) {
            check(atNs < limitNs, () -> "event of " + atNs + " before the barrier " + limitNs);
            if (!bucket.admitsPacket(connection)) {
                return;
            }
            packets++;
            ledger.packetArrived(connection, packets);
            bucket.packetArrived(connection, packets, atNs);
        }

        @Override
        public void onOutsideExpiry(TimerBucket bucket, int timer, long atNs) {
            check(atNs < limitNs, () -> "outside expiry of " + atNs + " before the barrier " + limitNs);
            bucket.schedule(atNs + draws.nextInt(500), timer, 0);
            bucket.armOutside(timer, atNs, atNs + 1 + draws.nextInt(20_000));
        }

        @Override
        public void onPacket(TimerBucket bucket, int connection, int packet, ServiceMeter meter) {
            act(bucket, connection, meter);
        }

        @Override
        public void onExpiry(TimerBucket bucket, int timer, Firing firing, ServiceMeter meter) {
            ledger.callback(timer);
            act(bucket, connectionOf(timer), meter);
        }

        private void act(TimerBucket bucket, int connection, ServiceMeter meter) {
            meter.chargeNs(draws.nextInt(200));
            for (int action = draws.nextInt(4); action > 0; action--) {
                int timer = connection * TIMERS_A_CONNECTION + draws.nextInt(TIMERS_A_CONNECTION);
                if (draws.nextInt(3) == 0) {
                    boolean pending = ledger.isPending(timer);
                    check(
                            bucket.cancel(timer, meter) == pending,
                            () -> "cancel of timer " + timer + " pending " + pending);
                    ledger.cancelled(timer);
                } else {
                    long delayNs = draws.nextInt(5) == 0 ? draws.nextInt(40_000) : draws.nextInt(2_000) - 100;
                    bucket.arm(timer, meter.nowNs() + delayNs, meter);
                }
            }
            if (draws.nextInt(100) < CHATTER_PERCENT) {
                bucket.schedule(meter.nowNs() + draws.nextInt(1_000), draws.nextInt(CONNECTIONS), 0);
            }
        }

        @Override
        public int connectionOf(int timer) {
            return timer / TIMERS_A_CONNECTION;
        }
    }
}
