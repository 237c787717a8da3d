package io.wheelhouse.tcp;

import java.util.Arrays;

/**
 * What is counted of the connections, by group, as sums: each {@link TcpCount}, and how the armings of each {@link TcpTimer}
 * began and ended. A dozen of them are added to for each write that is acknowledged, so {@link Tally} adds to them where
 * they are, and calls nobody.
 *
 * <p>Several may {@linkplain #shareSumsOf share} their sums, one at a time. Not final, so that who needs to hear of each
 * single count can. Used by one thread at a time. Counting costs O(1).
 */
public class TcpCounts {
    private static final int TCP_COUNTS = TcpCount.values().length;
    private static final int TIMER_COUNTS = TimerCount.values().length;
    private static final int TIMERS = TcpTimer.values().length;

    private long[] counts;
    private long[] timerCounts;
    private long segmentsProcessed;

    /** Sums for so many groups, all 0. */
    public TcpCounts(int groups) {
        if (groups <= 0) {
            throw new IllegalArgumentException("groups: " + groups);
        }
        counts = new long[groups * TCP_COUNTS];
        timerCounts = new long[groups * TIMERS * TIMER_COUNTS];
    }

    /** From now on counts into the sums of another, which has as many groups. */
    public final void shareSumsOf(TcpCounts other) {
        assert other.counts.length == counts.length : other.counts.length + " sums, and " + counts.length;
        counts = other.counts;
        timerCounts = other.timerCounts;
    }

    // ---- counting

    /** Something countable happened so many times. */
    public void count(TcpCount what, int group, long n) {
        counts[group * TCP_COUNTS + what.ordinal()] += n;
    }

    /** An arming began or ended. */
    public void count(TcpTimer timer, TimerCount what, int group) {
        timerCounts[cell(timer, what, group)]++;
    }

    /** The processor's side has processed a segment. */
    void countProcessed(int group) {
        count(TcpCount.SEGMENTS_PROCESSED, group, 1);
        segmentsProcessed++;
    }

    /** Adds all sums to those of another, which has as many groups. */
    public final void addTo(TcpCounts total) {
        assert total.counts.length == counts.length : total.counts.length + " sums, and " + counts.length;
        addTo(total.counts, counts);
        addTo(total.timerCounts, timerCounts);
    }

    private static void addTo(long[] total, long[] part) {
        for (int i = 0; i < total.length; i++) {
            total[i] += part[i];
        }
    }

    /** All sums are 0 again. */
    public final void reset() {
        Arrays.fill(counts, 0);
        Arrays.fill(timerCounts, 0);
    }

    // ---- reading

    /** How often something was counted in a group. */
    public final long of(TcpCount what, int group) {
        return counts[group * TCP_COUNTS + what.ordinal()];
    }

    /** How often armings of a timer began or ended so in a group. */
    public final long of(TcpTimer timer, TimerCount what, int group) {
        return timerCounts[cell(timer, what, group)];
    }

    /** Segments that the processor's side has processed and that were counted here, whosever sums they went into. */
    public final long segmentsProcessed() {
        return segmentsProcessed;
    }

    private static int cell(TcpTimer timer, TimerCount what, int group) {
        return (group * TIMERS + timer.ordinal()) * TIMER_COUNTS + what.ordinal();
    }
}
