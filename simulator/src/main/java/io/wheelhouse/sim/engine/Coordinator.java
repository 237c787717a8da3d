package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.AssignmentRow;
import io.wheelhouse.sim.metrics.MoveRow;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.timer.balance.AssignerPolicy;
import io.wheelhouse.timer.balance.Assignment;
import io.wheelhouse.timer.balance.Move;
import io.wheelhouse.timer.balance.Reading;
import io.wheelhouse.timer.balance.WorkloadMonitor;
import io.wheelhouse.timer.bucket.Fingerprint;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens at the end of an interval: the monitor reads, the policy plans, buckets move. The only one who moves
 * buckets; runs on one thread while no processor does.
 */
final class Coordinator {
    private final VirtualProcessor[] processors;
    private final TimerBucket[] buckets;
    private final ProcessorObserver[] observers;
    private final Workload workload;
    private final AssignerPolicy policy;
    private final RunListener listener;
    private final WorkloadMonitor monitor;

    private final long[] busyBefore;
    private final long[] otherBefore;
    private final long[] bucketBusyBefore;
    private final long[] movesIn;
    private final long[] movesOut;
    private long lastNs;
    private long fingerprint = Fingerprint.EMPTY;
    private long moves;
    private long staleMoves;
    private long loadNs;
    private long movedLoadNs;

    Coordinator(Machine machine, Workload workload, AssignerPolicy policy, RunListener listener) {
        processors = machine.processors;
        buckets = machine.buckets;
        observers = machine.observers;
        this.workload = workload;
        this.policy = policy;
        this.listener = listener;
        monitor = new WorkloadMonitor(processors.length, buckets.length);
        busyBefore = new long[processors.length];
        otherBefore = new long[processors.length];
        bucketBusyBefore = new long[buckets.length];
        movesIn = new long[processors.length];
        movesOut = new long[processors.length];
    }

    /** Gives each bucket its first owner. */
    void assignInitially() {
        for (TimerBucket bucket : buckets) {
            int owner = policy.initialOwner(bucket.id(), buckets.length, processors.length);
            processors[owner].processor().adopt(bucket, 0, 0);
            workload.observer(bucket, observers[owner]);
        }
    }

    /** Ends the interval that began at the last call: reads, plans, moves. */
    void assign(long nowNs) {
        Reading reading = read(nowNs);
        Assignment assignment = policy.plan(reading);
        listener.assignment(nowNs, reading.meanUtilization(), assignment.totalIndex(), rows(reading, assignment));
        for (int b = 0; b < buckets.length; b++) {
            loadNs += reading.loadNs(b);
        }
        for (Move move : assignment.moves()) {
            if (!carryOut(move, nowNs)) {
                staleMoves++;
                continue;
            }
            moves++;
            movedLoadNs += reading.loadNs(move.bucket());
            listener.move(row(move, nowNs, reading, assignment));
        }
    }

    private Reading read(long nowNs) {
        long[] waiting = waitingByOwner();
        for (int p = 0; p < processors.length; p++) {
            VirtualProcessor processor = processors[p];
            long busyNs = processor.processor().busyNs();
            long otherNs = processor.otherNs();
            monitor.processor(
                    p,
                    busyNs - busyBefore[p],
                    otherNs - otherBefore[p],
                    processor.backlogNs(nowNs, waiting[p]),
                    processor.availableAt(nowNs));
            busyBefore[p] = busyNs;
            otherBefore[p] = otherNs;
        }
        for (int b = 0; b < buckets.length; b++) {
            TimerBucket bucket = buckets[b];
            long busyNs = bucket.busyNs();
            monitor.bucket(b, bucket.owner(), bucket.epoch(), busyNs - bucketBusyBefore[b], bucket.waiting());
            bucketBusyBefore[b] = busyNs;
        }
        Reading reading = monitor.read(nowNs, nowNs - lastNs);
        lastNs = nowNs;
        return reading;
    }

    private long[] waitingByOwner() {
        long[] waiting = new long[processors.length];
        for (TimerBucket bucket : buckets) {
            waiting[bucket.owner()] += bucket.waiting();
        }
        return waiting;
    }

    private boolean carryOut(Move move, long nowNs) {
        TimerBucket bucket = buckets[move.bucket()];
        if (bucket.owner() != move.from() || bucket.epoch() != move.expectedEpoch()) {
            return false;
        }
        processors[move.from()].handTo(processors[move.to()], bucket, nowNs);
        workload.observer(bucket, observers[move.to()]);
        fingerprint = Fingerprint.mix(fingerprint, nowNs);
        fingerprint = Fingerprint.mix(fingerprint, ((long) move.bucket() << 32) | move.to());
        movesOut[move.from()]++;
        movesIn[move.to()]++;
        return true;
    }

    private List<AssignmentRow> rows(Reading reading, Assignment assignment) {
        List<AssignmentRow> rows = new ArrayList<>(processors.length);
        for (int p = 0; p < processors.length; p++) {
            rows.add(new AssignmentRow(
                    p,
                    reading.utilization(p),
                    reading.confidence(p),
                    assignment.index(p),
                    assignment.target(p),
                    reading.owned(p),
                    reading.exogenous(p),
                    (double) reading.backlogNs(p) / reading.intervalNs(),
                    reading.windowMean(p),
                    reading.windowDeviation(p),
                    reading.available(p)));
        }
        return rows;
    }

    private static MoveRow row(Move move, long nowNs, Reading reading, Assignment assignment) {
        return new MoveRow(
                nowNs,
                move.bucket(),
                move.from(),
                move.to(),
                move.expectedEpoch(),
                reading.utilization(move.from()),
                reading.utilization(move.to()),
                assignment.index(move.from()),
                assignment.index(move.to()),
                (double) reading.loadNs(move.bucket()) / reading.intervalNs(),
                move.reason());
    }

    /** The hash of all moves carried out, in their order. */
    long fingerprint() {
        return fingerprint;
    }

    /** Moves carried out so far. */
    long moves() {
        return moves;
    }

    /** The share of the buckets' load that changed its owner at a barrier, on average over all barriers. */
    double churn() {
        return loadNs == 0 ? 0.0 : (double) movedLoadNs / loadNs;
    }

    /** Planned moves that were stale and were dropped. */
    long staleMoves() {
        return staleMoves;
    }

    /** Buckets that a processor has taken over. */
    long movesIn(int processor) {
        return movesIn[processor];
    }

    /** Buckets that a processor has given up. */
    long movesOut(int processor) {
        return movesOut[processor];
    }
}
