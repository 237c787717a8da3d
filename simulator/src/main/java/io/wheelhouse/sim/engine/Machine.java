package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.Recorder;
import io.wheelhouse.sim.scenario.Background;
import io.wheelhouse.sim.scenario.Offline;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.bucket.WorkItems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The modeled machine of one run: its processors, who is told what each does, and the buckets that they own. */
final class Machine {
    final VirtualProcessor[] processors;
    final ProcessorObserver[] observers;
    final TimerBucket[] buckets;
    final List<TimerBucket> bucketList;

    /**
     * @param recorder takes what is observed before the first round
     */
    Machine(Scenario scenario, Workload workload, Recorder recorder, Instrumentation instrumentation) {
        processors = new VirtualProcessor[scenario.host().processors()];
        TickGrid grid = Structures.grid(scenario);
        CostModel costs = new CostModel(scenario.host(), scenario.seed());
        Arrays.setAll(
                processors,
                p -> new VirtualProcessor(
                        p,
                        grid,
                        Structures.runQueue(scenario.queueing()),
                        costs,
                        backgroundOf(p, scenario),
                        offlineOf(p, scenario)));
        observers = new ProcessorObserver[processors.length];
        Arrays.setAll(observers, p -> new ProcessorObserver(recorder, scenario.warmupNs()));
        buckets = new TimerBucket[scenario.hash().buckets()];
        Arrays.setAll(buckets, b -> newBucket(b, scenario, workload, instrumentation));
        bucketList = Collections.unmodifiableList(Arrays.asList(buckets));
    }

    private static List<BackgroundLoad> backgroundOf(int processor, Scenario scenario) {
        List<Background> specs = scenario.host().background();
        List<BackgroundLoad> loads = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            if (specs.get(i).processor() == processor) {
                loads.add(new BackgroundLoad(specs.get(i), i, scenario.seed()));
            }
        }
        return loads;
    }

    private static List<Offline> offlineOf(int processor, Scenario scenario) {
        return scenario.host().offline().stream()
                .filter(offline -> offline.processor() == processor)
                .toList();
    }

    private TimerBucket newBucket(int id, Scenario scenario, Workload workload, Instrumentation instrumentation) {
        WorkItems items = new WorkItems();
        TimerBucket bucket = new TimerBucket(
                id,
                instrumentation.queues().apply(Structures.timers(scenario)),
                Structures.exactTimers(),
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
}
