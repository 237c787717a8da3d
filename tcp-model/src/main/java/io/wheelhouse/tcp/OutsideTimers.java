package io.wheelhouse.tcp;

/** The timers of the far end: one entry a slot in the bucket's exact queue, free of cost and not observed. */
final class OutsideTimers extends EndTimers {
    private final BucketState shared;

    OutsideTimers(BucketState shared) {
        this.shared = shared;
    }

    @Override
    void arm(TcpTimer timer, long deadlineNs) {
        EndContext bound = end();
        int slot = timer.slot;
        bound.row.armed(slot, timer);
        bound.row.deadlineNs(slot, deadlineNs);
        int number = bound.row.entry(slot);
        if (number == TimerNumbers.NONE) {
            number = shared.remoteEntries.take(bound.connection(), slot);
            bound.row.entry(slot, number);
        }
        shared.bucket().armOutside(number, bound.nowNs(), deadlineNs);
    }

    @Override
    void cancel(TcpTimer timer) {
        if (end().row.isArmed(timer)) {
            cancelSlot(timer.slot);
        }
    }

    private void cancelSlot(int slot) {
        EndRow row = end().row;
        row.armed(slot, null);
        shared.bucket().cancelOutside(row.entry(slot));
        release(row, slot);
    }

    private void release(EndRow row, int slot) {
        shared.remoteEntries.release(row.entry(slot));
        row.entry(slot, TimerNumbers.NONE);
    }

    @Override
    void close() {
        for (int slot = 0; slot < TimerSlot.COUNT; slot++) {
            if (end().row.armed(slot) != null) {
                cancelSlot(slot);
            }
        }
    }

    /** The timer whose entry has expired, no longer armed. */
    TcpTimer expired(int slot) {
        EndContext bound = end();
        TcpTimer timer = bound.row.armed(slot);
        if (timer == null) {
            throw new AssertionError("nothing armed in slot " + slot + " of connection " + bound.connection());
        }
        bound.row.armed(slot, null);
        release(bound.row, slot);
        return timer;
    }
}
