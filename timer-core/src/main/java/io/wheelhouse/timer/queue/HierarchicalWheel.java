package io.wheelhouse.timer.queue;

/**
 * The exact hierarchical timer wheel: every timer fires at its own deadline, or at the processor's first tick from
 * there on, however far ahead it was armed.
 *
 * <p><b>In exchange for what.</b> Re-arming for later and cancelling touch the timer's record and nothing else, which is
 * what timers of a transport protocol live on. In exchange a slot's entries may turn out stale when they come up,
 * {@link #nextExpiryNs} may name a time at which none but such entries come up. A timer that is re-armed all the time is
 * looked at once in {@value ArmingQueue#WATCH_NS} ns, or in small queues, if for earlier now and then, filed again once in
 * {@value ArmingQueue#HORIZON_NS} ns.
 *
 * <p><b>Structure.</b> For each timer a record, its deadline and two marks (8 bytes), and the place of its entry (2
 * bytes), which most re-arms need not look at. Slots hold entries, which are timer numbers (4 bytes), in chains of
 * chunks; {@link LazyQueue} draws the levels, {@link EntryChunks} the chains. A timer whose entry comes up no later than
 * its new deadline gets that deadline and keeps its entry; when the entry comes up, it is filed again. Otherwise a new
 * entry is filed, and the old one is stale. A timer that is re-armed for earlier is from then on queued no further ahead
 * than a horizon, and marked: any re-arm for beyond the horizon finds its entry early enough, and stale entries are few.
 * They never exceed the armed timers (or {@value LazyQueue#LEAST_STALE}): then all are dropped at once.
 *
 * <p>In queues of {@value ArmingQueue#WATCHING_TIMERS} timers and more, re-armed timers mostly have no entry at all: their
 * block of {@value WatchedBlocks#TIMERS} neighbours is watched ({@link WatchedBlocks}). A look walks over its records, which
 * lie side by side, and files the few timers that are due before the next look; so any deadline after that is no more than
 * a store. What is far ahead and no longer re-armed gets an entry, and a block in which no timer is watched costs nothing.
 *
 * <p>The first level's
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
 * at most once a level on its way down, and once a horizon if it was re-armed; a look takes about a nanosecond a timer. What
 * is due is taken in groups of
 * {@value #GROUP}, whose records are fetched together. Dropping stale entries costs O(1) for each stale entry made.
 * Advance visits occupied slots alone, whatever the clock jumps; a call with nothing due compares two numbers. By
 * deadline, the timers of one granule pass through a heap. Nothing is allocated but for growth.
 *
 * <p>One thread at a time. Source: G. Varghese, T. Lauck, "Hashed and hierarchical timing wheels", SOSP 1987, scheme 7;
 * that a pending timer's entry may stay where it is when the timer is re-armed for later is what BSD's and Linux's TCP
 * do one level up.
 */
public final class HierarchicalWheel extends ArmingQueue {

    /** A granule for {@link #byDeadline}: about a microsecond, and a shift instead of a division. */
    public static final long FINE_GRANULE_NS = 1024;

    private static final int GROUP = 32;
    private static final int[] NO_GROUP = {};

    /** The granule of the advance that is running. */
    private long nowGranule;

    /** The next timers of the slot that is due, whose records have been looked at. */
    private int[] group = NO_GROUP;

    /** Keeps the compiler from leaving out loads that only bring records into the cache. */
    long touched;

    private int groupSize;
    private int groupNext;

    private HierarchicalWheel(long granuleNs, boolean byDeadline, int watchingTimers) {
        super(granuleNs, byDeadline, watchingTimers);
    }

    /** A wheel whose timers fire at the first multiple of the tick from their deadline on. */
    public static HierarchicalWheel byTick(long tickNs) {
        return new HierarchicalWheel(tickNs, false, WATCHING_TIMERS);
    }

    /** A wheel whose timers fire at their deadline, in the order of their deadlines. */
    public static HierarchicalWheel byDeadline(long granuleNs) {
        return new HierarchicalWheel(granuleNs, true, WATCHING_TIMERS);
    }

    /** One that watches blocks however few its timers are. For tests. */
    static HierarchicalWheel watching(long granuleNs, boolean byDeadline) {
        return new HierarchicalWheel(granuleNs, byDeadline, 0);
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
        lookUntil(nowNs);
        return byDeadline ? handOutByDeadline(nowNs, budget, handler) : handOutByTick(budget, handler);
    }

    private int handOutByTick(int budget, ExpiryHandler handler) {
        int handedOut = 0;
        while (handedOut < budget) {
            if (groupNext == groupSize) {
                if (dueTop == EntryChunks.EMPTY && !openNext()) {
                    raiseNext(Math.min(beginNs(firstBegin), blocks.nextLookNs()));
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
        if (watchedMark != 0) {
            reconsiderWatched(timer, record);
        } else if ((record & (NEAR | REARMED)) == (NEAR | REARMED)
                && deadlineNs >= baseNs + (horizon - base) * granuleNs) {
            records[timer] = record(deadlineNs, NEAR);
            push(timer, horizon);
        } else {
            records[timer] = record(deadlineNs, 0);
            file(timer, granuleOf(deadlineNs), deadlineNs);
        }
    }

    /**
     * A timer that was re-armed will be again, so its block is watched from now on, unless it is far ahead or soon due: soon
     * after the latest arming, as looks go by that, and an owner who looks back advances to an earlier time.
     */
    private void reconsiderWatched(int timer, long record) {
        long deadlineNs = record >> MARK_BITS;
        long aheadNs = deadlineNs - armClockNs() - WATCH_NS;
        boolean isWatched = (record & NEAR) != 0;
        if (aheadNs >= 0 && (isWatched || ((record & REARMED) != 0 && aheadNs < WATCHED_AHEAD_NS))) {
            places[timer] = NOT_QUEUED;
            if (!isWatched) {
                watch(timer, advanceNs(), deadlineNs);
            }
        } else {
            records[timer] = record(deadlineNs, isWatched ? NEAR | REARMED : 0);
            file(timer, granuleOf(deadlineNs), deadlineNs);
        }
    }

    private int handOutByDeadline(long nowNs, int budget, ExpiryHandler handler) {
        int handedOut = 0;
        while (handedOut < budget) {
            dropStalePairs();
            if (heap.isEmpty()) {
                if (!openNext()) {
                    raiseNext(Math.min(beginNs(firstBegin), blocks.nextLookNs()));
                    break;
                }
            } else if (heap.topNs() > nowNs) {
                raiseNext(Math.min(heap.topNs(), blocks.nextLookNs()));
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

    @Override
    boolean isAnyDue() {
        return !heap.isEmpty() || dueTop != EntryChunks.EMPTY || groupNext < groupSize;
    }

    @Override
    void forgetGroup() {
        groupNext = groupSize;
    }

    // ---- the next expiry
    // -----------------------------------------------------------------------------------------------

    @Override
    long computeNextNs() {
        if (size == 0) {
            return blocks.nextLookNs();
        }
        long deferredNs = Math.min(deferredNextNs(), blocks.nextLookNs());
        dropStalePairs();
        if (!heap.isEmpty()) {
            return Math.min(deferredNs, heap.topNs());
        }
        return Math.min(deferredNs, isAnyDue() ? beginNs(base) : searchNextNs());
    }

    // ---- checks
    // --------------------------------------------------------------------------------------------------------

    @Override
    public void checkInvariants() {
        checkCounts();
        boolean[] found = new boolean[places.length];
        for (int at = groupNext; at < groupSize; at++) {
            found[group[at]] |= places[group[at]] == duePlace;
        }
        checkHeap(found);
        checkEntries(found);
        checkTimers(found);
        checkArming();
    }
}
