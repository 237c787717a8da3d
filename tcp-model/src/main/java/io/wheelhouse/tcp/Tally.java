package io.wheelhouse.tcp;

import io.wheelhouse.timer.bucket.Firing;

/** Passes on to the observer of the moment what is counted in a bucket, and adds it up where that says. */
final class Tally {
    private TcpObserver observer;
    private TcpCounts counts;

    /** Makes one that tells nobody yet. */
    Tally(int groups) {
        observer = new SilentObserver(groups);
        counts = observer.counts();
    }

    void observer(TcpObserver newObserver) {
        observer = newObserver;
        counts = newObserver.counts();
    }

    void count(TcpCount what, int group, long n) {
        counts.count(what, group, n);
    }

    /** The processor's side has processed a segment. */
    void processed(int group) {
        counts.countProcessed(group);
    }

    void armed(TcpTimer timer, int group) {
        counts.count(timer, TimerCount.ARMS, group);
    }

    void rearmed(TcpTimer timer, int group) {
        counts.count(timer, TimerCount.REARMS, group);
        counts.count(timer, TimerCount.SUPERSEDED, group);
    }

    void cancelled(TcpTimer timer, int group) {
        counts.count(timer, TimerCount.CANCELLED, group);
    }

    void fired(TcpTimer timer, int group, Firing firing) {
        counts.count(timer, TimerCount.FIRED, group);
        observer.fired(timer, group, firing);
    }

    void endedAfterExpiry(TcpTimer timer, int group, long ageNs) {
        observer.endedAfterExpiry(timer, group, ageNs);
    }
}
