package io.wheelhouse.tcp;

import io.wheelhouse.timer.bucket.Firing;

/**
 * Is told what the connections of a bucket do. Called on the thread of the bucket's owner, only for the processor's side
 * unless a {@link TcpCount} says otherwise. Far ends' timers are not reported.
 */
public interface TcpObserver {

    /** Where what is countable is added up; the same at each call. */
    TcpCounts counts();

    /** A timer fired: its rule found it due when its queue entry was served. Also counted as fired. */
    void fired(TcpTimer timer, int group, Firing firing);

    /** A timer was cancelled or re-armed after it had expired, before it was served; also counted as such. */
    void endedAfterExpiry(TcpTimer timer, int group, long ageNs);
}
