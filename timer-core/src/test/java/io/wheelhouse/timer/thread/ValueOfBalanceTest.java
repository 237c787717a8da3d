package io.wheelhouse.timer.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wheelhouse.timer.ManualMeter;
import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.balance.Assignment;
import io.wheelhouse.timer.balance.ImbalanceIndex;
import io.wheelhouse.timer.balance.Move;
import io.wheelhouse.timer.balance.Policies;
import io.wheelhouse.timer.balance.PolicyParameters;
import io.wheelhouse.timer.balance.Reading;
import io.wheelhouse.timer.balance.StudentT;
import io.wheelhouse.timer.balance.WorkloadMonitor;
import io.wheelhouse.timer.bucket.BucketListener;
import io.wheelhouse.timer.bucket.BucketWork;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TestBuckets;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What balancing is for: four processors at 90/50/30/10 % against the same load at 45 % each, Poisson arrivals, constant
 * service. By Pollaczek and Khinchine the mean wait at utilization ρ is ρ·s/(2(1−ρ)), and weighted by load it falls from
 * 2.428·s to 0.409·s.
 *
 * <p>Each figure is a mean over seeds; the formula must lie within twice its 95 % interval, which a right one misses by
 * chance with one set of seeds in five hundred.
 */
class ValueOfBalanceTest {
    private static final long SERVICE_NS = 10_000;
    private static final long INTERVAL_NS = 200_000 * SERVICE_NS;
    private static final double BUCKET_LOAD = 0.05;
    private static final int[] BUCKETS_AT_FIRST = {18, 10, 6, 2};
    private static final int PROCESSORS = BUCKETS_AT_FIRST.length;
    private static final int BUCKETS = 36;
    private static final int SEEDS = 8;

    @Test
    void oneAssignmentByDeficitBringsTheWaitDownByThatMuch() {
        List<double[]> byProcessor = new ArrayList<>();
        List<double[]> overall = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            Subsystem subsystem = new Subsystem(seed);
            subsystem.runUntil(INTERVAL_NS);
            double[] before = subsystem.takeWaits();
            subsystem.balance();
            assertThat(subsystem.processors).as("seed " + seed).allMatch(processor -> processor.owned() == 9);
            subsystem.runUntil(2 * INTERVAL_NS);
            double[] after = subsystem.takeWaits();
            byProcessor.add(before);
            overall.add(new double[] {before[PROCESSORS], after[PROCESSORS], before[PROCESSORS] / after[PROCESSORS]});
        }

        for (int p = 0; p < PROCESSORS; p++) {
            double load = BUCKETS_AT_FIRST[p] * BUCKET_LOAD;
            isEstimated("wait at a load of " + load, byProcessor, p, load / (2.0 * (1.0 - load)));
        }
        isEstimated("wait before", overall, 0, 2.428);
        isEstimated("wait after", overall, 1, 0.409);
        isEstimated("how many times shorter", overall, 2, 5.93);
    }

    private static void isEstimated(String what, List<double[]> samples, int column, double expected) {
        double mean = samples.stream().mapToDouble(row -> row[column]).average().orElseThrow();
        double squares = samples.stream()
                .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
                .sum();
        double halfWidth = StudentT.halfWidth(Math.sqrt(squares / (samples.size() - 1)), samples.size());
        String estimate = what + ": " + mean + " +- " + halfWidth;
        assertThat(mean).as(estimate).isEqualTo(expected, within(2.0 * halfWidth));
        assertThat(halfWidth).as(estimate).isLessThan(0.04 * expected);
    }

    /** The processors, their buckets and what waits in them. */
    private static final class Subsystem {
        private final List<Processor> processors = new ArrayList<>();
        private final List<ManualMeter> meters = new ArrayList<>();
        private final List<TimerBucket> buckets = new ArrayList<>();
        private final Waits waits = new Waits();

        Subsystem(long seed) {
            for (int processor = 0; processor < PROCESSORS; processor++) {
                processors.add(new Processor(processor, TickGrid.NONE));
                meters.add(new ManualMeter());
                for (int at = 0; at < BUCKETS_AT_FIRST[processor]; at++) {
                    int id = buckets.size();
                    TimerBucket bucket = TestBuckets.bucket(id, new PoissonPackets(seed * BUCKETS + id));
                    bucket.listener(waits);
                    bucket.schedule(0, 0, 0);
                    buckets.add(bucket);
                    processors.get(processor).adopt(bucket, 0, 0);
                }
            }
        }

        void runUntil(long barrierNs) {
            for (int at = 0; at < PROCESSORS; at++) {
                Processor processor = processors.get(at);
                ManualMeter meter = meters.get(at);
                while (meter.nowNs() < barrierNs) {
                    processor.happen(meter, barrierNs);
                    if (processor.hasWork()) {
                        processor.step(meter, barrierNs);
                    } else if (processor.nextInstantNs() < barrierNs) {
                        meter.idleUntil(Math.max(meter.nowNs(), processor.nextInstantNs()));
                    } else {
                        break;
                    }
                }
                processor.happen(meter, barrierNs);
            }
        }

        void balance() {
            WorkloadMonitor monitor = new WorkloadMonitor(PROCESSORS, buckets.size());
            for (Processor processor : processors) {
                monitor.processor(processor.id(), processor.busyNs(), 0, 0);
            }
            for (TimerBucket bucket : buckets) {
                monitor.bucket(bucket.id(), bucket.owner(), bucket.epoch(), bucket.busyNs(), bucket.waiting());
            }
            Reading reading = monitor.read(INTERVAL_NS, INTERVAL_NS);
            Assignment assignment = Policies.create(
                            "proportional", new PolicyParameters(ImbalanceIndex.DEFICIT, 1.0, 0.0))
                    .plan(reading);
            for (Move move : assignment.moves()) {
                TimerBucket bucket = buckets.get(move.bucket());
                assertThat(bucket.epoch()).isEqualTo(move.expectedEpoch());
                processors.get(move.from()).release(bucket);
                processors.get(move.to()).adopt(bucket, INTERVAL_NS, INTERVAL_NS);
            }
        }

        /** Mean waits since the last call in service times: by processor, and of all packets, which weighs by load. */
        double[] takeWaits() {
            double[] means = new double[PROCESSORS + 1];
            long totalNs = 0;
            long count = 0;
            for (int p = 0; p < PROCESSORS; p++) {
                means[p] = (double) waits.totalNs[p] / waits.count[p] / SERVICE_NS;
                totalNs += waits.totalNs[p];
                count += waits.count[p];
            }
            means[PROCESSORS] = (double) totalNs / count / SERVICE_NS;
            Arrays.fill(waits.totalNs, 0);
            Arrays.fill(waits.count, 0);
            return means;
        }
    }

    /** Packets by a Poisson process, each of the same service time. */
    private static final class PoissonPackets implements BucketWork {
        private final Random random;
        private final double meanGapNs = SERVICE_NS / BUCKET_LOAD;

        PoissonPackets(long seed) {
            this.random = new Random(seed);
        }

        @Override
        public void onEvent(TimerBucket bucket, int connection, int event, long atNs) {
            bucket.packetArrived(connection, 0, atNs);
            bucket.schedule(atNs + Math.round(-meanGapNs * StrictMath.log1p(-random.nextDouble())), 0, 0);
        }

        @Override
        public void onPacket(TimerBucket bucket, int connection, int packet, ServiceMeter meter) {
            meter.chargeNs(SERVICE_NS);
        }

        @Override
        public void onOutsideExpiry(TimerBucket bucket, int timer, long atNs) {
            throw new AssertionError("no timer was armed");
        }

        @Override
        public void onExpiry(TimerBucket bucket, int timer, Firing firing, ServiceMeter meter) {
            throw new AssertionError("no timer was armed");
        }

        @Override
        public int connectionOf(int timer) {
            throw new AssertionError("no timer was armed");
        }
    }

    /** The time from arrival to service, by the processor that served. */
    private static final class Waits implements BucketListener {
        private final long[] totalNs = new long[PROCESSORS];
        private final long[] count = new long[PROCESSORS];

        @Override
        public void packetServed(
                TimerBucket bucket, int connection, int packet, long arrivalNs, long startNs, long endNs) {
            totalNs[bucket.owner()] += startNs - arrivalNs;
            count[bucket.owner()]++;
        }

        @Override
        public void timerServed(TimerBucket bucket, int connection, int timer, Firing firing, long endNs) {
            throw new AssertionError("no timer was armed");
        }
    }
}
