package io.wheelhouse.timer.bucket;

import java.util.Arrays;

/**
 * When something happens next in which of a processor's buckets: a binary heap over the owned buckets, ordered by
 * (instant, bucket). Changing a bucket's instant costs O(log of the buckets owned); the size is bounded by them. Each
 * bucket knows its place, so it is on one agenda at most.
 */
public final class Agenda {
    static final int ABSENT = -1;
    private static final int FIRST_CAPACITY = 16;

    private long[] instants = new long[FIRST_CAPACITY];
    private TimerBucket[] buckets = new TimerBucket[FIRST_CAPACITY];
    private int size;

    /** Puts a bucket on the agenda. */
    public void add(TimerBucket bucket, long instantNs) {
        if (size == buckets.length) {
            int capacity = size + (size >> 1);
            instants = Arrays.copyOf(instants, capacity);
            buckets = Arrays.copyOf(buckets, capacity);
        }
        assert bucket.agendaPlace == ABSENT : "bucket " + bucket.id() + " is on an agenda already";
        int place = size++;
        put(place, bucket, instantNs);
        siftUp(place);
    }

    /** Changes the instant of a bucket that is on the agenda. */
    public void update(TimerBucket bucket, long instantNs) {
        int place = placeOf(bucket);
        long before = instants[place];
        instants[place] = instantNs;
        if (instantNs < before) {
            siftUp(place);
        } else if (instantNs > before) {
            siftDown(place);
        }
    }

    /** Takes a bucket off the agenda. */
    public void remove(TimerBucket bucket) {
        int place = placeOf(bucket);
        bucket.agendaPlace = ABSENT;
        int last = --size;
        if (place != last) {
            TimerBucket moved = buckets[last];
            put(place, moved, instants[last]);
            siftUp(place);
            siftDown(moved.agendaPlace);
        }
    }

    /** Whether the bucket is on this agenda. */
    public boolean contains(TimerBucket bucket) {
        int place = bucket.agendaPlace;
        return place >= 0 && place < size && buckets[place] == bucket;
    }

    /** The earliest instant; {@link Long#MAX_VALUE} when no bucket is on the agenda. */
    public long nextNs() {
        return size == 0 ? Long.MAX_VALUE : instants[0];
    }

    /** The bucket of the earliest instant. Asked only when there is one. */
    public TimerBucket next() {
        return buckets[0];
    }

    /** How many buckets are on the agenda. */
    public int size() {
        return size;
    }

    private int placeOf(TimerBucket bucket) {
        assert contains(bucket) : "bucket " + bucket.id() + " is not on this agenda";
        return bucket.agendaPlace;
    }

    private void siftUp(int start) {
        int place = start;
        TimerBucket bucket = buckets[place];
        long instant = instants[place];
        while (place > 0) {
            int parent = (place - 1) >> 1;
            if (!before(instant, bucket.id(), parent)) {
                break;
            }
            put(place, buckets[parent], instants[parent]);
            place = parent;
        }
        put(place, bucket, instant);
    }

    private void siftDown(int start) {
        int place = start;
        TimerBucket bucket = buckets[place];
        long instant = instants[place];
        while (true) {
            int child = 2 * place + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && before(instants[child + 1], buckets[child + 1].id(), child)) {
                child++;
            }
            if (before(instant, bucket.id(), child)) {
                break;
            }
            put(place, buckets[child], instants[child]);
            place = child;
        }
        put(place, bucket, instant);
    }

    private boolean before(long instant, int id, int other) {
        return instant != instants[other] ? instant < instants[other] : id < buckets[other].id();
    }

    private void put(int place, TimerBucket bucket, long instant) {
        buckets[place] = bucket;
        instants[place] = instant;
        bucket.agendaPlace = place;
    }
}
