package io.wheelhouse.timer.queue;

/**
 * How the timers of a lazy wheel are armed, re-armed and cancelled: what becomes of a timer's record, and whether its entry
 * stays where it is. {@link HierarchicalWheel} says why.
 *
 * <pre>
 *   record          re-armed for                         entry
 *   not near        the same deadline or later           stays; filed again when it comes up
 *   not near        earlier, but its entry is in time    stays; near if that is within the horizon
 *   any             earlier than its entry               another, no further ahead than the horizon: near; the old one is stale
 *   near            beyond the horizon                   stays, without a look at where it is
 * </pre>
 */
abstract sealed class ArmingQueue extends GranuleQueue permits HierarchicalWheel {

    /**
     * A re-armed timer is queued no further ahead than this: TCP's usual least RTO, so that the next re-arm, for another
     * RTO, finds its entry early enough.
     */
    static final long HORIZON_NS = 200_000_000;

    final long horizonGranules;
    private final long horizonNs;

    /** Armed by handlers for the time of the advance that is running. */
    private int deferredTop = EntryChunks.EMPTY;

    ArmingQueue(long granuleNs, boolean byDeadline) {
        super(granuleNs, byDeadline);
        this.horizonGranules = Math.max(1, HORIZON_NS / granuleNs);
        this.horizonNs = horizonGranules * granuleNs;
    }

    /**
     * The usual case first, in as few steps as can be, and with one word of memory: an armed timer, not in the granule
     * that is due, gets a deadline that its entry is early enough for. That is so if the deadline is no earlier than the
     * one before, or the entry was filed within the horizon and the deadline lies beyond that. What such a call waits for
     * is memory, and the fewer its instructions, the more calls wait together.
     */
    @Override
    public final long arm(int timer, long nowNs, long deadlineNs) {
        if (isArmClock(nowNs) && timer >= 0 && timer < records.length && deadlineNs <= MAX_TIME_NS) {
            long record = records[timer];
            long oldNs = record >> MARK_BITS;
            boolean inTime = ((record & NEAR) != 0 && deadlineNs - nowNs >= horizonNs)
                    || (deadlineNs >= oldNs && deadlineNs >= nowNs);
            if (inTime
                    && record != IDLE
                    && oldNs >= baseNs + granuleNs
                    && isAfterNext(oldNs)
                    && isAfterNext(deadlineNs)) {
                records[timer] = record(deadlineNs, (record & NEAR) | REARMED);
                counts.rearms++;
                return deadlineNs;
            }
        }
        return armAnyhow(timer, nowNs, deadlineNs);
    }

    private long armAnyhow(int timer, long nowNs, long deadlineNs) {
        checkTimeNs("deadlineNs", deadlineNs);
        if (timer < 0) {
            throw new IllegalArgumentException("timer " + timer + " is negative");
        }
        long clampedNowNs = armClock(nowNs);
        long dueNs = Math.max(deadlineNs, clampedNowNs);
        if (timer >= records.length) {
            makeRoom(QueueBase.grownCapacity(records.length, timer), false);
        }
        long oldNs = deadlineOf(timer);
        if (oldNs == NONE) {
            counts.arms++;
            size++;
        } else {
            counts.rearms++;
            forgetNext(oldNs);
        }
        int place = places[timer];
        if (!isDeferred(dueNs) && isQueuedBy(place, dueNs)) {
            // One that is armed for later each time keeps its entry anyway, and needs no horizon.
            boolean near = oldNs != NONE && dueNs < oldNs && isQueuedBy(place, clampedNowNs + horizonNs);
            records[timer] = record(dueNs, REARMED | (near ? NEAR : records[timer] & NEAR));
        } else {
            boolean again = place != NOT_QUEUED;
            records[timer] = record(dueNs, again ? NEAR : 0);
            queue(timer, clampedNowNs, dueNs, again);
        }
        if (isBeforeNext(dueNs)) {
            lowerNext(handOutNs(dueNs));
        }
        return dueNs;
    }

    private void queue(int timer, long nowNs, long deadlineNs, boolean again) {
        if (isDeferred(deadlineNs)) {
            deferredTop = chunks.push(deferredTop, timer);
            places[timer] = DEFERRED;
            return;
        }
        long now = floorGranule(nowNs);
        if (now > base && now < firstBegin && !isAnyDue() && deferredTop == EntryChunks.EMPTY) {
            setBase(now);
        }
        long granule = granuleOf(deadlineNs);
        if (again) {
            granule = Math.min(granule, now + horizonGranules);
        }
        file(timer, granule, deadlineNs);
        if (again) {
            boundStale();
        }
    }

    final void file(int timer, long granule, long deadlineNs) {
        if (granule == base && !heap.isEmpty()) {
            pushHeap(timer, deadlineNs);
        } else {
            push(timer, granule);
        }
    }

    @Override
    public final boolean cancel(int timer) {
        if (!isArmed(timer)) {
            return false;
        }
        forgetNext(deadlineOf(timer));
        records[timer] = IDLE;
        size--;
        if (size == 0) {
            staleNext();
        }
        counts.cancels++;
        boundStale();
        return true;
    }

    @Override
    public final boolean isArmed(int timer) {
        return deadlineNs(timer) != NONE;
    }

    @Override
    public final long deadlineNs(int timer) {
        return timer >= 0 && timer < records.length ? deadlineOf(timer) : NONE;
    }

    // ---- after an advance, and room for more
    // ----------------------------------------------------------------------------------------------------------

    @Override
    final void settle() {
        while (deferredTop != EntryChunks.EMPTY) {
            int timer = chunks.timer(deferredTop);
            deferredTop = chunks.drop(deferredTop);
            long deadlineNs = deadlineOf(timer);
            if (places[timer] == DEFERRED) {
                places[timer] = NOT_QUEUED;
                if (deadlineNs != NONE) {
                    records[timer] = record(deadlineNs, 0);
                    file(timer, granuleOf(deadlineNs), deadlineNs);
                    lowerNext(handOutNs(deadlineNs));
                }
            }
        }
        // Timers of a group, or of the heap, count as armed without an entry until they have fired.
        boundStale();
    }

    /** When the timers will be handed out that wait for the end of the {@code advance}. */
    final long deferredNextNs() {
        return deferredTop == EntryChunks.EMPTY ? NONE : handOutNs(advanceNs());
    }

    @Override
    public final void reserve(int timers) {
        if (timers < 0) {
            throw new IllegalArgumentException("timers " + timers + " is negative");
        }
        if (timers > records.length) {
            makeRoom(timers, true);
        }
    }

    private void makeRoom(int capacity, boolean reserved) {
        int old = records.length;
        if (resize(capacity)) {
            clear(capacity);
            if (reserved) {
                chunks.reserve(capacity, firstSlots());
            }
            refileAll(old);
        } else if (reserved) {
            chunks.reserve(capacity, firstSlots());
        }
    }

    private void refileAll(int timers) {
        forgetGroup();
        deferredTop = EntryChunks.EMPTY;
        for (int timer = 0; timer < timers; timer++) {
            int place = places[timer];
            long deadlineNs = deadlineOf(timer);
            if (deadlineNs == NONE) {
                places[timer] = NOT_QUEUED;
            } else if (place == DEFERRED) {
                deferredTop = chunks.push(deferredTop, timer);
            } else if (place != IN_HEAP) {
                records[timer] = record(deadlineNs, 0);
                push(timer, granuleOf(deadlineNs));
            }
        }
    }

    /** Whether timers of the slot that is due wait to be handed out. */
    abstract boolean isAnyDue();

    /** Forgets which timers of the slot that is due are next, as they will be filed again. */
    abstract void forgetGroup();

    // ---- checks
    // ----------------------------------------------------------------------------------------------------------

    final void checkArming() {
        ensure(deferredTop == EntryChunks.EMPTY, "deferred between advances", deferredTop, EntryChunks.EMPTY);
        long untilNs = armClockNs() + horizonNs;
        for (int timer = 0; timer < records.length; timer++) {
            boolean near = records[timer] != IDLE && (records[timer] & NEAR) != 0;
            ensure(
                    !near || places[timer] == IN_HEAP || isQueuedBy(places[timer], untilNs),
                    "entry of near timer " + timer + " comes up after the horizon, ahead",
                    ahead(places[timer]),
                    untilNs);
        }
    }
}
