package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.sim.metrics.Recorder;
import io.wheelhouse.sim.traffic.SyntheticObserver;
import io.wheelhouse.tcp.TcpCounts;
import io.wheelhouse.tcp.TcpObserver;
import io.wheelhouse.tcp.TcpTimer;
import io.wheelhouse.tcp.TimerCount;
import io.wheelhouse.timer.bucket.Firing;

/**
 * Passes what a processor's buckets do to the recorder of the host thread that runs the processor in this round.
 *
 * <p>Buckets keep their processor's observer, which changes with a move; the observer's recorder changes with the round.
 */
public final class ProcessorObserver implements TcpObserver, SyntheticObserver {
    private final long warmupNs;
    private final TcpCounts counts;
    private Recorder recorder;
    private long fired;

    /**
     * @param warmupNs firings that start before this are not in {@link #fired}
     */
    ProcessorObserver(Recorder recorder, long warmupNs) {
        this.recorder = recorder;
        this.warmupNs = warmupNs;
        counts = new TcpCounts(recorder.groups());
        counts.shareSumsOf(recorder.counts());
    }

    public void recorder(Recorder newRecorder) {
        recorder = newRecorder;
        counts.shareSumsOf(newRecorder.counts());
    }

    /** Timers that fired on this processor after the warm-up. */
    public long fired() {
        return fired;
    }

    /** Segments processed on this processor since the start of the run. */
    public long segments() {
        return counts.segmentsProcessed();
    }

    /** Those of the recorder of the moment. */
    @Override
    public TcpCounts counts() {
        return counts;
    }

    @Override
    public void fired(TcpTimer timer, int group, Firing firing) {
        fired += firing.startNs() >= warmupNs ? 1 : 0;
        recorder.fired(timer, group, firing);
    }

    @Override
    public void endedAfterExpiry(TcpTimer timer, int group, long ageNs) {
        recorder.endedAfterExpiry(timer, group, ageNs);
    }

    @Override
    public void countSynthetic(TimerCount what, int group) {
        recorder.countSynthetic(what, group);
    }

    @Override
    public void firedSynthetic(int group, Firing firing) {
        fired += firing.startNs() >= warmupNs ? 1 : 0;
        recorder.fired(Lane.SYNTHETIC, group, firing);
    }

    @Override
    public void endedAfterExpirySynthetic(int group, long ageNs) {
        recorder.endedAfterExpiry(Lane.SYNTHETIC, ageNs);
    }
}
