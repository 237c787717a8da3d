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
 *
 *   with watched blocks, near is one whose block is looked at, and:
 *   near            after the next look at its block     as it is, if there is one; the record alone is written
 *   near            before that                          one in time for it, filed now if there is none
 *   not near        earlier than its entry               stays until it comes up; near if after the next look
 *   idle            after the next look, block watched   none: near
 * </pre>
 */
abstract sealed class ArmingQueue extends GranuleQueue permits HierarchicalWheel {

    /**
     * A re-armed timer is queued no further ahead than this: TCP's usual least RTO, so that the next re-arm, for another
     * RTO, finds its entry early enough.
     */
    static final long HORIZON_NS = 200_000_000;

    /**
     * A watched block is looked at again within this time, so any later deadline of its timers needs no entry. Less than the
     * shortest time TCP's usual timers have, that of delayed ACKs; and long beside a look.
     */
    static final long WATCH_NS = 32_000_000;

    /** A watched timer further ahead than this that was not re-armed between two looks gets an entry instead. */
    static final long WATCHED_AHEAD_NS = 2_000_000_000;

    /** In queues of so many timers blocks are watched; in smaller ones re-armed timers have entries. */
    static final int WATCHING_TIMERS = 1 << 15;

    private final int watchingTimers;

    final WatchedBlocks blocks = new WatchedBlocks(WATCH_NS);

    /** What tells watched timers by their records: {@link #NEAR}; nothing, in queues that do not watch. */
    long watchedMark;

    final long horizonGranules;
    private final long horizonNs;

    /** Armed by handlers for the time of the advance that is running. */
    private int deferredTop = EntryChunks.EMPTY;

    ArmingQueue(long granuleNs, boolean byDeadline, int watchingTimers) {
        super(granuleNs, byDeadline);
        this.watchingTimers = watchingTimers;
        this.horizonGranules = Math.max(1, HORIZON_NS / granuleNs);
        this.horizonNs = horizonGranules * granuleNs;
    }

    /**
     * The usual cases first, in as few steps as can be, and with one word of memory: what such a call waits for is memory,
     * and the fewer its instructions, the more calls wait together. A watched timer gets a deadline that the next look at
     * its block is early enough for, and nothing else is asked; an idle one of a watched block joins it. Or an armed timer,
     * not in the granule that is due, gets a deadline that its entry is early enough for: that is so if the deadline is no
     * earlier than the one before, or the entry was filed within the horizon and the deadline lies beyond that.
     */
    @Override
    public final long arm(int timer, long nowNs, long deadlineNs) {
        if (timer >= 0 && timer < records.length && deadlineNs <= MAX_TIME_NS) {
            long record = records[timer];
            if ((record & watchedMark) != 0 && deadlineNs >= nowNs + WATCH_NS && moveArmClock(nowNs)) {
                records[timer] = record(deadlineNs, NEAR | REARMED);
                counts.rearms++;
                return deadlineNs;
            }
            if (record == IDLE && blocks.isWatched(timer) && deadlineNs >= nowNs + WATCH_NS && moveArmClock(nowNs)) {
                records[timer] = record(deadlineNs, NEAR | REARMED);
                counts.arms++;
                size++;
                return deadlineNs;
            }
            if (!isAdvancing() && staysInTime(record, nowNs, deadlineNs) && moveArmClock(nowNs)) {
                records[timer] = record(deadlineNs, (record & NEAR) | REARMED);
                counts.rearms++;
                return deadlineNs;
            }
        }
        return armAnyhow(timer, nowNs, deadlineNs);
    }

    private boolean staysInTime(long record, long nowNs, long deadlineNs) {
        long oldNs = record >> MARK_BITS;
        boolean inTime = ((record & NEAR) != 0 && deadlineNs - nowNs >= horizonNs)
                || (deadlineNs >= oldNs && deadlineNs >= nowNs);
        return inTime && record != IDLE && oldNs >= baseNs + granuleNs && isAfterNext(oldNs) && isAfterNext(deadlineNs);
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
        long watched = records[timer] & watchedMark;
        if (!isDeferred(dueNs) && isQueuedBy(place, dueNs)) {
            // One that is armed for later each time keeps its entry anyway, and needs no horizon.
            boolean near =
                    watchedMark == 0 && oldNs != NONE && dueNs < oldNs && isQueuedBy(place, clampedNowNs + horizonNs);
            records[timer] = record(dueNs, REARMED | (near ? NEAR : records[timer] & NEAR));
        } else if (watchedMark != 0 && oldNs != NONE && dueNs >= clampedNowNs + WATCH_NS) {
            watch(timer, clampedNowNs, dueNs);
        } else {
            boolean again = place != NOT_QUEUED;
            records[timer] = record(dueNs, again && watchedMark == 0 ? NEAR : watched);
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
        if (now > base
                && now < firstBegin
                && nowNs < blocks.nextLookNs()
                && !isAnyDue()
                && deferredTop == EntryChunks.EMPTY) {
            setBase(now);
        }
        long granule = granuleOf(deadlineNs);
        if (again && watchedMark == 0) {
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

    // ---- watched blocks

    final void watch(int timer, long nowNs, long deadlineNs) {
        records[timer] = record(deadlineNs, NEAR | REARMED);
        blocks.watch(timer, nowNs);
        lowerNext(blocks.lookNs(timer));
    }

    /** Looks at the watched blocks whose turn has come, and files what is due before the next look. */
    final void lookUntil(long nowNs) {
        while (blocks.isAny()) {
            int sector = blocks.pollDue(nowNs);
            if (sector == NIL) {
                break;
            }
            long kept = 0;
            for (long left = blocks.blocks(sector); left != 0; left &= left - 1) {
                int block = Long.numberOfTrailingZeros(left);
                counts.slotVisits++;
                if (lookAtBlock(WatchedBlocks.firstTimer(sector, block), nowNs)) {
                    kept |= 1L << block;
                }
            }
            blocks.keep(sector, kept);
        }
    }

    private boolean lookAtBlock(int first, long nowNs) {
        int end = Math.min(records.length, first + WatchedBlocks.TIMERS);
        long nextLookNs = nowNs + WATCH_NS;
        long watched = 0;
        for (int timer = first; timer < end; timer++) {
            long record = records[timer];
            long aheadNs = (record >> MARK_BITS) - nextLookNs;
            // The sign says that the timer is near, and ahead by less than nothing or by too much: no other branch.
            if (((aheadNs | (WATCHED_AHEAD_NS - aheadNs)) & (record << (Long.SIZE - 1 - NEAR_BIT))) < 0) {
                lookAt(timer, nowNs);
                record = records[timer];
            }
            watched |= record & NEAR;
        }
        return watched != 0;
    }

    /** Files a timer that is due before the next look; one that is far ahead too, unless it was re-armed since the last. */
    private void lookAt(int timer, long nowNs) {
        long record = records[timer];
        long deadlineNs = record >> MARK_BITS;
        boolean isSoon = deadlineNs < nowNs + WATCH_NS;
        if (!isSoon && (record & REARMED) != 0) {
            records[timer] = record(deadlineNs, NEAR);
            return;
        }
        records[timer] = record(deadlineNs, isSoon ? NEAR | REARMED : 0);
        if (!isQueuedBy(places[timer], deadlineNs)) {
            counts.refiles++;
            file(timer, granuleOf(deadlineNs), deadlineNs);
        }
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
        boolean watching = capacity >= watchingTimers;
        blocks.clear(capacity);
        if (resize(capacity) || watching) {
            clear(capacity);
            watchedMark = watching ? NEAR : 0;
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
        heap.clear();
        deferredTop = EntryChunks.EMPTY;
        for (int timer = 0; timer < timers; timer++) {
            long deadlineNs = deadlineOf(timer);
            if (deadlineNs == NONE) {
                records[timer] = IDLE;
                places[timer] = NOT_QUEUED;
                continue;
            }
            records[timer] = record(deadlineNs, 0);
            if (places[timer] == DEFERRED && isDeferred(deadlineNs)) {
                deferredTop = chunks.push(deferredTop, timer);
            } else {
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
            boolean near = (records[timer] & NEAR) != 0;
            if (near && watchedMark != 0) {
                checkWatched(timer);
                continue;
            }
            ensure(
                    !near || places[timer] == IN_HEAP || isQueuedBy(places[timer], untilNs),
                    "entry of near timer " + timer + " comes up after the horizon, ahead",
                    ahead(places[timer]),
                    untilNs);
        }
    }

    @Override
    final boolean isWatched(int timer) {
        return (records[timer] & watchedMark) != 0;
    }

    private void checkWatched(int timer) {
        ensure(blocks.isWatched(timer), "watched timer " + timer + " of a block that is not watched", timer, NIL);
        long deadlineNs = deadlineOf(timer);
        boolean inTime =
                blocks.lookNs(timer) <= deadlineNs || places[timer] == IN_HEAP || isQueuedBy(places[timer], deadlineNs);
        ensure(inTime, "the look at watched timer " + timer + " comes too late", blocks.lookNs(timer), deadlineNs);
    }
}
