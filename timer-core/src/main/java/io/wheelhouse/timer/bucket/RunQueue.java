package io.wheelhouse.timer.bucket;

import org.jspecify.annotations.Nullable;

/**
 * A processor's queue of its buckets that have work, served in turn.
 *
 * <p>Linked through the buckets themselves: adding, taking and removing cost O(1), and it holds each bucket at most once,
 * so its length is bounded by the number of buckets owned. Used by the owner's thread alone.
 */
public final class RunQueue {
    private @Nullable TimerBucket head;
    private @Nullable TimerBucket tail;
    private int size;

    /** Adds a bucket at the end, unless it is queued already. */
    public void add(TimerBucket bucket) {
        if (bucket.queued) {
            return;
        }
        bucket.queued = true;
        bucket.previousInRunQueue = tail;
        bucket.nextInRunQueue = null;
        if (tail == null) {
            head = bucket;
        } else {
            tail.nextInRunQueue = bucket;
        }
        tail = bucket;
        size++;
    }

    /** Takes the bucket whose turn it is; null when none has work. */
    public @Nullable TimerBucket poll() {
        TimerBucket first = head;
        if (first != null) {
            remove(first);
        }
        return first;
    }

    /** Takes a bucket out, wherever it stands; nothing happens if it is not queued. */
    public void remove(TimerBucket bucket) {
        if (!bucket.queued) {
            return;
        }
        TimerBucket before = bucket.previousInRunQueue;
        TimerBucket after = bucket.nextInRunQueue;
        if (before == null) {
            head = after;
        } else {
            before.nextInRunQueue = after;
        }
        if (after == null) {
            tail = before;
        } else {
            after.previousInRunQueue = before;
        }
        bucket.queued = false;
        bucket.previousInRunQueue = null;
        bucket.nextInRunQueue = null;
        size--;
    }

    public boolean isEmpty() {
        return head == null;
    }

    /** How many buckets have work. */
    public int size() {
        return size;
    }
}
