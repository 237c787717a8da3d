package io.wheelhouse.timer.bucket;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What happens next in a processor's buckets: when each bucket has to be looked at by itself, for its timers or at the end of
 * a transit, and, if it gathers them, the pending events of all.
 *
 * <p>Order: by (instant, bucket); at one instant a bucket's events come before its timers. It is the same whether events are
 * gathered or stay with their buckets, and no result depends on that. What differs is the cost. Gathered, an event is filed
 * and found without touching its bucket, and the {@linkplain BucketWork#touchEvent rows} of the connections that come next are
 * touched {@value #AHEAD} events ahead, so that many wait for memory together; but a bucket that leaves has to be looked for
 * in all that is pending ({@link #forwardDeparted}). With its own events a bucket moves at once, and costs a heap of events
 * each, which are all over the memory.
 *
 * <p>Structure: {@link BucketWakes} and {@link EventSlots}. Used by the processor's thread, and at a barrier by the
 * coordinator.
 */
public final class Agenda {
    private static final int AHEAD = 32;
    /** With fewer pending events all rows are in the cache, or soon will be. */
    private static final int LEAST_TOUCHED = 4_096;

    private final BucketWakes wakes = new BucketWakes();
    private final @Nullable EventSlots events;
    private @Nullable TimerBucket[] departed = {};
    private boolean isAnyDeparted;
    private boolean isEventNext;

    // instants up to this one may find a bucket in transit
    private long transitsUntilNs = Long.MIN_VALUE;
    // keeps the compiler from leaving out loads that only bring rows into the cache
    long touched;

    /** @param gathersEvents whether the events of all buckets are kept here, and not with each */
    public Agenda(boolean gathersEvents) {
        events = gathersEvents ? new EventSlots(this) : null;
    }

    /** Puts a bucket on the agenda. */
    public void add(TimerBucket bucket) {
        assert !bucket.isOnAgenda : "bucket " + bucket.id() + " is on an agenda already";
        bucket.isOnAgenda = true;
        if (bucket.id() < departed.length) {
            departed[bucket.id()] = null;
        }
        bucket.gatherInto(events);
        bucket.notedExpiryNs = bucket.nextExpiryBoundNs();
        wakes.add(bucket, bucket.nextInstantNs(bucket.notedExpiryNs));
        transitsUntilNs = Math.max(transitsUntilNs, bucket.transitUntilNs());
    }

    /**
     * Takes a bucket off the agenda. Where events are gathered, {@link #forwardDeparted} has to be called before anything
     * happens here or there.
     */
    public void remove(TimerBucket bucket) {
        bucket.isOnAgenda = false;
        wakes.remove(bucket);
        if (events != null) {
            bucket.gatherInto(null);
            depart(bucket);
        }
    }

    private void depart(TimerBucket bucket) {
        if (bucket.id() >= departed.length) {
            departed = Arrays.copyOf(departed, bucket.id() + 1 + (bucket.id() >> 1));
        }
        departed[bucket.id()] = bucket;
        isAnyDeparted = true;
    }

    /** A bucket that was here, and whose events may still be. */
    @Nullable
    TimerBucket departed(int id) {
        return id < departed.length ? departed[id] : null;
    }

    /** Sends events after the buckets that have left, to wherever those are now. Costs O(all that is pending). */
    public void forwardDeparted() {
        if (isAnyDeparted && events != null) {
            events.forwardDeparted();
            Arrays.fill(departed, null);
            isAnyDeparted = false;
        }
    }

    /**
     * Takes note that the timers of a bucket, or its own events, may have changed. What is noted may be too early: most
     * timers are cancelled or re-armed long before it matters which of the others is next, so that is asked when the time
     * has come ({@link #nextDueNs}).
     */
    public void update(TimerBucket bucket) {
        long expiryNs = bucket.nextExpiryBoundNs();
        if (expiryNs != bucket.notedExpiryNs || events == null) {
            note(bucket, expiryNs);
        }
    }

    private void note(TimerBucket bucket, long expiryNs) {
        bucket.notedExpiryNs = expiryNs;
        wakes.update(bucket, bucket.nextInstantNs(expiryNs));
    }

    /** Whether a bucket of this agenda that has work may be served: no bucket is in transit, or not this one. */
    public boolean isServable(TimerBucket bucket, long nowNs) {
        return nowNs >= transitsUntilNs || bucket.isServable(nowNs);
    }

    /** Whether the bucket is on this agenda. */
    public boolean contains(TimerBucket bucket) {
        return wakes.contains(bucket);
    }

    /** How many buckets are on the agenda. */
    public int size() {
        return wakes.size();
    }

    /**
     * The next instant at which something happens, exact if it is not after {@code nowNs}; otherwise it may be an earlier
     * one, but after {@code nowNs}. {@link Long#MAX_VALUE} for never.
     */
    public long nextNs(long nowNs) {
        EventSlots slots = events;
        long eventNs = slots == null ? PendingEvents.NONE : slots.nextNs(nowNs);
        long wakeNs = wakes.nextNs();
        isEventNext = eventNs < wakeNs;
        if (isEventNext) {
            return eventNs;
        }
        return wakeNs > nowNs ? wakeNs : nextDueNs(eventNs, nowNs);
    }

    /** Where a bucket may have to be looked at no later than the next event, and now. */
    private long nextDueNs(long eventNs, long nowNs) {
        long wakeNs = wakes.nextNs();
        while (wakeNs <= Math.min(nowNs, eventNs) && wakeNs != PendingEvents.NONE) {
            // Each bucket's turn comes once, as what is noted then is right.
            TimerBucket bucket = wakes.next();
            note(bucket, bucket.timers().nextExpiryNs());
            long exactNs = wakes.nextNs();
            if (exactNs == wakeNs && wakes.next() == bucket) {
                break;
            }
            wakeNs = exactNs;
        }
        EventSlots slots = events;
        isEventNext = eventNs < wakeNs
                || (eventNs == wakeNs && eventNs != PendingEvents.NONE && slots != null && isEventBeforeWake(slots));
        return isEventNext ? eventNs : wakeNs;
    }

    /** At one instant. */
    private boolean isEventBeforeWake(EventSlots slots) {
        return EventRecord.bucket(slots.nextWhose()) <= wakes.nextId();
    }

    /** The bucket in which something happens at the instant that {@link #nextNs} has just told, which is due. */
    public TimerBucket next() {
        EventSlots slots = events;
        return slots != null && isEventNext ? bucketOfEvent(slots) : wakes.next();
    }

    private TimerBucket bucketOfEvent(EventSlots slots) {
        int id = EventRecord.bucket(slots.nextWhose());
        TimerBucket bucket = wakes.bucket(id);
        if (bucket == null) {
            throw new AssertionError("an event of bucket " + id + ", which is not on this agenda");
        }
        return bucket;
    }

    /**
     * Lets the next thing happen, which is due.
     *
     * @param bucket {@link #next}
     * @param ownerWokeNs as in {@link TimerBucket#happen(long, int, long)}
     * @return whether the bucket's structure under study was woken
     */
    public boolean letHappen(TimerBucket bucket, long atNs, int processor, long ownerWokeNs) {
        assert !isAnyDeparted : "events of departed buckets are still here";
        EventSlots slots = events;
        if (slots == null || !isEventNext) {
            boolean woken = bucket.happen(atNs, processor, ownerWokeNs);
            note(bucket, bucket.timers().nextExpiryNs());
            return woken;
        }
        if (slots.size() >= LEAST_TOUCHED) {
            touchAhead(slots.batch());
        }
        int connection = EventRecord.connection(slots.nextWhose());
        int event = EventRecord.event(slots.nextWhat());
        slots.remove();
        bucket.happen(atNs, processor, connection, event);
        if (atNs <= transitsUntilNs) {
            // What has come to a bucket in transit waits for the end of that.
            note(bucket, bucket.nextExpiryBoundNs());
        }
        return false;
    }

    private void touchAhead(EventBatch batch) {
        int from = Math.max(batch.touched(), batch.next());
        if (from - batch.next() > AHEAD / 2) {
            return;
        }
        int to = Math.min(batch.size(), batch.next() + AHEAD);
        long sum = 0;
        for (int at = from; at < to; at++) {
            long whose = batch.whose(at);
            TimerBucket bucket = wakes.bucket(EventRecord.bucket(whose));
            if (bucket != null) {
                sum += bucket.touch(EventRecord.connection(whose), EventRecord.event(batch.what(at)));
            }
        }
        batch.touched(to);
        touched += sum;
    }
}
