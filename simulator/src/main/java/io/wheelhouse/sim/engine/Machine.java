package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.Recorder;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.bucket.WorkItems;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The machine of one run: its processors, who is told what each does, and the buckets that they own.
 *
 * @param <P> the engine's processors
 */
public final class Machine<P extends EngineProcessor> implements UsageReadings {
    final P[] processors;
    final ProcessorObserver[] observers;
    final TimerBucket[] buckets;
    final List<TimerBucket> bucketList;

    /**
     * @param recorder takes what is observed before the first round
     * @param processors kept
     */
    public Machine(Scenario scenario, Workload workload, Recorder recorder, P[] processors) {
        this(scenario, workload, recorder, processors, Instrumentation.NONE);
    }

    Machine(Scenario scenario, Workload workload, Recorder recorder, P[] processors, Instrumentation instrumentation) {
        this.processors = processors;
        observers = new ProcessorObserver[processors.length];
        Arrays.setAll(observers, p -> new ProcessorObserver(recorder, scenario.warmupNs()));
        buckets = new TimerBucket[scenario.hash().buckets()];
        Arrays.setAll(buckets, b -> newBucket(b, scenario, workload, instrumentation));
        bucketList = Collections.unmodifiableList(Arrays.asList(buckets));
    }

    private TimerBucket newBucket(int id, Scenario scenario, Workload workload, Instrumentation instrumentation) {
        WorkItems items = new WorkItems();
        TimerBucket bucket = new TimerBucket(
                id,
                instrumentation.queues().apply(Structures.timers(scenario)),
                instrumentation.disciplines().apply(Structures.discipline(scenario.queueing(), items)),
                items,
                workload.newWork(observers[0]));
        workload.attach(bucket);
        bucket.listener(instrumentation.listener());
        return bucket;
    }

    /** Packets and expired timers that wait to be served, of all buckets. */
    long waiting() {
        long waiting = 0;
        for (TimerBucket bucket : buckets) {
            waiting += bucket.waiting();
        }
        return waiting;
    }

    /** All buckets, in order of their numbers. */
    public List<TimerBucket> bucketList() {
        return bucketList;
    }

    /** Who is told what a processor does. */
    public ProcessorObserver observer(int processor) {
        return observers[processor];
    }

    @Override
    public int processors() {
        return processors.length;
    }

    @Override
    public int buckets() {
        return buckets.length;
    }

    @Override
    public long busyNs(int processor) {
        return processors[processor].processor().busyNs();
    }

    @Override
    public long otherNs(int processor) {
        return processors[processor].otherNs();
    }

    @Override
    public long bucketBusyNs(int bucket) {
        return buckets[bucket].busyNs();
    }

    @Override
    public int owned(int processor) {
        return processors[processor].processor().owned();
    }

    @Override
    public long fired(int processor) {
        return observers[processor].fired();
    }

    @Override
    public long segments(int processor) {
        return observers[processor].segments();
    }

    @Override
    public long ticks(int processor) {
        return processors[processor].processor().ticks();
    }

    @Override
    public int ownerOf(int bucket) {
        return buckets[bucket].owner();
    }
}
