package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.sim.metrics.Recorder;
import io.wheelhouse.sim.traffic.SyntheticObserver;
import io.wheelhouse.tcp.TcpCount;
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
    private Recorder recorder;
    private long fired;
    private long segments;

    /**
     * @param warmupNs firings that start before this are not in {@link #fired}
     */
    ProcessorObserver(Recorder recorder, long warmupNs) {
        this.recorder = recorder;
        this.warmupNs = warmupNs;
    }

    public void recorder(Recorder newRecorder) {
        recorder = newRecorder;
    }

    /** Timers that fired on this processor after the warm-up. */
    long fired() {
        return fired;
    }

    /** Segments processed on this processor since the start of the run. */
    long segments() {
        return segments;
    }

    @Override
    public void count(TcpCount what, int group, long n) {
        if (what == TcpCount.SEGMENTS_PROCESSED) {
            segments += n;
        }
        recorder.count(what, group, n);
    }

    @Override
    public void count(TcpTimer timer, TimerCount what, int group) {
        recorder.count(timer, what, group);
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
        recorder.count(Lane.SYNTHETIC, what, group);
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
