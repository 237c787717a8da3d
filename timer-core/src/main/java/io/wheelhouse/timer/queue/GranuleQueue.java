package io.wheelhouse.timer.queue;

/** How deadlines and granules of a lazy wheel belong together, and what follows from that for its entries. */
abstract sealed class GranuleQueue extends LazyQueue permits ArmingQueue {

    /** How many entries a search for the earliest timer looks at before it settles for the begin of a slot. */
    static final int SEARCHED_ENTRIES = 32;

    /** Added to granule numbers, so that none is negative. */
    private static final long BIAS = 1L << 62;

    private static final long LARGEST_GRANULE_NS = MAX_TIME_NS >> 6;

    final long granuleNs;
    final boolean byDeadline;

    /** Added to a deadline before its granule is looked up: rounds up, by tick. */
    final long roundUpNs;

    /** A timer whose deadline is n granules after this, or later, is not handed out before the granule base + n. */
    long baseNs;

    private final int granuleShift;

    /** By deadline: the timers of the granule that is due. */
    final DueHeap heap = new DueHeap();

    GranuleQueue(long granuleNs, boolean byDeadline) {
        if (granuleNs < 1 || granuleNs > LARGEST_GRANULE_NS) {
            throw new IllegalArgumentException("granuleNs " + granuleNs + " is not in 1.." + LARGEST_GRANULE_NS);
        }
        this.granuleNs = granuleNs;
        this.granuleShift = Long.bitCount(granuleNs) == 1 ? Long.numberOfTrailingZeros(granuleNs) : NIL;
        this.byDeadline = byDeadline;
        this.roundUpNs = byDeadline ? 0 : granuleNs - 1;
        setBase(0);
    }

    final void setBase(long granule) {
        base = granule;
        baseNs = beginNs(granule) - roundUpNs;
    }

    /** The granule in which the wheel hands out a timer with that deadline. */
    final long granuleOf(long deadlineNs) {
        return floorGranule(deadlineNs + roundUpNs);
    }

    final long floorGranule(long timeNs) {
        return (granuleShift == NIL ? Math.floorDiv(timeNs, granuleNs) : timeNs >> granuleShift) + BIAS;
    }

    final long beginNs(long granule) {
        return granule == Long.MAX_VALUE ? NONE : (granule - BIAS) * granuleNs;
    }

    @Override
    public final long roundingBoundNs(long delayNs) {
        checkDelay(delayNs);
        return 0;
    }

    final long handOutNs(long deadlineNs) {
        return byDeadline || deadlineNs == NONE ? deadlineNs : beginNs(granuleOf(deadlineNs));
    }

    /** Whether the entry at that place comes up by the time of the deadline. */
    final boolean isQueuedBy(int place, long deadlineNs) {
        long ahead = ahead(place);
        return ahead != Long.MAX_VALUE && deadlineNs >= baseNs + ahead * granuleNs;
    }

    /** Looks at the deadlines in the first slots until no later slot can hold an earlier one, or at enough of them. */
    final long searchNextNs() {
        long earliestNs = NONE;
        int looked = 0;
        long begin = firstBeginFrom(base);
        while (begin != Long.MAX_VALUE && beginNs(begin) < earliestNs) {
            for (int level = 0; level < levels(); level++) {
                int top = beginFrom(level, begin) == begin ? top(level, begin) : EntryChunks.EMPTY;
                int place = placeOf(level, begin);
                while (top != EntryChunks.EMPTY) {
                    if (looked == SEARCHED_ENTRIES) {
                        return Math.min(beginNs(begin), handOutNs(earliestNs));
                    }
                    looked++;
                    int timer = chunks.timer(top);
                    top = chunks.below(top);
                    if (places[timer] == place) {
                        earliestNs = Math.min(earliestNs, deadlineOf(timer));
                    }
                }
            }
            begin = firstBeginFrom(begin + 1);
        }
        return handOutNs(earliestNs);
    }

    private long firstBeginFrom(long granule) {
        long first = Long.MAX_VALUE;
        for (int level = 0; level < levels(); level++) {
            first = Math.min(first, beginFrom(level, granule));
        }
        return first;
    }

    final void pushHeap(int timer, long deadlineNs) {
        if (heap.size() > 2 * (size + LEAST_STALE)) {
            dropAllStalePairs();
        }
        places[timer] = IN_HEAP;
        heap.push(deadlineNs, timer);
    }

    /** The mark in a timer's record finds its second pair. */
    private void dropAllStalePairs() {
        int pairs = heap.size();
        heap.clear();
        for (int at = 0; at < pairs; at++) {
            int timer = heap.timer(at);
            if (isDueAt(timer, heap.deadlineNs(at))) {
                places[timer] = SEEN;
                // Behind the pair just read: no more have been kept than read.
                heap.push(heap.deadlineNs(at), timer);
            }
        }
        for (int at = 0; at < heap.size(); at++) {
            places[heap.timer(at)] = IN_HEAP;
        }
    }

    private boolean isDueAt(int timer, long deadlineNs) {
        return places[timer] == IN_HEAP && deadlineOf(timer) == deadlineNs;
    }

    /** So that the heap's top, if there is one, is a timer that is due. */
    final void dropStalePairs() {
        while (!heap.isEmpty() && !isDueAt(heap.topTimer(), heap.topNs())) {
            heap.pop();
        }
    }

    /** The granule of the earliest live timer of a stack that has few; else that slot's begin. */
    final long earliestGranule(int stack, int place, long begin) {
        long earliestNs = NONE;
        int looked = 0;
        for (int top = stack; top != EntryChunks.EMPTY; top = chunks.below(top)) {
            if (looked == SEARCHED_ENTRIES) {
                return begin;
            }
            looked++;
            int timer = chunks.timer(top);
            if (places[timer] == place) {
                earliestNs = Math.min(earliestNs, deadlineOf(timer));
            }
        }
        return earliestNs == NONE ? Long.MAX_VALUE : granuleOf(earliestNs);
    }

    final void checkHeap(boolean[] found) {
        heap.checkOrder();
        for (int at = 0; at < heap.size(); at++) {
            if (isDueAt(heap.timer(at), heap.deadlineNs(at))) {
                found[heap.timer(at)] = true;
                long granule = granuleOf(heap.deadlineNs(at));
                ensure(granule == base, "granule of due timer " + heap.timer(at), granule, base);
            }
        }
        boolean alone = heap.isEmpty() || top(0, base) == NIL;
        ensure(alone, "heap and slot of the base both occupied, heap size", heap.size(), 0);
    }

    /** Whether the timer's block is looked at, so that it may have no entry of its own. */
    abstract boolean isWatched(int timer);

    final void checkTimers(boolean[] found) {
        int armed = 0;
        long firstNs = NONE;
        for (int timer = 0; timer < places.length; timer++) {
            int place = places[timer];
            if (deadlineOf(timer) == NONE) {
                boolean known = found[timer] || place == NOT_QUEUED || place == IN_HEAP;
                ensure(known, "place without an entry of idle timer " + timer, place, NOT_QUEUED);
                continue;
            }
            armed++;
            firstNs = Math.min(firstNs, handOutNs(deadlineOf(timer)));
            long granule = granuleOf(deadlineOf(timer));
            ensure(granule >= base, "granule of timer " + timer + ", at least the base", granule, base);
            if (isWatched(timer)) {
                continue;
            }
            ensure(found[timer], "place without an entry of armed timer " + timer, place, NOT_QUEUED);
            boolean intime = place == IN_HEAP || isQueuedBy(place, deadlineOf(timer));
            ensure(intime, "entry of timer " + timer + " comes up too late, ahead", ahead(place), granule - base);
        }
        ensure(armed == size, "timers that are armed", armed, size);
        ensure(!isBeforeNext(firstNs), "the next expiry known, not after the first hand-out", firstNs, size);
    }
}
