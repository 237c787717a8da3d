package io.wheelhouse.timer.queue;

/**
 * The exact hierarchical timer wheel: every timer fires at its own deadline, or at the processor's first tick from
 * there on, however far ahead it was armed.
 *
 * <p><b>In exchange for what.</b> Re-arming for later and cancelling touch the timer's record and nothing else, which is
 * what timers of a transport protocol live on. In exchange a slot's entries may turn out stale when they come up,
 * {@link #nextExpiryNs} may name a time at which none but such entries come up, and a timer that is re-armed all the time
 * and for earlier now and then is filed again once in {@value #HORIZON_NS} ns.
 *
 * <p><b>Structure.</b> For each timer a record, its deadline and two marks (8 bytes), and the place of its entry (2
 * bytes), which most re-arms need not look at. Slots hold entries, which are timer numbers (4 bytes), in chains of
 * chunks; {@link LazyQueue} draws the levels, {@link EntryChunks} the chains. A timer whose entry comes up no later than
 * its new deadline gets that deadline and keeps its entry; when the entry comes up, it is filed again. Otherwise a new
 * entry is filed, and the old one is stale. A timer that is re-armed for earlier is from then on queued no further ahead
 * than a horizon, and marked: any re-arm for beyond the horizon finds its entry early enough, and stale entries are few.
 * They never exceed the armed timers (or {@value LazyQueue#LEAST_STALE}): then all are dropped at once. The first level's
 * width and the size of chunks follow from the number of timers, so queues of a thousand stay small. With room reserved
 * for a million timers each has 15 bytes; more if their entries outgrow that room.
 *
 * <p><b>Rounding and order</b>, two kinds:
 * <ul>
 *   <li>{@link #byTick}: granules are the processor's ticks. A timer is handed out once the first granule boundary at or
 *       after its deadline has come; within a granule in no particular order, the same for the same calls.
 *   <li>{@link #byDeadline}: granules are short. A timer is handed out once its deadline has come, also inside the
 *       granule that is running, by exact deadline, ties by timer number.
 * </ul>
 * The expiry reported is the deadline: rounding is 0. {@link #nextExpiryNs} looks at up to
 * {@value GranuleQueue#SEARCHED_ENTRIES} entries, and is exact if those tell.
 *
 * <p><b>Cost.</b> Re-arm for later, and cancel, O(1): one record. Arm O(1), and one entry. A timer's entry is filed again
 * at most once a level on its way down, and once a horizon if it was re-armed. What is due is taken in groups of
 * {@value #GROUP}, whose records are fetched together. Dropping stale entries costs O(1) for each stale entry made.
 * Advance visits occupied slots alone, whatever the clock jumps; a call with nothing due compares two numbers. By
 * deadline, the timers of one granule pass through a heap. Nothing is allocated but for growth.
 *
 * <p>One thread at a time. Source: G. Varghese, T. Lauck, "Hashed and hierarchical timing wheels", SOSP 1987, scheme 7;
 * that a pending timer's entry may stay where it is when the timer is re-armed for later is what BSD's and Linux's TCP
 * do one level up.
 */
public final class HierarchicalWheel extends GranuleQueue {

    /** A granule for {@link #byDeadline}: about a microsecond, and a shift instead of a division. */
    public static final long FINE_GRANULE_NS = 1024;

    /**
     * A re-armed timer is queued no further ahead than this: TCP's usual least RTO, so that the next re-arm, for another
     * RTO, finds its entry early enough.
     */
    private static final long HORIZON_NS = 200_000_000;

    private static final int GROUP = 32;
    private static final int[] NO_GROUP = {};

    private final long horizonGranules;
    private final long horizonNs;

    /** The granule of the advance that is running. */
    private long nowGranule;

    /** The next timers of the slot that is due, whose records have been looked at. */
    private int[] group = NO_GROUP;

    /** Keeps the compiler from leaving out loads that only bring records into the cache. */
    long touched;

    private int groupSize;
    private int groupNext;
    private int deferredTop = EntryChunks.EMPTY;

    private HierarchicalWheel(long granuleNs, boolean byDeadline) {
        super(granuleNs, byDeadline);
        this.horizonGranules = Math.max(1, HORIZON_NS / granuleNs);
        this.horizonNs = horizonGranules * granuleNs;
    }

    /** A wheel whose timers fire at the first multiple of the tick from their deadline on. */
    public static HierarchicalWheel byTick(long tickNs) {
        return new HierarchicalWheel(tickNs, false);
    }

    /** A wheel whose timers fire at their deadline, in the order of their deadlines. */
    public static HierarchicalWheel byDeadline(long granuleNs) {
        return new HierarchicalWheel(granuleNs, true);
    }

    // ---- arming
    // ------------------------------------------------------------------------------------------------------

    /**
     * The usual case first, in as few steps as can be, and with one word of memory: an armed timer, not in the granule
     * that is due, gets a deadline that its entry is early enough for. That is so if the deadline is no earlier than the
     * one before, or the entry was filed within the horizon and the deadline lies beyond that. What such a call waits for
     * is memory, and the fewer its instructions, the more calls wait together.
     */
    @Override
    public long arm(int timer, long nowNs, long deadlineNs) {
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

    private void file(int timer, long granule, long deadlineNs) {
        if (granule == base && !heap.isEmpty()) {
            pushHeap(timer, deadlineNs);
        } else {
            push(timer, granule);
        }
    }

    @Override
    public boolean cancel(int timer) {
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
    public boolean isArmed(int timer) {
        return deadlineNs(timer) != NONE;
    }

    @Override
    public long deadlineNs(int timer) {
        return timer >= 0 && timer < records.length ? deadlineOf(timer) : NONE;
    }

    // ---- advancing
    // ---------------------------------------------------------------------------------------------------

    @Override
    boolean mayBeDue(long nowNs) {
        return !isBeforeNext(nowNs);
    }

    @Override
    int handOut(long nowNs, int budget, ExpiryHandler handler) {
        nowGranule = floorGranule(nowNs);
        return byDeadline ? handOutByDeadline(nowNs, budget, handler) : handOutByTick(budget, handler);
    }

    private int handOutByTick(int budget, ExpiryHandler handler) {
        int handedOut = 0;
        while (handedOut < budget) {
            if (groupNext == groupSize) {
                if (dueTop == EntryChunks.EMPTY && !openNext()) {
                    raiseNext(beginNs(firstBegin));
                    break;
                }
                fillGroup();
            } else {
                int timer = group[groupNext];
                groupNext++;
                long deadlineNs = deadlineOf(timer);
                if (isDueNow(timer, deadlineNs)) {
                    handedOut++;
                    fire(timer, deadlineNs, handler);
                } else {
                    reconsider(timer, duePlace);
                }
            }
        }
        return handedOut;
    }

    private boolean isDueNow(int timer, long deadlineNs) {
        return places[timer] == duePlace && deadlineNs <= baseNs + roundUpNs;
    }

    private void fire(int timer, long deadlineNs, ExpiryHandler handler) {
        records[timer] = IDLE;
        places[timer] = NOT_QUEUED;
        countExpiry();
        handler.onExpiry(timer, deadlineNs, deadlineNs);
    }

    /** Takes the next timers of the due slot and looks at the records of all, so that the misses overlap. */
    private void fillGroup() {
        if (group.length == 0) {
            group = new int[GROUP];
        }
        int taken = 0;
        while (taken < GROUP && dueTop != EntryChunks.EMPTY) {
            int timer = chunks.timer(dueTop);
            dueTop = chunks.drop(dueTop);
            group[taken] = timer;
            touched += records[timer] + places[timer];
            taken++;
        }
        entries -= taken;
        int due = 0;
        for (int at = 0; at < taken; at++) {
            int timer = group[at];
            if (isDueNow(timer, deadlineOf(timer))) {
                group[due] = timer;
                due++;
            } else {
                reconsider(timer, duePlace);
            }
        }
        groupNext = 0;
        groupSize = due;
    }

    /** An entry of that place has come up before the timer is due: files it again if it is live. */
    private void reconsider(int timer, int place) {
        counts.refiles++;
        if (places[timer] != place) {
            return;
        }
        long record = records[timer];
        if (record == IDLE) {
            places[timer] = NOT_QUEUED;
            return;
        }
        long deadlineNs = record >> MARK_BITS;
        long horizon = nowGranule + horizonGranules;
        if ((record & (NEAR | REARMED)) == (NEAR | REARMED) && deadlineNs >= baseNs + (horizon - base) * granuleNs) {
            records[timer] = record(deadlineNs, NEAR);
            push(timer, horizon);
        } else {
            records[timer] = record(deadlineNs, 0);
            file(timer, granuleOf(deadlineNs), deadlineNs);
        }
    }

    private int handOutByDeadline(long nowNs, int budget, ExpiryHandler handler) {
        int handedOut = 0;
        while (handedOut < budget) {
            dropStalePairs();
            if (heap.isEmpty()) {
                if (!openNext()) {
                    raiseNext(beginNs(firstBegin));
                    break;
                }
            } else if (heap.topNs() > nowNs) {
                raiseNext(heap.topNs());
                break;
            } else {
                long deadlineNs = heap.topNs();
                int timer = heap.topTimer();
                heap.pop();
                handedOut++;
                fire(timer, deadlineNs, handler);
            }
        }
        return handedOut;
    }

    /** Opens slots until timers of a slot of level 0 are due, or none is left that begins by now. */
    private boolean openNext() {
        while (true) {
            int level = findFirst();
            if (firstBegin > nowGranule) {
                setBase(Math.max(base, nowGranule));
                return false;
            }
            counts.slotVisits++;
            if (level > 0) {
                cascade(level);
                continue;
            }
            setBase(firstBegin);
            duePlace = placeOf(0, base);
            dueTop = take(0, base);
            if (!byDeadline) {
                return true;
            }
            openByDeadline();
            if (!heap.isEmpty()) {
                return true;
            }
        }
    }

    private void openByDeadline() {
        int top = dueTop;
        dueTop = EntryChunks.EMPTY;
        while (top != EntryChunks.EMPTY) {
            int timer = chunks.timer(top);
            top = chunks.drop(top);
            entries--;
            long deadlineNs = deadlineOf(timer);
            if (places[timer] == duePlace && deadlineNs < baseNs + granuleNs) {
                pushHeap(timer, deadlineNs);
            } else {
                reconsider(timer, duePlace);
            }
        }
    }

    /** Files the entries of the first slot again, straight to where the earliest of them wants them if they are few. */
    private void cascade(int level) {
        long begin = firstBegin;
        int place = placeOf(level, begin);
        int top = take(level, begin);
        long earliest = earliestGranule(top, place, begin);
        findFirst();
        setBase(Math.max(begin, Math.min(nowGranule, Math.min(earliest, firstBegin))));
        while (top != EntryChunks.EMPTY) {
            int timer = chunks.timer(top);
            top = chunks.drop(top);
            entries--;
            reconsider(timer, place);
        }
    }

    private boolean isAnyDue() {
        return !heap.isEmpty() || dueTop != EntryChunks.EMPTY || groupNext < groupSize;
    }

    @Override
    void settle() {
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

    // ---- the next expiry
    // -----------------------------------------------------------------------------------------------

    @Override
    long computeNextNs() {
        if (size == 0) {
            return NONE;
        }
        long deferredNs = deferredTop == EntryChunks.EMPTY ? NONE : handOutNs(advanceNs());
        dropStalePairs();
        if (!heap.isEmpty()) {
            return Math.min(deferredNs, heap.topNs());
        }
        return Math.min(deferredNs, isAnyDue() ? beginNs(base) : searchNextNs());
    }

    // ---- room
    // ----------------------------------------------------------------------------------------------------------

    @Override
    public void reserve(int timers) {
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
        groupNext = groupSize;
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

    // ---- checks
    // --------------------------------------------------------------------------------------------------------

    @Override
    public void checkInvariants() {
        checkCounts();
        ensure(deferredTop == EntryChunks.EMPTY, "deferred between advances", deferredTop, EntryChunks.EMPTY);
        boolean[] found = new boolean[places.length];
        for (int at = groupNext; at < groupSize; at++) {
            found[group[at]] |= places[group[at]] == duePlace;
        }
        checkHeap(found);
        checkEntries(found);
        checkTimers(found);
        checkNear();
    }

    private void checkNear() {
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
