package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.bucket.Agenda;
import io.wheelhouse.timer.bucket.RunQueue;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.thread.Processor;
import java.util.Arrays;
import java.util.List;

/**
 * A modeled processor: the same {@link Processor} that runs live, on a modeled clock, with background load.
 *
 * <p>It serves one thing at a time: a burst of background load, a packet, or a callback, none of which is interrupted.
 */
final class VirtualProcessor implements EngineProcessor {
    private final Processor processor;
    private final VirtualMeter meter;
    private final BackgroundLoad[] backgrounds;
    private final OfflineTimes offline;
    private final WakeUps wakeUps;
    // until when it is waking up, if that is after a barrier
    private long awakeNs = Long.MIN_VALUE;
    private long nextBurstNs = BackgroundLoad.NONE;
    private long otherNs;
    private long steps;

    VirtualProcessor(
            int id,
            TickGrid grid,
            RunQueue runQueue,
            CostModel costs,
            List<BackgroundLoad> backgrounds,
            OfflineTimes offline,
            WakeUps wakeUps) {
        processor = new Processor(id, grid, runQueue, new Agenda(true));
        meter = new VirtualMeter(costs, id);
        this.backgrounds = backgrounds.toArray(BackgroundLoad[]::new);
        this.offline = offline;
        this.wakeUps = wakeUps;
        findNextBurst();
    }

    /** The processors of a scenario. */
    static VirtualProcessor[] allOf(Scenario scenario) {
        TickGrid grid = Structures.grid(scenario);
        CostModel costs = new CostModel(scenario.host(), scenario.seed());
        VirtualProcessor[] all = new VirtualProcessor[scenario.host().processors()];
        Arrays.setAll(
                all,
                p -> new VirtualProcessor(
                        p,
                        grid,
                        Structures.runQueue(scenario.queueing()),
                        costs,
                        BackgroundLoad.of(p, scenario),
                        OfflineTimes.of(p, scenario),
                        new WakeUps(scenario.host(), p, scenario.seed())));
        return all;
    }

    /**
     * Runs all that happens before the barrier. The last callback may end after it.
     *
     * @param settling of this processor's buckets
     */
    void runUntil(long barrierNs, Settling settling) {
        boolean isAnyLeft = true;
        while (isAnyLeft && meter.nowNs() < barrierNs) {
            long nowNs = meter.nowNs();
            settling.until(nowNs);
            if (offline.at(nowNs)) {
                sitOut(Math.min(offline.untilNs(), barrierNs));
                continue;
            }
            // Nobody wakes up for what is due when it has gone offline.
            long limitNs = Math.min(offline.nextNs(), barrierNs);
            processor.happen(meter, limitNs);
            if (meter.nowNs() > nowNs) {
                // What has just happened was charged for.
                continue;
            }
            if (nextBurstNs <= nowNs) {
                runBurst();
            } else {
                long otherNs = Math.min(Math.min(settling.nextNs(), nextBurstNs), limitNs);
                isAnyLeft = serveUntil(otherNs, limitNs, barrierNs);
            }
        }
        happenAtWork(barrierNs);
        settling.until(barrierNs);
    }

    /**
     * Lets happen what is due before a barrier that the work under way goes beyond. If it ends while the processor is
     * offline, what is due from then on costs nothing, as if there were no barrier.
     */
    private void happenAtWork(long barrierNs) {
        if (offline.nextNs() < barrierNs && meter.nowNs() < offline.untilNs()) {
            processor.happen(meter, offline.nextNs());
            processor.happen(new ClockOnly(barrierNs), barrierNs);
        } else {
            processor.happen(meter, barrierNs);
        }
    }

    /**
     * Serves what comes until there is something else to see to. What is due has happened.
     *
     * @param limitNs nothing at or after it happens here
     * @return whether anything is left to do before the barrier
     */
    private boolean serveUntil(long otherNs, long limitNs, long barrierNs) {
        while (meter.nowNs() < otherNs) {
            if (processor.hasWork()) {
                processor.step(meter, limitNs);
                steps++;
            } else {
                long nextNs = Math.min(processor.upcomingNs(), otherNs);
                if (nextNs >= barrierNs) {
                    return false;
                }
                meter.idleUntil(Math.max(nextNs, meter.nowNs()));
                if (wakeUps.areAtOnce()) {
                    processor.happen(meter, limitNs);
                } else {
                    happenAsleep(limitNs);
                }
            }
        }
        return true;
    }

    /**
     * Lets happen what is due while nobody is awake. If there is anything to do for it, the processor wakes up, which takes
     * its time; what becomes due meanwhile waits for the same wake-up. Nobody wakes up for what far ends do.
     */
    private void happenAsleep(long limitNs) {
        long nowNs = meter.nowNs();
        long latencyNs = wakeUps.nextNs();
        processor.woke(nowNs + latencyNs);
        processor.happen(meter, limitNs);
        if (meter.nowNs() > nowNs || processor.hasWork()) {
            wakeUps.happened();
            // Charges that were made already are for work that begins now.
            awakeNs = meter.nowNs() + latencyNs;
            meter.idleUntil(awakeNs);
            processor.happen(meter, limitNs);
        } else {
            processor.woke(nowNs);
        }
    }

    /**
     * While a processor is offline, what is due happens and waits: arrivals queue up, timers expire. Nobody wakes up for
     * it, and it costs nothing.
     */
    private void sitOut(long untilNs) {
        // It may have been at work until after it went offline.
        processor.happen(meter, offline.nextNs());
        processor.happen(new ClockOnly(untilNs), untilNs);
        meter.idleUntil(Math.max(untilNs, meter.nowNs()));
        for (BackgroundLoad background : backgrounds) {
            while (background.nextNs() < untilNs) {
                background.advance();
            }
        }
        findNextBurst();
    }

    /** Says what time it is, and takes no charge. */
    private record ClockOnly(long nowNs) implements ServiceMeter {
        @Override
        public void charge(Cost cost, long count) {}

        @Override
        public void chargeNs(long serviceNs) {}
    }

    private void runBurst() {
        for (BackgroundLoad background : backgrounds) {
            if (background.nextNs() == nextBurstNs) {
                meter.chargeNs(background.burstNs());
                otherNs += background.burstNs();
                background.advance();
                break;
            }
        }
        findNextBurst();
    }

    private void findNextBurst() {
        nextBurstNs = BackgroundLoad.NONE;
        for (BackgroundLoad background : backgrounds) {
            nextBurstNs = Math.min(nextBurstNs, background.nextNs());
        }
    }

    /**
     * Hands a bucket over to another processor at a barrier. Both pay the cost of a move; the new owner may serve the
     * bucket from max(barrier, end of the callback that still runs) + that cost on. One that has nothing to do is woken
     * for it, and one that is waking up hands over when it is awake. A processor that is offline pays nothing.
     */
    void handTo(VirtualProcessor receiver, TimerBucket bucket, long barrierNs) {
        processor.release(bucket);
        long workEndNs = processor.lastWorkEndNs(bucket);
        boolean isOffline = offline.at(barrierNs);
        long giverCostNs = isOffline ? 0 : payForMove(barrierNs);
        long receiverCostNs = receiver.offline.at(barrierNs) ? 0 : receiver.payForMove(barrierNs);
        long costNs = isOffline ? receiverCostNs : giverCostNs;
        long fromNs = Math.max(barrierNs, awakeNs);
        receiver.processor.adopt(bucket, fromNs, Math.max(fromNs, workEndNs) + costNs);
    }

    /** Sends what is pending of buckets that were handed over at a barrier after them, once all have been. */
    void forwardDeparted() {
        processor.forwardDeparted();
    }

    private long payForMove(long fromNs) {
        if (meter.nowNs() < fromNs) {
            meter.idleUntil(fromNs);
            if (!wakeUps.areAtOnce()) {
                awakeNs = fromNs + wakeUps.nextNs();
                wakeUps.happened();
                processor.woke(awakeNs);
                meter.idleUntil(awakeNs);
            }
        }
        long startNs = meter.nowNs();
        meter.charge(Cost.MOVE);
        long costNs = meter.nowNs() - startNs;
        processor.addBusyNs(costNs);
        return costNs;
    }

    @Override
    public Processor processor() {
        return processor;
    }

    /** Whether it serves buckets from a barrier on. */
    boolean availableAt(long barrierNs) {
        return !offline.at(barrierNs);
    }

    @Override
    public long otherNs() {
        return otherNs;
    }

    /**
     * Work that waits at a barrier, in nanoseconds: the waiting items at what items have taken here on average, and the
     * bursts of background load that are late.
     */
    long backlogNs(long barrierNs, long waitingItems) {
        long late = 0;
        for (BackgroundLoad background : backgrounds) {
            late += background.lateNs(barrierNs);
        }
        return late + (steps == 0 ? 0 : Math.round((double) waitingItems * processor.busyNs() / steps));
    }

    /** Packets and callbacks served since the start of the run. */
    long steps() {
        return steps;
    }

    /** When anything happens next; {@link Long#MAX_VALUE} for never. */
    long nextInstantNs() {
        return processor.hasWork() ? meter.nowNs() : Math.min(processor.nextInstantNs(meter.nowNs()), nextBurstNs);
    }
}
