package io.wheelhouse.sim.live;

import io.wheelhouse.sim.metrics.LiveUse;
import io.wheelhouse.timer.bucket.BucketListener;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.Locale;

/**
 * When the first callbacks of each timer thread after the warm-up began and ended, and in which bucket: whether callbacks of
 * different buckets really run at the same time, and callbacks of one bucket never do; and how long all of them took together.
 *
 * <p>Each thread writes its own rows, up to a fixed number; they are read when all have ended.
 */
final class CallbackLog implements BucketListener {
    private static final int ROWS_MAX = 1 << 16;

    private static final class Rows {
        final long[] startNs = new long[ROWS_MAX];
        final long[] endNs = new long[ROWS_MAX];
        final int[] bucket = new int[ROWS_MAX];
        int size;
        long count;
        long firstStartNs;
        long lastEndNs;
        long inCallbacksNs;
    }

    private final Rows[] byThread;
    private final long fromNs;

    /** @param fromNs the end of the warm-up: callbacks that begin before are left out */
    CallbackLog(int threads, long fromNs) {
        this.fromNs = fromNs;
        byThread = new Rows[threads];
        for (int thread = 0; thread < threads; thread++) {
            byThread[thread] = new Rows();
        }
    }

    @Override
    public void packetServed(TimerBucket bucket, int connection, int packet, long arrivalNs, long startNs, long endNs) {
        // timers alone
    }

    @Override
    public void timerServed(TimerBucket bucket, int connection, int timer, Firing firing, long endNs) {
        if (firing.startNs() < fromNs) {
            return;
        }
        Rows rows = byThread[bucket.owner()];
        if (rows.count++ == 0) {
            rows.firstStartNs = firing.startNs();
        }
        rows.lastEndNs = endNs;
        rows.inCallbacksNs += endNs - firing.startNs();
        if (rows.size < ROWS_MAX) {
            int row = rows.size++;
            rows.startNs[row] = firing.startNs();
            rows.endNs[row] = endNs;
            rows.bucket[row] = bucket.id();
        }
    }

    /** All that were served, also those that are no longer in the log. */
    LiveUse.Callbacks callbacks() {
        long count = 0;
        long firstStartNs = Long.MAX_VALUE;
        long lastEndNs = 0;
        long inCallbacksNs = 0;
        for (Rows rows : byThread) {
            if (rows.count > 0) {
                count += rows.count;
                firstStartNs = Math.min(firstStartNs, rows.firstStartNs);
                lastEndNs = Math.max(lastEndNs, rows.lastEndNs);
                inCallbacksNs += rows.inCallbacksNs;
            }
        }
        return count == 0
                ? LiveUse.Callbacks.NONE
                : new LiveUse.Callbacks(count, firstStartNs, lastEndNs, inCallbacksNs);
    }

    /** What overlapped. Each thread's callbacks are in order of time and overlap none of its own. */
    LiveUse.Overlap overlap() {
        long logged = 0;
        long overlapping = 0;
        long sameBucket = 0;
        String example = "";
        for (int thread = 0; thread < byThread.length; thread++) {
            Rows rows = byThread[thread];
            logged += rows.size;
            boolean[] overlaps = new boolean[rows.size];
            for (int other = 0; other < byThread.length; other++) {
                if (other == thread) {
                    continue;
                }
                Rows others = byThread[other];
                int from = 0;
                for (int row = 0; row < rows.size; row++) {
                    while (from < others.size && others.endNs[from] <= rows.startNs[row]) {
                        from++;
                    }
                    for (int i = from; i < others.size && others.startNs[i] < rows.endNs[row]; i++) {
                        if (others.bucket[i] == rows.bucket[row]) {
                            sameBucket++;
                        } else {
                            overlaps[row] = true;
                            example = example.isEmpty() ? inWords(thread, row, other, i) : example;
                        }
                    }
                }
            }
            for (boolean overlapped : overlaps) {
                overlapping += overlapped ? 1 : 0;
            }
        }
        return new LiveUse.Overlap(logged, overlapping, sameBucket / 2, example);
    }

    private String inWords(int thread, int row, int other, int otherRow) {
        return inWords(thread, row) + " and " + inWords(other, otherRow);
    }

    private String inWords(int thread, int row) {
        Rows rows = byThread[thread];
        return String.format(
                Locale.ROOT,
                "bucket %d on thread %d from %d to %d ns",
                rows.bucket[row],
                thread,
                rows.startNs[row],
                rows.endNs[row]);
    }
}
