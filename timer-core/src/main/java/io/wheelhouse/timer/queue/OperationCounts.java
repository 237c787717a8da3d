package io.wheelhouse.timer.queue;

/**
 * Counts of what a timer queue has done, kept by the queue and read by whoever charges for it. Counts only grow.
 *
 * <p>For the entries of a queue the balance {@code arms + rearms = expiries + cancels + superseded + size} always holds.
 */
public final class OperationCounts {
    long arms;
    long rearms;
    long cancels;
    long expiries;
    long refiles;
    long slotVisits;
    long emptyAdvances;
    long clockRegressions;

    OperationCounts() {}

    /** Armings of a timer that was not armed. */
    public long arms() {
        return arms;
    }

    /** Armings of a timer that was armed. */
    public long rearms() {
        return rearms;
    }

    /** Armings ended by a re-arm: each re-arm supersedes one. */
    public long superseded() {
        return rearms;
    }

    /** Cancels that found the timer armed. */
    public long cancels() {
        return cancels;
    }

    /** Timers handed out. */
    public long expiries() {
        return expiries;
    }

    /** Entries filed again: cascades, and stale entries re-filed or dropped. */
    public long refiles() {
        return refiles;
    }

    /** Slots, or in structures without slots entries, looked at by {@code advance}. */
    public long slotVisits() {
        return slotVisits;
    }

    /** Calls of {@code advance} that handed out nothing. */
    public long emptyAdvances() {
        return emptyAdvances;
    }

    /** Calls whose time was before one already seen. */
    public long clockRegressions() {
        return clockRegressions;
    }

    @Override
    public String toString() {
        return "arms=" + arms + " rearms=" + rearms + " cancels=" + cancels + " expiries=" + expiries + " refiles="
                + refiles + " slotVisits=" + slotVisits + " emptyAdvances=" + emptyAdvances + " clockRegressions="
                + clockRegressions;
    }
}
