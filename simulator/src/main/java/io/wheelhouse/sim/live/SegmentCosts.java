package io.wheelhouse.sim.live;

import io.wheelhouse.sim.engine.EngineCatalogs;
import io.wheelhouse.sim.engine.EngineProcessor;
import io.wheelhouse.sim.engine.Machine;
import io.wheelhouse.sim.engine.Population;
import io.wheelhouse.sim.engine.Structures;
import io.wheelhouse.sim.engine.Workload;
import io.wheelhouse.sim.engine.Workloads;
import io.wheelhouse.sim.metrics.Recorder;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.ScenarioException;
import io.wheelhouse.sim.scenario.ScenarioReader;
import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.bucket.Agenda;
import io.wheelhouse.timer.bucket.BucketListener;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.thread.Processor;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What processing a segment takes: TCP connections that request and respond, on one processor, by the code that a run
 * uses. Only the steps that process a segment are measured: what their far ends and the network do happens between two of
 * them, and so do a program's start, its compiler and its collector if they take other threads.
 *
 * <p>A step receives one segment, sends none or some, and arms and cancels timers. With what those take known and left out,
 * the line through (segments sent, time taken) of all steps, by least squares, says what receiving takes (at none sent) and
 * what each segment sent takes (its slope).
 */
final class SegmentCosts {
    /** A scenario of which every operation is free; TCP as it is without settings. */
    static final Scenario SCENARIO = scenario();

    // A step that took longer was interrupted; the longest answer to one segment takes a tenth of it.
    private static final long INTERRUPTED_NS = 50_000;
    private static final int LOOKS = 1_000;

    private final LongSupplier clock;
    private final ClockedMeter meter;
    private final Processor processor =
            new Processor(0, TickGrid.NONE, Structures.runQueue(SCENARIO.queueing()), new Agenda(false));
    private final Machine<Bench> machine;
    private boolean wasSegment;

    // of the steps of this round: how many, what they sent and took, and the sums of squares and products
    private long segments;
    private long sent;
    private long sentSquares;
    private long tookNs;
    private long sentTimesTookNs;

    /** What receiving a segment, and what sending one takes, in nanoseconds. */
    record Round(long receiveNs, long sendNs) {}

    private record Bench(Processor processor) implements EngineProcessor {
        @Override
        public long otherNs() {
            return 0;
        }
    }

    private static Scenario scenario() {
        String text = """
                name: calibration
                duration: 1h
                host:
                  processors: 1
                  tick: none
                  costs:
                    {segment-in: 0ns, segment-out: 0ns, expire: 0ns, arm: 0ns, cancel: 0ns, slot-visit: 0ns, refile: 0ns,
                     tick: 0ns, move: 0ns}
                hash: {buckets: 256}
                connections:
                  - name: web
                    count: 10k
                    arrivals: {uniform: 100ms}
                    traffic:
                      kind: request-response
                      think: {exponential: {mean: 50ms}}
                      request: 200B
                      response: {lognormal: {median: 4KiB, sigma: 1.0}}
                    path: {delay: 5ms, loss: 1%}
                """;
        try {
            return new ScenarioReader(EngineCatalogs.all()).read("calibration", text, List.of());
        } catch (ScenarioException e) {
            throw new AssertionError("the scenario of the calibration is invalid: " + e.getMessage(), e);
        }
    }

    SegmentCosts(LongSupplier clock) {
        this.clock = clock;
        meter = new ClockedMeter(clock);
        Population population = new Population(SCENARIO);
        Workload workload = Workloads.of(SCENARIO, population);
        machine = new Machine<>(SCENARIO, workload, new Recorder(1, 0), new Bench[] {new Bench(processor)});
        for (TimerBucket bucket : machine.bucketList()) {
            bucket.listener(new Kind());
            processor.adopt(bucket, 0, 0);
            workload.observer(bucket, machine.observer(0));
        }
        population.openBetween(
                0,
                SCENARIO.durationNs(),
                (group, index, atNs) ->
                        workload.open(machine.bucketList().get(population.bucketOf(group, index)), group, index, atNs));
        machine.bucketList().forEach(processor::scheduleChanged);
    }

    /**
     * Lets so many segments be processed, and measures it.
     *
     * @param timers what arming, on average, and cancelling a timer take
     */
    Round round(int count, ArmAndCancel timers) {
        segments = 0;
        sent = 0;
        sentSquares = 0;
        tookNs = 0;
        sentTimesTookNs = 0;
        long lookNs = lookNs();
        int processed = 0;
        while (processed < count) {
            if (processor.hasWork()) {
                step(lookNs, timers);
                processed += wasSegment ? 1 : 0;
            } else {
                meter.setNowNs(processor.nextInstantNs());
            }
            processor.happen(meter, Long.MAX_VALUE);
        }
        return line();
    }

    /** What timers take, on average. */
    record ArmAndCancel(long armNs, long cancelNs) {}

    private void step(long lookNs, ArmAndCancel timers) {
        long sentBefore = meter.count(Cost.SEGMENT_OUT);
        long armsBefore = meter.count(Cost.ARM);
        long cancelsBefore = meter.count(Cost.CANCEL);
        long nowNs = meter.nowNs();
        long startNs = clock.getAsLong();
        // Nothing but the step: what happens by itself happens before it, and after.
        processor.step(meter, nowNs);
        long stepNs = clock.getAsLong() - startNs - lookNs;
        if (wasSegment && stepNs < INTERRUPTED_NS) {
            long answers = meter.count(Cost.SEGMENT_OUT) - sentBefore;
            long ownNs = stepNs
                    - (meter.count(Cost.ARM) - armsBefore) * timers.armNs()
                    - (meter.count(Cost.CANCEL) - cancelsBefore) * timers.cancelNs();
            segments++;
            sent += answers;
            sentSquares += answers * answers;
            tookNs += ownNs;
            sentTimesTookNs += answers * ownNs;
        }
    }

    private Round line() {
        double n = segments;
        double meanSent = sent / n;
        double meanTookNs = tookNs / n;
        double slopeNs = (sentTimesTookNs / n - meanSent * meanTookNs) / (sentSquares / n - meanSent * meanSent);
        return new Round(Math.round(meanTookNs - slopeNs * meanSent), Math.round(slopeNs));
    }

    /** How long between two looks at the clock with nothing between them. */
    private long lookNs() {
        long startNs = clock.getAsLong();
        long lastNs = startNs;
        for (int i = 0; i < LOOKS; i++) {
            lastNs = clock.getAsLong();
        }
        return (lastNs - startNs) / LOOKS;
    }

    /** The share of this traffic's armings that are of timers which are armed already. */
    double rearmShare() {
        long arms = 0;
        long rearms = 0;
        for (TimerBucket bucket : machine.bucketList()) {
            arms += bucket.timers().counts().arms();
            rearms += bucket.timers().counts().rearms();
        }
        return (double) rearms / (arms + rearms);
    }

    /** Takes note of what was served. */
    private final class Kind implements BucketListener {
        @Override
        public void packetServed(
                TimerBucket bucket, int connection, int packet, long arrivalNs, long startNs, long endNs) {
            wasSegment = true;
        }

        @Override
        public void timerServed(TimerBucket bucket, int connection, int timer, Firing firing, long endNs) {
            wasSegment = false;
        }
    }
}
