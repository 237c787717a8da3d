package io.wheelhouse.timer.bucket;

import java.util.Arrays;

/**
 * The timers of far ends of a bucket's connections: exact, free, and studied by nobody. They are kept as pending events: a
 * timer that is armed has an event at its deadline or before. One that comes before the deadline is scheduled again; so
 * re-arming for later, and cancelling, leave events alone. An event that another, earlier one has replaced is dropped when it
 * comes.
 *
 * <p>A timer that is far off, as keepalives are, has no event, which would be larger than itself. The bucket has one then, a
 * look at all timers every {@value #LOOK_NS} ns, which schedules those that are due before the next look.
 *
 * <p>Two longs a timer number ever used. Each operation costs O(1), a look O(timers). Used by the bucket's owner.
 */
final class OutsideDeadlines {
    static final long NONE = Long.MAX_VALUE;

    /** The number that a look has in place of a timer's. At one instant it comes before all timers. */
    static final int LOOK = -1;

    static final long LOOK_NS = 1L << 35;

    private static final int FIRST_TIMERS = 8;

    // by timer: the deadline, and the time of the event that will look at it
    private static final int DEADLINE = 0;
    private static final int EVENT = 1;
    private static final int WORDS = 2;

    /** Schedules an event for a timer, or for {@link #LOOK}. */
    @FunctionalInterface
    interface Schedule {
        void at(int timer, long atNs);
    }

    private final Schedule schedule;
    private long[] words = {};
    private long nextLookNs = NONE;

    OutsideDeadlines(Schedule schedule) {
        this.schedule = schedule;
    }

    /** Arms or re-arms a timer, for now or later. */
    void arm(int timer, long nowNs, long deadlineNs) {
        int at = timer * WORDS;
        if (at >= words.length) {
            grow(timer);
        }
        words[at + DEADLINE] = deadlineNs;
        if (words[at + EVENT] > deadlineNs) {
            scheduleUnlessFar(timer, nowNs, deadlineNs);
        }
    }

    private void scheduleUnlessFar(int timer, long nowNs, long deadlineNs) {
        if (nextLookNs == NONE && deadlineNs - nowNs >= LOOK_NS) {
            lookNextAt(nowNs + LOOK_NS);
        }
        if (nextLookNs == NONE || deadlineNs < nextLookNs) {
            words[timer * WORDS + EVENT] = deadlineNs;
            schedule.at(timer, deadlineNs);
        }
    }

    private void lookNextAt(long atNs) {
        nextLookNs = atNs;
        schedule.at(LOOK, atNs);
    }

    private void grow(int timer) {
        int before = words.length;
        int timers = before / WORDS;
        int capacity = Math.max(timer + 1, timers + Math.max(FIRST_TIMERS, timers >> 3));
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

    /** An event of a timer has come. Says whether the timer has expired, which is then no longer armed. */
    boolean isExpired(int timer, long atNs) {
        int at = timer * WORDS;
        if (words[at + EVENT] != atNs) {
            return false;
        }
        words[at + EVENT] = NONE;
        long deadlineNs = words[at + DEADLINE];
        if (deadlineNs == atNs) {
            words[at + DEADLINE] = NONE;
            return true;
        }
        if (deadlineNs != NONE) {
            scheduleUnlessFar(timer, atNs, deadlineNs);
        }
        return false;
    }

    /** The event of a look has come. */
    void look(long atNs) {
        nextLookNs = NONE;
        long soonNs = atNs + LOOK_NS;
        boolean isAnyFar = false;
        for (int at = 0; at < words.length; at += WORDS) {
            long deadlineNs = words[at + DEADLINE];
            if (deadlineNs != NONE && words[at + EVENT] == NONE) {
                if (deadlineNs < soonNs) {
                    words[at + EVENT] = deadlineNs;
                    schedule.at(at / WORDS, deadlineNs);
                } else {
                    isAnyFar = true;
                }
            }
        }
        if (isAnyFar) {
            lookNextAt(soonNs);
        }
    }
}
