package io.wheelhouse.sim.live;

import io.wheelhouse.sim.engine.BackgroundLoad;
import io.wheelhouse.sim.engine.EngineProcessor;
import io.wheelhouse.sim.engine.OfflineTimes;
import io.wheelhouse.sim.engine.Structures;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.timer.bucket.Agenda;
import io.wheelhouse.timer.thread.LiveMeter;
import io.wheelhouse.timer.thread.OtherWork;
import io.wheelhouse.timer.thread.Processor;
import java.util.List;

/**
 * A processor in live time: the same {@link Processor} that runs in virtual time, and the background load of the
 * scenario, which is spent by spinning. Used by its timer thread alone while that runs.
 */
final class LiveProcessor implements EngineProcessor, OtherWork {
    private final Processor processor;
    private final List<BackgroundLoad> backgrounds;
    private final OfflineTimes offline;
    private long nextBurstNs;
    private long otherNs;
    private boolean away;

    LiveProcessor(int id, Scenario scenario) {
        processor = new Processor(
                id, Structures.grid(scenario), Structures.runQueue(scenario.queueing()), new Agenda(false));
        backgrounds = BackgroundLoad.of(id, scenario);
        offline = OfflineTimes.of(id, scenario);
        findNextBurst();
    }

    static LiveProcessor[] allOf(Scenario scenario) {
        LiveProcessor[] all = new LiveProcessor[scenario.host().processors()];
        for (int p = 0; p < all.length; p++) {
            all[p] = new LiveProcessor(p, scenario);
        }
        return all;
    }

    private void findNextBurst() {
        nextBurstNs = BackgroundLoad.NONE;
        for (BackgroundLoad background : backgrounds) {
            nextBurstNs = Math.min(nextBurstNs, background.nextNs());
        }
    }

    @Override
    public boolean isAway(long nowNs) {
        boolean isAway = offline.at(nowNs);
        if (away && !isAway) {
            // Nothing else ran either.
            for (BackgroundLoad background : backgrounds) {
                while (background.nextNs() < nowNs) {
                    background.advance();
                }
            }
            findNextBurst();
        }
        away = isAway;
        return isAway;
    }

    @Override
    public boolean runIfDue(long nowNs, LiveMeter meter) {
        if (nextBurstNs > nowNs) {
            return false;
        }
        for (BackgroundLoad background : backgrounds) {
            if (background.nextNs() == nextBurstNs) {
                long startNs = meter.begin();
                meter.chargeNs(background.burstNs());
                meter.end();
                // less than all of it at the end of the run; what is more was taken by others
                otherNs += Math.min(background.burstNs(), meter.nowNs() - startNs);
                background.advance();
                break;
            }
        }
        findNextBurst();
        return true;
    }

    @Override
    public long nextNs() {
        return Math.min(nextBurstNs, offline.nextNs());
    }

    /** Bursts of background load that should have run before an instant and have not. */
    long lateNs(long atNs) {
        long lateNs = 0;
        for (BackgroundLoad background : backgrounds) {
            lateNs += background.lateNs(atNs);
        }
        return lateNs;
    }

    /** Whether it serves buckets, as of the last turn of its thread. */
    boolean available() {
        return !away;
    }

    @Override
    public Processor processor() {
        return processor;
    }

    @Override
    public long otherNs() {
        return otherNs;
    }
}
