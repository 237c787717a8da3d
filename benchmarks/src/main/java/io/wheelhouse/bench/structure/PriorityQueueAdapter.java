package io.wheelhouse.bench.structure;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * {@code java.util.PriorityQueue}, used as those do who need to cancel: taking an entry out of the middle is a walk over
 * all of them, so it is only marked stale, and dropped when it comes to the head. Added: the entries, and which of them
 * is a timer's. Two kinds: with nothing more, as the textbooks have it, the queue holds every entry until its deadline,
 * when RTOs are re-armed a dozen for each timer; or a purge whenever more than half of the entries are stale keeps it
 * below twice the timers.
 */
final class PriorityQueueAdapter implements TimerAdapter {

    /** Below this a purge is not worth its while. */
    private static final int LEAST_STALE = 64;

    private static final class Entry implements Comparable<Entry> {
        final int timer;
        final long deadlineNs;
        boolean stale;

        Entry(int timer, long deadlineNs) {
            this.timer = timer;
            this.deadlineNs = deadlineNs;
        }

        @Override
        public int compareTo(Entry other) {
            return Long.compare(deadlineNs, other.deadlineNs);
        }
    }

    private final PriorityQueue<Entry> queue;
    private final Handler handler;
    private final @Nullable Entry[] entries;
    private final boolean purging;
    private int stale;

    PriorityQueueAdapter(int timers, boolean purging, Handler handler) {
        this.purging = purging;
        this.queue = new PriorityQueue<>(timers);
        this.handler = handler;
        this.entries = new Entry[timers];
    }

    @Override
    public void arm(int timer, long nowNs, long deadlineNs) {
        cancel(timer);
        Entry entry = new Entry(timer, deadlineNs);
        entries[timer] = entry;
        queue.add(entry);
    }

    @Override
    public void cancel(int timer) {
        Entry entry = entries[timer];
        if (entry == null) {
            return;
        }
        entry.stale = true;
        entries[timer] = null;
        stale++;
        if (purging && stale > LEAST_STALE && stale > queue.size() - stale) {
            queue.removeIf(each -> each.stale);
            stale = 0;
        }
    }

    @Override
    public void advance(long nowNs) {
        Entry head = queue.peek();
        while (head != null && head.deadlineNs <= nowNs) {
            queue.poll();
            if (head.stale) {
                stale--;
            } else {
                entries[head.timer] = null;
                handler.onExpiry(head.timer, nowNs);
            }
            head = queue.peek();
        }
    }

    /** How many entries the queue has, stale ones included. */
    int entries() {
        return queue.size();
    }

    @Override
    public int size() {
        return queue.size() - stale;
    }
}
