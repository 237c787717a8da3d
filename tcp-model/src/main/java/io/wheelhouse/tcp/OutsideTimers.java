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
        EndRow row = bound.row;
        int slot = timer.slot;
        row.arm(timer);
        row.deadlineNs(slot, deadlineNs);
        int number = row.entry(slot);
        if (number == TimerNumbers.NONE) {
            number = shared.remoteEntries.take(bound.connection(), slot);
            row.entry(slot, number);
        }
        shared.bucket().armOutside(number, bound.nowNs(), deadlineNs);
    }

    @Override
    void cancelArmed(TcpTimer timer) {
        cancelSlot(timer.slot);
    }

    private void cancelSlot(int slot) {
        EndRow row = end().row;
        row.disarm(slot);
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
            if (end().row.isAnyArmed(slot)) {
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
        bound.row.disarm(slot);
        release(bound.row, slot);
        return timer;
    }
}
