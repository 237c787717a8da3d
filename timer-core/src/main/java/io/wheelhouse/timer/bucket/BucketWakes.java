package io.wheelhouse.timer.bucket;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * When each of a processor's buckets has to be looked at next: a binary heap over the owned buckets, ordered by
 * (instant, bucket). Changing a bucket's instant costs O(log of the buckets owned); the size is bounded by them.
 *
 * <p>The heap holds instants and numbers of buckets, and where each bucket stands is in an array by number: together a
 * few kilobytes that stay in the cache. The buckets themselves, which are all over the memory, are not touched.
 */
final class BucketWakes {
    private static final int ABSENT = -1;
    private static final int FIRST_CAPACITY = 16;

    private long[] instants = new long[FIRST_CAPACITY];
    private int[] ids = new int[FIRST_CAPACITY];
    private int size;

    // by number of the bucket
    private int[] places = {};
    private @Nullable TimerBucket[] buckets = {};

    /** Adds a bucket. */
    void add(TimerBucket bucket, long instantNs) {
        if (size == ids.length) {
            int capacity = size + (size >> 1);
            instants = Arrays.copyOf(instants, capacity);
            ids = Arrays.copyOf(ids, capacity);
        }
        int id = bucket.id();
        if (id >= places.length) {
            makeRoom(id);
        }
        buckets[id] = bucket;
        int place = size++;
        put(place, id, instantNs);
        siftUp(place);
    }

    private void makeRoom(int id) {
        int before = places.length;
        int capacity = Math.max(FIRST_CAPACITY, id + 1 + (id >> 1));
        places = Arrays.copyOf(places, capacity);
        Arrays.fill(places, before, capacity, ABSENT);
        buckets = Arrays.copyOf(buckets, capacity);
    }

    /** Changes the instant of a bucket that is here. */
    void update(TimerBucket bucket, long instantNs) {
        int place = placeOf(bucket);
        long before = instants[place];
        if (instantNs == before) {
            return;
        }
        instants[place] = instantNs;
        if (instantNs < before) {
            siftUp(place);
        } else {
            siftDown(place);
        }
    }

    /** Takes a bucket out. */
    void remove(TimerBucket bucket) {
        int place = placeOf(bucket);
        places[bucket.id()] = ABSENT;
        buckets[bucket.id()] = null;
        int last = --size;
        if (place != last) {
            int moved = ids[last];
            put(place, moved, instants[last]);
            siftUp(place);
            siftDown(places[moved]);
        }
    }

    /** Whether the bucket is here. */
    boolean contains(TimerBucket bucket) {
        return bucket.id() < buckets.length && buckets[bucket.id()] == bucket;
    }

    /** The earliest instant; {@link Long#MAX_VALUE} when no bucket is here. */
    long nextNs() {
        return size == 0 ? Long.MAX_VALUE : instants[0];
    }

    /** The bucket of the earliest instant. Asked only when there is one. */
    TimerBucket next() {
        TimerBucket next = buckets[ids[0]];
        if (next == null) {
            throw new AssertionError("bucket " + ids[0] + " is in the heap and not here");
        }
        return next;
    }

    /** How many buckets are here. */
    int size() {
        return size;
    }

    /** The number of the bucket of the earliest instant. Asked only when there is one. */
    int nextId() {
        return ids[0];
    }

    /** A bucket by its number, if it is here. */
    @Nullable
    TimerBucket bucket(int id) {
        return id < buckets.length ? buckets[id] : null;
    }

    private int placeOf(TimerBucket bucket) {
        assert contains(bucket) : "bucket " + bucket.id() + " is not here";
        return places[bucket.id()];
    }

    private void siftUp(int start) {
        int place = start;
        int id = ids[place];
        long instant = instants[place];
        while (place > 0) {
            int parent = (place - 1) >> 1;
            if (!before(instant, id, parent)) {
                break;
            }
            put(place, ids[parent], instants[parent]);
            place = parent;
        }
        put(place, id, instant);
    }

    private void siftDown(int start) {
        int place = start;
        int id = ids[place];
        long instant = instants[place];
        while (true) {
            int child = 2 * place + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && before(instants[child + 1], ids[child + 1], child)) {
                child++;
            }
            if (before(instant, id, child)) {
                break;
            }
            put(place, ids[child], instants[child]);
            place = child;
        }
        put(place, id, instant);
    }

    private boolean before(long instant, int id, int other) {
        return instant != instants[other] ? instant < instants[other] : id < ids[other];
    }

    private void put(int place, int id, long instant) {
        ids[place] = id;
        instants[place] = instant;
        places[id] = place;
    }
}
