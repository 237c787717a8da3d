package io.wheelhouse.tcp;

import io.wheelhouse.timer.bucket.Firing;
import org.jspecify.annotations.Nullable;

/** Passes on to the observer of the moment what is counted in a bucket. */
final class Tally {
    private @Nullable TcpObserver observer;

    void observer(TcpObserver newObserver) {
        observer = newObserver;
    }

    private TcpObserver observer() {
        TcpObserver current = observer;
        if (current == null) {
            throw new IllegalStateException("no observer has been set");
        }
        return current;
    }

    void count(TcpCount what, int group, long n) {
        observer().count(what, group, n);
    }

    void armed(TcpTimer timer, int group) {
        observer().count(timer, TimerCount.ARMS, group);
    }

    void rearmed(TcpTimer timer, int group) {
        TcpObserver current = observer();
        current.count(timer, TimerCount.REARMS, group);
        current.count(timer, TimerCount.SUPERSEDED, group);
    }

    void cancelled(TcpTimer timer, int group) {
        observer().count(timer, TimerCount.CANCELLED, group);
    }

    void fired(TcpTimer timer, int group, Firing firing) {
        TcpObserver current = observer();
        current.count(timer, TimerCount.FIRED, group);
        current.fired(timer, group, firing);
    }

    void endedAfterExpiry(TcpTimer timer, int group, long ageNs) {
        observer().endedAfterExpiry(timer, group, ageNs);
    }
}
