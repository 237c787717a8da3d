package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.scenario.Background;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.tcp.random.Draw;
import io.wheelhouse.tcp.random.Stream;
import java.util.ArrayList;
import java.util.List;

/**
 * One source of load on a processor that is not the timer subsystem's: a burst in every millisecond, as long as the load
 * says, at a drawn place in it, so that it keeps no step with ticks.
 *
 * <p>A function of (seed, processor, source, millisecond) alone. A burst waits for the callback that runs, and then goes
 * before all waiting work, as interrupts and work of higher priority do.
 */
public final class BackgroundLoad {
    /** No burst. */
    public static final long NONE = Long.MAX_VALUE;

    private static final long PERIOD_NS = 1_000_000;

    private final long seed;
    private final long source;
    private final long burstNs;
    private final long untilNs;
    private long period;
    private long nextNs;

    /**
     * @param index the source's place in the scenario, so that two sources on one processor differ
     */
    BackgroundLoad(Background spec, int index, long seed) {
        this.seed = seed;
        this.source = ((long) index << 32) | spec.processor();
        this.burstNs = Math.round(spec.load() * PERIOD_NS);
        this.untilNs = spec.untilNs();
        this.period = spec.fromNs() / PERIOD_NS;
        nextNs = burstNs == 0 ? NONE : start();
        while (nextNs < spec.fromNs()) {
            advance();
        }
    }

    /** All sources of one processor of a scenario. */
    public static List<BackgroundLoad> of(int processor, Scenario scenario) {
        List<Background> specs = scenario.host().background();
        List<BackgroundLoad> loads = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            if (specs.get(i).processor() == processor) {
                loads.add(new BackgroundLoad(specs.get(i), i, scenario.seed()));
            }
        }
        return loads;
    }

    /** When the next burst wants to start; {@link #NONE} after the last. */
    public long nextNs() {
        return nextNs;
    }

    /** How long each burst is. */
    public long burstNs() {
        return burstNs;
    }

    /** How much of the load should have run before an instant and has not. */
    public long lateNs(long atNs) {
        return nextNs >= atNs ? 0 : (1 + (Math.min(atNs, untilNs) - nextNs - 1) / PERIOD_NS) * burstNs;
    }

    /** Goes on to the burst after this one. */
    public void advance() {
        period++;
        nextNs = start();
    }

    private long start() {
        long startNs = period * PERIOD_NS;
        long slackNs = PERIOD_NS - burstNs;
        if (slackNs > 0) {
            startNs += Draw.below(slackNs, seed, source, Stream.BACKGROUND, period);
        }
        return startNs < untilNs ? startNs : NONE;
    }
}
