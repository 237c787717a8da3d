package io.wheelhouse.bench.structure;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * {@code java.util.PriorityQueue}. Added: the entries, and which of them is a timer's. Three ways to cancel, {@link Kind}.
 */
final class PriorityQueueAdapter implements TimerAdapter {

    /** What becomes of the entry of a timer that is cancelled or re-armed. */
    enum Kind {
        /** It is marked stale, and dropped at the head: the queue holds it until its deadline, a dozen for each timer. */
        LAZY,
        /** The same, and whenever more than half of the entries are stale all these are dropped at once. */
        PURGED,
        /** It is taken out by {@code remove}, which walks over all entries to find it. */
        REMOVING
    }

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
    private final Kind kind;
    private int stale;

    PriorityQueueAdapter(int timers, Kind kind, Handler handler) {
        this.kind = kind;
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
        entries[timer] = null;
        if (kind == Kind.REMOVING) {
            queue.remove(entry);
            return;
        }
        entry.stale = true;
        stale++;
        if (kind == Kind.PURGED && stale > LEAST_STALE && stale > queue.size() - stale) {
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
