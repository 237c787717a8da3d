package io.wheelhouse.tcp;

import io.wheelhouse.timer.bucket.Firing;

/** Is told, and says nothing. */
final class SilentObserver implements TcpObserver {
    private final TcpCounts counts;

    SilentObserver(int groups) {
        counts = new TcpCounts(groups);
    }

    @Override
    public TcpCounts counts() {
        return counts;
    }

    @Override
    public void fired(TcpTimer timer, int group, Firing firing) {}

    @Override
    public void endedAfterExpiry(TcpTimer timer, int group, long ageNs) {}
}
