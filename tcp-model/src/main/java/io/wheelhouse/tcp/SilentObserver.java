package io.wheelhouse.tcp;

import io.wheelhouse.timer.bucket.Firing;

/** Is told, and says nothing. */
final class SilentObserver implements TcpObserver {
    static final SilentObserver INSTANCE = new SilentObserver();

    private SilentObserver() {}

    @Override
    public void count(TcpCount what, int group, long n) {}

    @Override
    public void count(TcpTimer timer, TimerCount what, int group) {}

    @Override
    public void fired(TcpTimer timer, int group, Firing firing) {}

    @Override
    public void endedAfterExpiry(TcpTimer timer, int group, long ageNs) {}
}
