package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.timer.balance.AssignerPolicy;
import io.wheelhouse.timer.balance.Assignment;
import io.wheelhouse.timer.balance.Move;
import io.wheelhouse.timer.balance.Reading;
import io.wheelhouse.timer.balance.WorkloadMonitor;
import io.wheelhouse.timer.bucket.TimerBucket;

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
    private final MoveLedger ledger;
    private long lastNs;

    Coordinator(
            Machine<VirtualProcessor> machine,
            Workload workload,
            AssignerPolicy policy,
            long measuredFromNs,
            RunListener listener) {
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
        ledger = new MoveLedger(processors.length, measuredFromNs);
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
        listener.assignment(
                nowNs, reading.meanUtilization(), assignment.totalIndex(), MoveLedger.rows(reading, assignment));
        ledger.interval(reading);
        for (Move move : assignment.moves()) {
            if (!carryOut(move, nowNs)) {
                ledger.stale();
                continue;
            }
            ledger.moved(move, nowNs, reading.loadNs(move.bucket()));
            listener.move(MoveLedger.row(move, nowNs, reading, assignment));
        }
        for (VirtualProcessor processor : processors) {
            processor.forwardDeparted();
        }
    }

    private Reading read(long nowNs) {
        long[] waiting = readBuckets();
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
        Reading reading = monitor.read(nowNs, nowNs - lastNs);
        lastNs = nowNs;
        return reading;
    }

    /** Reads each bucket once, as it is likely far away, and returns what waits in the buckets of each processor. */
    private long[] readBuckets() {
        long[] waiting = new long[processors.length];
        for (int b = 0; b < buckets.length; b++) {
            TimerBucket bucket = buckets[b];
            int owner = bucket.owner();
            int waitingHere = bucket.waiting();
            long busyNs = bucket.busyNs();
            monitor.bucket(b, owner, bucket.epoch(), busyNs - bucketBusyBefore[b], waitingHere);
            bucketBusyBefore[b] = busyNs;
            waiting[owner] += waitingHere;
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
        return true;
    }

    MoveLedger ledger() {
        return ledger;
    }
}
