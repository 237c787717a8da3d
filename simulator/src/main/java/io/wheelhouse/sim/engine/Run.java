package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.HostUse;
import io.wheelhouse.sim.metrics.Interval;
import io.wheelhouse.sim.metrics.Recorder;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.ConnectionGroup;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * One run of the virtual engine: makes the modeled machine, and takes it from barrier to barrier.
 *
 * <p>A barrier stands at the end of each assignment interval and each output interval, at the end of the warm-up and at
 * the end of the run. What happens before time T happens before the barrier at T, all else after it. The arrivals of an
 * assignment interval are generated at the barrier before it.
 */
final class Run {
    private static final long CONNECTIONS_WORTH_WEIGHING = 10_000;

    private final Scenario scenario;
    private final EngineOptions options;
    private final Instrumentation instrumentation;
    private final HostThreads threads;

    private final Population population;
    private final Workload workload;
    private final List<Recorder> recorders = new ArrayList<>();
    private final Machine<VirtualProcessor> machine;
    private final Coordinator coordinator;
    private final Interval interval;
    private final Usage usage;
    private final Captures captures;
    private final Settling[] settling;
    private final HostClock hostClock;
    private final long heapBeforeBytes;

    // which processor is taken first in a round: the one that did most in the last
    private final Integer[] order;
    private final long[] stepsBefore;
    private final long[] stepsLastRound;

    // arrivals have been generated up to here: the end of the assignment interval
    private long openedUntilNs;

    Run(Scenario scenario, EngineOptions options, Instrumentation instrumentation, HostThreads threads) {
        this.scenario = scenario;
        this.options = options;
        this.instrumentation = instrumentation;
        this.threads = threads;
        heapBeforeBytes = measuresHeap() ? HeapMeter.usedBytes() : 0;
        hostClock = HostClock.start();
        population = new Population(scenario);
        workload = Workloads.of(scenario, population);
        for (int thread = 0; thread < threads.count(); thread++) {
            recorders.add(new Recorder(scenario.connections().size(), scenario.warmupNs()));
        }
        machine =
                new Machine<>(scenario, workload, recorders.get(0), VirtualProcessor.allOf(scenario), instrumentation);
        settling = new Settling[machine.processors.length];
        Arrays.setAll(settling, p -> new Settling(machine.buckets, p, workload));
        coordinator = new Coordinator(
                machine, workload, Structures.policy(scenario.assigner()), scenario.warmupNs(), options.listener());
        captures = new Captures(scenario, population, options.listener());
        machine.bucketList.forEach(captures::listenTo);
        int count = machine.processors.length;
        interval = new Interval(count);
        usage = new Usage(machine);
        order = new Integer[count];
        Arrays.setAll(order, p -> p);
        stepsBefore = new long[count];
        stepsLastRound = new long[count];
    }

    RunResult toTheEnd() {
        coordinator.assignInitially();
        usage.start();
        long nowNs = 0;
        while (nowNs < scenario.durationNs() && !options.cancelled().getAsBoolean()) {
            long barrierNs = nextBarrierNs(nowNs);
            if (nowNs == openedUntilNs) {
                openedUntilNs = nextMultiple(nowNs, scenario.assigner().intervalNs());
                population.openBetween(nowNs, openedUntilNs, this::open);
            }
            runProcessors(barrierNs);
            nowNs = barrierNs;
            atBarrier(nowNs);
        }
        if (nowNs > interval.endNs()) {
            closeInterval(nowNs);
        }
        return result(nowNs);
    }

    private long nextBarrierNs(long nowNs) {
        long next = Math.min(
                nextMultiple(nowNs, scenario.assigner().intervalNs()),
                nextMultiple(nowNs, scenario.output().intervalNs()));
        if (nowNs < scenario.warmupNs()) {
            next = Math.min(next, scenario.warmupNs());
        }
        return Math.min(next, scenario.durationNs());
    }

    private static long nextMultiple(long nowNs, long periodNs) {
        return (nowNs / periodNs + 1) * periodNs;
    }

    private void open(int group, int index, long atNs) {
        TimerBucket bucket = machine.buckets[population.bucketOf(group, index)];
        workload.open(bucket, group, index, atNs);
        machine.processors[bucket.owner()].processor().scheduleChanged(bucket);
    }

    private void runProcessors(long barrierNs) {
        if (threads.count() > 1) {
            Arrays.sort(order, Comparator.comparingLong(p -> -stepsLastRound[p]));
        }
        threads.run(machine.processors.length, (task, thread) -> {
            int p = order[task];
            machine.observers[p].recorder(recorders.get(thread));
            machine.processors[p].runUntil(barrierNs, settling[p]);
        });
        for (int p = 0; p < machine.processors.length; p++) {
            stepsLastRound[p] = machine.processors[p].steps() - stepsBefore[p];
            stepsBefore[p] = machine.processors[p].steps();
        }
    }

    private void atBarrier(long nowNs) {
        instrumentation.atBarrier().at(nowNs, machine.bucketList);
        captures.atBarrier(nowNs);
        if (nowNs == scenario.warmupNs()) {
            usage.begin();
            machine.bucketList.forEach(bucket -> bucket.connectionTimes().reset());
        }
        if (nowNs % scenario.output().intervalNs() == 0 || nowNs == scenario.durationNs()) {
            closeInterval(nowNs);
        }
        if (nowNs % scenario.assigner().intervalNs() == 0) {
            coordinator.assign(nowNs);
        }
        options.listener().progress(nowNs, scenario.durationNs(), events());
    }

    private void closeInterval(long nowNs) {
        double[] busy = usage.closeInterval(nowNs - interval.endNs(), interval.endNs() >= scenario.warmupNs());
        interval.close(nowNs, recorders, busy, machine.waiting(), options.listener());
    }

    private long events() {
        long events = 0;
        for (Recorder recorder : recorders) {
            events += Events.of(recorder);
        }
        return events;
    }

    private RunResult result(long endNs) {
        Recorder total = new Recorder(scenario.connections().size(), scenario.warmupNs());
        recorders.forEach(recorder -> recorder.mergeInto(total));
        Census census = new Census(scenario.connections().size());
        for (TimerBucket bucket : machine.buckets) {
            workload.count(bucket, endNs, census);
            census.addTimes(bucket, workload);
        }
        return new Findings(scenario, machine, coordinator.ledger(), usage, total, census)
                .result(endNs, hostUse(census));
    }

    private HostUse hostUse(Census census) {
        long wallNs = hostClock.wallNs();
        long cpuNs = hostClock.cpuNs();
        long heapBytes = measuresHeap() ? HeapMeter.usedBytes() - heapBeforeBytes : 0;
        return new HostUse(threads.count(), wallNs, cpuNs, heapBytes, census.connections());
    }

    /** A full collection takes its time, and beside few connections other things weigh more. */
    private boolean measuresHeap() {
        long connections = 0;
        for (ConnectionGroup group : scenario.connections()) {
            connections += group.count();
        }
        return connections >= CONNECTIONS_WORTH_WEIGHING;
    }
}
