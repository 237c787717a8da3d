package io.wheelhouse.sim.metrics;

import java.util.List;
import java.util.Objects;

/**
 * What a live run shows beside its result: each timer thread's own figures, what callbacks overlapped, and what went
 * wrong.
 *
 * @param idle the idle strategy's name
 * @param movesForced whether buckets were moved by turns and not by the scenario's policy
 * @param threads one for each timer thread, in their order
 * @param callbacks how long the timer callbacks took, together
 * @param overlap which callbacks ran at the same time
 * @param thrown callbacks that threw
 * @param lateReports barriers at which a timer thread did not answer in time, so that nothing was planned
 * @param stuck timer threads that did not end, and kept their buckets
 * @param troubles what went wrong, the first few, one line each
 */
public record LiveUse(
        String idle,
        boolean movesForced,
        List<OfThread> threads,
        Callbacks callbacks,
        Overlap overlap,
        long thrown,
        long lateReports,
        int stuck,
        List<String> troubles) {

    /**
     * One timer thread.
     *
     * @param ownNs what the simulator itself took: work beyond the modeled costs, and the far ends
     * @param gapsNs time that was taken from the thread while it spun
     * @param longestGapNs the longest of those gaps
     * @param waitedNs time for which it could have run and waited for a core, as the system counts it; −1 if it does not
     * @param longestStepNs the longest that one packet or callback took
     * @param longestStepAtNs when that began
     * @param moves buckets that it handed over
     * @param staleOrders orders to hand over that it dropped
     */
    public record OfThread(
            long ownNs,
            long gapsNs,
            long longestGapNs,
            long waitedNs,
            long longestStepNs,
            long longestStepAtNs,
            long moves,
            long staleOrders) {}

    /**
     * The timer callbacks of all threads that began after the warm-up: what a fixed amount of work takes.
     *
     * @param count how many
     * @param firstStartNs when the first began
     * @param lastEndNs when the last ended
     * @param inCallbacksNs their times added up
     */
    public record Callbacks(long count, long firstStartNs, long lastEndNs, long inCallbacksNs) {
        /** None. */
        public static final Callbacks NONE = new Callbacks(0, 0, 0, 0);

        /** From the start of the first to the end of the last. */
        public long spanNs() {
            return lastEndNs - firstStartNs;
        }
    }

    /**
     * Which of the logged callbacks ran at the same time on different threads.
     *
     * @param logged callbacks in the log
     * @param overlapping those during which one of another bucket ran on another thread
     * @param sameBucket pairs of one bucket that overlapped, of which there must be none
     * @param example two that overlapped, in words; empty if none did
     */
    public record Overlap(long logged, long overlapping, long sameBucket, String example) {
        /** Of an empty log. */
        public static final Overlap NONE = new Overlap(0, 0, 0, "");
    }

    public LiveUse {
        Objects.requireNonNull(idle, "idle");
        Objects.requireNonNull(callbacks, "callbacks");
        Objects.requireNonNull(overlap, "overlap");
        threads = List.copyOf(threads);
        troubles = List.copyOf(troubles);
    }
}
