package io.wheelhouse.sim.traffic;

import io.wheelhouse.tcp.TimerCount;
import io.wheelhouse.timer.bucket.Firing;

/** Is told what synthetic timers do, on the thread of the bucket's owner. */
public interface SyntheticObserver {

    /** An arming began or ended. */
    void countSynthetic(TimerCount what, int group);

    /** A timer fired; also counted as fired. */
    void firedSynthetic(int group, Firing firing);

    /** A timer was cancelled after it had expired, before it was served; also counted as cancelled. */
    void endedAfterExpirySynthetic(int group, long ageNs);
}
