package io.wheelhouse.timer.queue;

import java.util.Arrays;
import java.util.Objects;

/**
 * The exact hierarchical timer wheel: every timer fires at its own deadline, or at the processor's first tick from
 * there on, however far ahead it was armed.
 *
 * <p><b>Structure.</b> Time is cut into granules, numbered. A timer lies in level 0 if its granule differs from the
 * current one in the lowest 6 bits alone, in level 1 if in the 6 bits above, and so on; its slot there is those 6 bits.
 * So a level's slots never wrap round, the lowest occupied level holds the earliest timer, and a bitmap finds it. When
 * the first slot of a higher level comes up, its timers are filed again, straight to where the earliest of them wants
 * them. Levels are made on first use; each timer takes 16 bytes.
 *
 * <p><b>Rounding and order</b>, two kinds:
 * <ul>
 *   <li>{@link #byTick}: granules are the processor's ticks. A timer is handed out once the first granule boundary at or
 *       after its deadline has come; within a granule in no particular order, the same for the same calls.
 *   <li>{@link #byDeadline}: granules are short. A timer is handed out once its deadline has come, also inside the
 *       granule that is running, by exact deadline, ties by timer number.
 * </ul>
 * The expiry reported is the deadline: rounding is 0. {@link #nextExpiryNs} gives the boundary, or the deadline, if the
 * first occupied slot holds at most {@value #SEARCHED_TIMERS} timers, else the slot's begin.
 *
 * <p><b>Cost.</b> Arm, re-arm and cancel O(1). A timer is filed again at most once a level on its way down; a wheel of
 * few timers files most of them again once. Advance visits occupied slots alone, whatever the clock jumps; a call with
 * nothing due compares two numbers. By deadline, the timers of one granule pass through a heap.
 *
 * <p>One thread at a time. Source: G. Varghese, T. Lauck, "Hashed and hierarchical timing wheels", SOSP 1987, scheme 7.
 */
public final class HierarchicalWheel extends LinkedQueue {

    /** A granule for {@link #byDeadline}: about a microsecond, and a shift instead of a division. */
    public static final long FINE_GRANULE_NS = 1024;

    private static final int SLOT_BITS = 6;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final int LEVELS = 11;
    private static final int LISTS = LEVELS;
    private static final int DUE = 0;
    private static final int DEFERRED = 1;
    private static final int[] RING_SLOTS = ringSlots();

    /** Added to granule numbers, so that none is negative. */
    private static final long BIAS = 1L << 62;

    /** How many timers of a slot a search for the earliest looks at before it settles for the slot's begin. */
    private static final int SEARCHED_TIMERS = 32;

    private final long granuleNs;
    private final int granuleShift;
    private final boolean byDeadline;

    /** The current granule: no timer in a slot is before it. It may lag behind the clock while timers are due. */
    private long base;

    /** No occupied slot begins before this granule. */
    private long firstSlotBegin = Long.MAX_VALUE;

    private HierarchicalWheel(long granuleNs, boolean byDeadline) {
        super(RING_SLOTS);
        if (granuleNs < 1 || granuleNs > MAX_TIME_NS / SLOTS) {
            throw new IllegalArgumentException("granuleNs " + granuleNs + " is not in 1.." + MAX_TIME_NS / SLOTS);
        }
        this.granuleNs = granuleNs;
        this.granuleShift = Long.bitCount(granuleNs) == 1 ? Long.numberOfTrailingZeros(granuleNs) : NIL;
        this.byDeadline = byDeadline;
    }

    /** A wheel whose timers fire at the first multiple of the tick from their deadline on. */
    public static HierarchicalWheel byTick(long tickNs) {
        return new HierarchicalWheel(tickNs, false);
    }

    /** A wheel whose timers fire at their deadline, in the order of their deadlines. */
    public static HierarchicalWheel byDeadline(long granuleNs) {
        return new HierarchicalWheel(granuleNs, true);
    }

    private static int[] ringSlots() {
        int[] slots = new int[LEVELS + 1];
        Arrays.fill(slots, SLOTS);
        slots[LISTS] = 2;
        return slots;
    }

    @Override
    long place(int timer, long nowNs, long deadlineNs) {
        long granule = granuleOf(deadlineNs);
        if (isDeferred(deadlineNs)) {
            push(timer, LISTS, DEFERRED);
        } else {
            followClock(nowNs);
            file(timer, granule);
        }
        lowerNext(handOutNs(deadlineNs));
        return deadlineNs;
    }

    private void file(int timer, long granule) {
        if (granule == base && !heap.isEmpty()) {
            pushHeap(timer);
            return;
        }
        int level = levelOf(granule ^ base);
        int shift = level * SLOT_BITS;
        push(timer, level, (int) (granule >> shift) & (SLOTS - 1));
        firstSlotBegin = Math.min(firstSlotBegin, granule >> shift << shift);
    }

    private static int levelOf(long difference) {
        return (Long.SIZE - 1 - Long.numberOfLeadingZeros(difference | 1)) / SLOT_BITS;
    }

    /**
     * Moves the base up to the clock where nothing due is in between, so that timers are filed by their distance from
     * now and not from some earlier advance.
     */
    private void followClock(long nowNs) {
        long now = floorGranule(nowNs);
        if (now <= base || !isListEmpty(LISTS, DEFERRED)) {
            return;
        }
        if (now < firstSlotBegin) {
            base = now;
        } else if (!isAnyDue()) {
            openSlots(now, false);
        }
    }

    @Override
    int pollDue(long nowNs) {
        long now = floorGranule(nowNs);
        if (!isAnyDue()) {
            openSlots(now, true);
        }
        if (!heap.isEmpty()) {
            return deadlinesNs[heap.top()] <= nowNs ? popHeap() : NIL;
        }
        return pop(LISTS, DUE);
    }

    /** Files slots of higher levels again as they come up, until a slot of level 0 has come up or none does. */
    private void openSlots(long now, boolean takeDue) {
        while (true) {
            int level = lowestOccupied();
            int slot = level == NIL ? NIL : firstSlot(level);
            firstSlotBegin = level == NIL ? Long.MAX_VALUE : slotBegin(level, slot);
            if (firstSlotBegin > now) {
                base = Math.max(base, now);
                return;
            }
            if (level == 0) {
                base = firstSlotBegin;
                if (takeDue) {
                    openDue(slot);
                }
                return;
            }
            cascade(level, slot, now);
        }
    }

    private void openDue(int slot) {
        counts.slotVisits++;
        int timer = takeList(usedRing(0), slot);
        if (!byDeadline) {
            putList(timer, LISTS, DUE);
            return;
        }
        while (timer != NIL) {
            int following = next[timer];
            pushHeap(timer);
            timer = following;
        }
    }

    private void cascade(int level, int slot, long now) {
        counts.slotVisits++;
        staleNext();
        SlotRing ring = usedRing(level);
        long earliest = granuleOf(earliestDeadlineNs(ring.head(slot), Integer.MAX_VALUE));
        base = Math.min(now, earliest);
        int timer = takeList(ring, slot);
        while (timer != NIL) {
            int following = next[timer];
            file(timer, granuleOf(deadlinesNs[timer]));
            counts.refiles++;
            timer = following;
        }
    }

    /** The earliest deadline of a list that has no more than that many timers, else NONE. */
    private long earliestDeadlineNs(int head, int limit) {
        long earliestNs = NONE;
        int looked = 0;
        for (int timer = head; timer != NIL; timer = next[timer]) {
            if (looked == limit) {
                return NONE;
            }
            looked++;
            earliestNs = Math.min(earliestNs, deadlinesNs[timer]);
        }
        return earliestNs;
    }

    private boolean isAnyDue() {
        return !heap.isEmpty() || !isListEmpty(LISTS, DUE);
    }

    private int lowestOccupied() {
        for (int level = 0; level < LEVELS; level++) {
            SlotRing ring = ringIfUsed(level);
            if (ring != null && !ring.isEmpty()) {
                return level;
            }
        }
        return NIL;
    }

    private int firstSlot(int level) {
        return usedRing(level).firstFrom((int) (base >> (level * SLOT_BITS)) & (SLOTS - 1));
    }

    private long slotBegin(int level, int slot) {
        int shift = level * SLOT_BITS;
        return ((base >> shift & -SLOTS) | slot) << shift;
    }

    private SlotRing usedRing(int level) {
        return Objects.requireNonNull(ringIfUsed(level));
    }

    @Override
    long polledExpiryNs(int timer) {
        return deadlinesNs[timer];
    }

    @Override
    void settle() {
        int timer = pop(LISTS, DEFERRED);
        while (timer != NIL) {
            file(timer, granuleOf(deadlinesNs[timer]));
            timer = pop(LISTS, DEFERRED);
        }
    }

    @Override
    long computeNextNs() {
        long deferredNs = earliestDeferredNs();
        if (!heap.isEmpty()) {
            return Math.min(deferredNs, deadlinesNs[heap.top()]);
        }
        if (!isListEmpty(LISTS, DUE)) {
            return beginNs(base);
        }
        int level = lowestOccupied();
        return level == NIL ? deferredNs : Math.min(deferredNs, earliestOfSlotNs(level, firstSlot(level)));
    }

    /** All deferred timers have the same deadline: the time of the advance that is running. */
    private long earliestDeferredNs() {
        SlotRing lists = ringIfUsed(LISTS);
        int timer = lists == null ? NIL : lists.head(DEFERRED);
        return timer == NIL ? NONE : handOutNs(deadlinesNs[timer]);
    }

    private long earliestOfSlotNs(int level, int slot) {
        long deadlineNs = earliestDeadlineNs(usedRing(level).head(slot), SEARCHED_TIMERS);
        return deadlineNs == NONE ? beginNs(slotBegin(level, slot)) : handOutNs(deadlineNs);
    }

    private long handOutNs(long deadlineNs) {
        return byDeadline ? deadlineNs : beginNs(granuleOf(deadlineNs));
    }

    /** The granule in which the wheel hands out a timer with that deadline. */
    private long granuleOf(long deadlineNs) {
        return byDeadline ? floorGranule(deadlineNs) : floorGranule(deadlineNs + (granuleNs - 1));
    }

    private long floorGranule(long timeNs) {
        return (granuleShift == NIL ? Math.floorDiv(timeNs, granuleNs) : timeNs >> granuleShift) + BIAS;
    }

    private long beginNs(long granule) {
        return (granule - BIAS) * granuleNs;
    }

    @Override
    public long roundingBoundNs(long delayNs) {
        checkDelay(delayNs);
        return 0;
    }

    @Override
    void checkPlace(int timer, int ring, int slot) {
        long granule = granuleOf(deadlinesNs[timer]);
        if (ring == LISTS) {
            ensure(slot == DUE, "timer " + timer + " deferred between advances, list", slot, DUE);
            ensure(granule == base, "granule of due timer " + timer, granule, base);
            return;
        }
        ensure(granule >= base, "granule of timer " + timer + ", at least the base", granule, base);
        int level = levelOf(granule ^ base);
        ensure(ring == level, "level of timer " + timer + " in granule " + granule, ring, level);
        int wanted = (int) (granule >> (level * SLOT_BITS)) & (SLOTS - 1);
        ensure(slot == wanted, "slot of timer " + timer + " in granule " + granule, slot, wanted);
        long begin = slotBegin(ring, slot);
        ensure(begin >= firstSlotBegin, "begin of an occupied slot, at least", begin, firstSlotBegin);
    }

    @Override
    void checkShape() {
        boolean heapOfBase = heap.isEmpty() || granuleOf(deadlinesNs[heap.top()]) == base;
        ensure(heapOfBase, "granule of the due heap is the base", heap.isEmpty() ? base : heap.top(), base);
        boolean alone = heap.isEmpty() || usedRing(0).head((int) base & (SLOTS - 1)) == NIL;
        ensure(alone, "heap and slot of the base both occupied, heap size", heap.size(), 0);
    }
}
