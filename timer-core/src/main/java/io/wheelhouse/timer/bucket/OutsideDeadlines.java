package io.wheelhouse.timer.bucket;

import java.util.Arrays;

/**
 * The timers of far ends of a bucket's connections: exact, free, and studied by nobody. They are kept as pending events: a
 * timer that is armed has an event at its deadline or before. One that comes before the deadline is scheduled again; so
 * re-arming for later, and cancelling, leave events alone. An event that another, earlier one has replaced is dropped when it
 * comes.
 *
 * <p>Two longs a timer number ever used. Each operation costs O(1). Used by the bucket's owner.
 */
final class OutsideDeadlines {
    static final long NONE = Long.MAX_VALUE;
    private static final int FIRST_TIMERS = 8;

    // by timer: the deadline, and the time of the event that will look at it
    private static final int DEADLINE = 0;
    private static final int EVENT = 1;
    private static final int WORDS = 2;

    private long[] words = {};

    /** Arms or re-arms a timer, and says whether an event has to be scheduled for the deadline. */
    boolean arm(int timer, long deadlineNs) {
        int at = timer * WORDS;
        if (at >= words.length) {
            grow(timer);
        }
        words[at + DEADLINE] = deadlineNs;
        if (words[at + EVENT] <= deadlineNs) {
            return false;
        }
        words[at + EVENT] = deadlineNs;
        return true;
    }

    private void grow(int timer) {
        int before = words.length;
        int timers = before / WORDS;
        int capacity = Math.max(timer + 1, timers + Math.max(FIRST_TIMERS, timers >> 2));
        words = Arrays.copyOf(words, Math.multiplyExact(capacity, WORDS));
        Arrays.fill(words, before, words.length, NONE);
    }

    /** Reads a word of a timer that has been armed. */
    long touch(int timer) {
        return words[timer * WORDS];
    }

    /** Cancels a timer, and says whether it was armed. */
    boolean cancel(int timer) {
        int at = timer * WORDS;
        if (at >= words.length || words[at + DEADLINE] == NONE) {
            return false;
        }
        words[at + DEADLINE] = NONE;
        return true;
    }

    /**
     * An event of a timer has come. The time that was asked for if the timer has expired, which is then no longer armed; a
     * later time if another event has to be scheduled for then; {@link #NONE} if there is nothing to do.
     */
    long due(int timer, long atNs) {
        int at = timer * WORDS;
        if (words[at + EVENT] != atNs) {
            return NONE;
        }
        long deadlineNs = words[at + DEADLINE];
        if (deadlineNs == atNs) {
            words[at + DEADLINE] = NONE;
            words[at + EVENT] = NONE;
        } else {
            words[at + EVENT] = deadlineNs;
        }
        return deadlineNs;
    }
}
