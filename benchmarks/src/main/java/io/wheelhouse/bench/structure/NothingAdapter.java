package io.wheelhouse.bench.structure;

/** Forgets whatever it is told: measured, it is what the workload itself costs. */
final class NothingAdapter implements TimerAdapter {
    private long lastNs;

    @Override
    public void arm(int timer, long nowNs, long deadlineNs) {
        lastNs = deadlineNs + timer;
    }

    @Override
    public void cancel(int timer) {
        lastNs = timer;
    }

    @Override
    public void advance(long nowNs) {
        lastNs = nowNs;
    }

    /** What came in last, so that none of it is dead code. */
    long lastNs() {
        return lastNs;
    }

    @Override
    public int size() {
        return 0;
    }
}
