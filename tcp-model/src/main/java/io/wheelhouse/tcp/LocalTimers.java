package io.wheelhouse.tcp;

import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.queue.TimerQueue;

/**
 * The timers of the processor's side, and their entries in the queue under study.
 *
 * <p>An entry has a number in the queue while it is there. Three rules say what becomes an entry:
 *
 * <ul>
 *   <li>per timer: each slot has an entry, which follows every change. Timers of one slot are never armed together, so
 *       an entry a slot is an entry a timer.
 *   <li>Linux: an entry a slot, but an acknowledgment leaves the entries of writing and of the delayed ACK where they
 *       are, and a segment that arrives leaves the keepalive entry: when it comes due, the callback finds nothing to do,
 *       or a later deadline to wait for. (inet_csk_clear_xmit_timer(), tcp_write_timer_handler(), tcp_keepalive_timer())
 *   <li>per connection, and FreeBSD 14's own way: one entry, for the earliest of the slots' deadlines.
 * </ul>
 *
 * <p>An entry in the queue never lies after the earliest deadline armed behind it.
 *
 * <p>The callbacks are {@link Callback#timerFired}. A timer whose deadline has come is fired when its entry is served; an
 * entry that comes due early or for nothing fires nothing.
 */
final class LocalTimers extends EndTimers {

    /** What a timer does when it fires. */
    @FunctionalInterface
    interface Callback {
        void timerFired(TcpTimer timer);
    }

    /** Whose entries a cancel leaves in Linux's queue. */
    private static final int LEFT_PENDING =
            set(TcpTimer.SYN, TcpTimer.RTO, TcpTimer.TLP, TcpTimer.RACK, TcpTimer.PERSIST, TcpTimer.DELAYED_ACK);

    private final BucketState shared;
    private final Tally tally;
    private final boolean sharesAsStack;
    private final boolean sharesAlways;
    private final EndSettings[] settingsByGroup;
    // while a shared entry is being served, arming and cancelling leave it alone
    private boolean serving;

    LocalTimers(BucketState shared, Tally tally, EntrySharing sharing, EndSettings[] settingsByGroup) {
        this.shared = shared;
        this.tally = tally;
        this.sharesAsStack = sharing == EntrySharing.AS_STACK;
        this.sharesAlways = sharing == EntrySharing.PER_CONNECTION;
        this.settingsByGroup = settingsByGroup;
    }

    private static int set(TcpTimer... timers) {
        int set = 0;
        for (TcpTimer timer : timers) {
            set |= 1 << timer.ordinal();
        }
        return set;
    }

    /** The connection of a timer of the queue. */
    int connectionOf(int timer) {
        return shared.localEntries.connection(timer);
    }

    private boolean perConnection(EndSettings settings) {
        return sharesAsStack ? settings.sharesOneEntry : sharesAlways;
    }

    private boolean likeLinux(EndSettings settings) {
        return sharesAsStack && settings.sharesLikeLinux;
    }

    private int entryOf(int group, int slot) {
        return perConnection(settingsByGroup[group]) ? 0 : slot;
    }

    // ---- arming and cancelling

    @Override
    void arm(TcpTimer timer, long deadlineNs) {
        EndContext bound = end();
        EndRow row = bound.row;
        boolean leavesEntry = false;
        if (row.isAnyArmed(timer.slot)) {
            leavesEntry = leavesEntry(bound, timer, deadlineNs);
            countEnd(bound, timer);
        } else {
            tally.armed(timer, bound.group());
        }
        if (perConnection(bound.settings())) {
            armShared(bound, timer, deadlineNs);
            return;
        }
        setDeadline(row, timer, deadlineNs);
        if (!leavesEntry) {
            armEntry(bound, timer.slot, deadlineNs);
        }
    }

    private void armShared(EndContext bound, TcpTimer timer, long deadlineNs) {
        long earliestNs = earliestNs(bound.row);
        setDeadline(bound.row, timer, deadlineNs);
        followEarliest(bound, earliestNs);
    }

    /** Whether an entry need not follow its timer, which is armed already, to a later deadline. */
    private boolean leavesEntry(EndContext bound, TcpTimer timer, long deadlineNs) {
        EndRow row = bound.row;
        return timer == TcpTimer.KEEPALIVE
                && row.isArmed(timer)
                && deadlineNs >= row.deadlineNs(timer.slot)
                && isPending(row, timer.slot)
                && likeLinux(bound.settings());
    }

    private static void setDeadline(EndRow row, TcpTimer timer, long deadlineNs) {
        row.arm(timer);
        row.deadlineNs(timer.slot, deadlineNs);
    }

    /** What is armed in a slot is armed again, or gives way to another timer. */
    private void countEnd(EndContext bound, TcpTimer timer) {
        TcpTimer before = armedIn(bound, timer.slot);
        noteIfExpired(bound, before);
        if (before == timer) {
            tally.rearmed(timer, bound.group());
        } else {
            tally.cancelled(before, bound.group());
            tally.armed(timer, bound.group());
        }
    }

    private static TcpTimer armedIn(EndContext bound, int slot) {
        TcpTimer timer = bound.row.armed(slot);
        if (timer == null) {
            throw new AssertionError("nothing armed in slot " + slot + " of connection " + bound.connection());
        }
        return timer;
    }

    @Override
    void cancelArmed(TcpTimer timer) {
        EndContext bound = end();
        EndRow row = bound.row;
        noteIfExpired(bound, timer);
        tally.cancelled(timer, bound.group());
        if (perConnection(bound.settings())) {
            long earliestNs = earliestNs(row);
            row.disarm(timer.slot);
            followEarliest(bound, earliestNs);
            return;
        }
        row.disarm(timer.slot);
        if (!(isLeftPending(timer) && likeLinux(bound.settings()))) {
            cancelEntry(bound, timer.slot);
        }
    }

    private static boolean isLeftPending(TcpTimer timer) {
        return (LEFT_PENDING >>> timer.ordinal() & 1) != 0;
    }

    @Override
    void close() {
        EndContext bound = end();
        EndRow row = bound.row;
        for (int slot = 0; slot < TimerSlot.COUNT; slot++) {
            TcpTimer timer = row.armed(slot);
            if (timer != null) {
                noteIfExpired(bound, timer);
                row.disarm(slot);
                tally.cancelled(timer, bound.group());
            }
        }
        for (int entry = 0; entry < TimerSlot.COUNT; entry++) {
            cancelEntry(bound, entry);
        }
    }

    /** Overload must not look better than it is: an arming that ends while its expired entry waits is told with its age. */
    private void noteIfExpired(EndContext bound, TcpTimer timer) {
        if (bound.row.deadlineNs(timer.slot) <= bound.nowNs()) {
            noteExpired(bound, timer);
        }
    }

    private void noteExpired(EndContext bound, TcpTimer timer) {
        long ageNs = expiredForNs(bound.group(), bound.row, timer.slot, bound.nowNs());
        if (ageNs >= 0) {
            tally.endedAfterExpiry(timer, bound.group(), ageNs);
        }
    }

    /** For how long an armed timer has waited to be served since it expired; -1 if it has not expired. */
    long expiredForNs(int group, EndRow row, int slot, long nowNs) {
        long deadlineNs = row.deadlineNs(slot);
        int entry = entryOf(group, slot);
        if (deadlineNs > nowNs || !isPending(row, entry)) {
            return -1;
        }
        long dueNs = shared.bucket().dueSinceNs(row.entry(entry));
        return dueNs == TimerQueue.NONE ? -1 : nowNs - Math.max(dueNs, deadlineNs);
    }

    /** Whether the bucket will come back to a timer: its entry is in the queue, or has expired and waits. */
    boolean isHeld(int connection, int group, EndRow row, int slot) {
        int number = row.entry(entryOf(group, slot));
        if (number == TimerNumbers.NONE || connectionOf(number) != connection) {
            return false;
        }
        return shared.bucket().timers().isArmed(number) || shared.bucket().dueSinceNs(number) != TimerQueue.NONE;
    }

    private static boolean isPending(EndRow row, int entry) {
        return row.entry(entry) != TimerNumbers.NONE;
    }

    private void release(EndRow row, int entry) {
        shared.localEntries.release(row.entry(entry));
        row.entry(entry, TimerNumbers.NONE);
    }

    private void armEntry(EndContext bound, int entry, long deadlineNs) {
        int number = bound.row.entry(entry);
        if (number == TimerNumbers.NONE) {
            number = shared.localEntries.take(bound.connection(), entry);
            bound.row.entry(entry, number);
        }
        shared.bucket().arm(number, deadlineNs, meter());
    }

    private void cancelEntry(EndContext bound, int entry) {
        EndRow row = bound.row;
        if (isPending(row, entry)) {
            boolean cancelled = shared.bucket().cancel(row.entry(entry), meter());
            assert cancelled : "entry " + entry + " of connection " + bound.connection() + " was not in the queue";
            release(row, entry);
        }
    }

    /** The earliest armed deadline, which is also that of a shared entry; {@link TimerQueue#NONE} if none is armed. */
    private long earliestNs(EndRow row) {
        long earliestNs = TimerQueue.NONE;
        for (int slot = 0; slot < TimerSlot.COUNT; slot++) {
            if (row.isAnyArmed(slot)) {
                earliestNs = Math.min(earliestNs, row.deadlineNs(slot));
            }
        }
        return earliestNs;
    }

    private void followEarliest(EndContext bound, long entryNs) {
        if (serving) {
            return;
        }
        EndRow row = bound.row;
        long earliestNs = earliestNs(row);
        if (earliestNs == TimerQueue.NONE) {
            cancelEntry(bound, 0);
        } else if (earliestNs != entryNs || !isPending(row, 0)) {
            armEntry(bound, 0, earliestNs);
        }
    }

    // ---- firing

    /** The processor serves an expired entry of the connection at hand. */
    void served(int timer, Firing firing, Callback callback) {
        EndContext bound = end();
        EndRow row = bound.row;
        int entry = shared.localEntries.entry(timer);
        if (row.entry(entry) != timer) {
            // a queue that hands out an entry twice: the counts of entries tell at the end of the run
            return;
        }
        release(row, entry);
        if (perConnection(bound.settings())) {
            serveShared(bound, firing, callback);
            return;
        }
        if (!row.isAnyArmed(entry)) {
            return;
        }
        if (row.deadlineNs(entry) <= firing.startNs()) {
            fire(bound, entry, firing.of(row.deadlineNs(entry), 0), callback);
        } else {
            armEntry(bound, entry, row.deadlineNs(entry));
        }
    }

    private void serveShared(EndContext bound, Firing firing, Callback callback) {
        EndRow row = bound.row;
        long beganNs = meter().nowNs();
        serving = true;
        try {
            for (int slot = earliestDue(row, firing.startNs()); slot >= 0; slot = earliestDue(row, firing.startNs())) {
                fire(bound, slot, firing.of(row.deadlineNs(slot), meter().nowNs() - beganNs), callback);
            }
        } finally {
            serving = false;
            followEarliest(bound, TimerQueue.NONE);
        }
    }

    /** Bounded: a callback arms timers for later than the start of the service, so each slot is due once. */
    private static int earliestDue(EndRow row, long startNs) {
        int due = -1;
        for (int slot = 0; slot < TimerSlot.COUNT; slot++) {
            if (row.isAnyArmed(slot)
                    && row.deadlineNs(slot) <= startNs
                    && (due < 0 || row.deadlineNs(slot) < row.deadlineNs(due))) {
                due = slot;
            }
        }
        return due;
    }

    private void fire(EndContext bound, int slot, Firing firing, Callback callback) {
        EndRow row = bound.row;
        TcpTimer timer = armedIn(bound, slot);
        row.disarm(slot);
        TimerBucket bucket = shared.bucket();
        bucket.note(firing.startNs() ^ ((long) timer.ordinal() << 56));
        tally.fired(timer, bound.group(), firing);
        callback.timerFired(timer);
    }
}
