package io.wheelhouse.timer.queue;

import java.util.Arrays;

/**
 * The coalescing timer wheel, as the Linux kernel has it since 4.8: nothing cascades; a timer stays in the level that
 * its delay falls into and fires at that level's resolution, rounded up.
 *
 * <p><b>Structure.</b> Each level is a ring of slots, found by bitmap. Arming first brings the wheel's clock to the time
 * of arming, so that level and slot are as of then and a ring never holds two rotations: slots that have come due
 * meanwhile are moved, whole, into a queue of due lists that {@code advance} drains in order. Timers beyond the reach of
 * the last level, which the kernel would fire early, wait in a heap and fire at the last level's resolution. Levels are
 * made on first use; each timer takes 16 bytes.
 *
 * <p><b>Rounding and order.</b> {@link WheelShape} has the rule, and the delay counts from the tick of arming; once timers
 * of that very tick have been handed out, the wheel's clock has moved on and it counts from the next, as in the kernel.
 * That shows only where the delay is the first of a level, (slots - 1) << (shift * L) ticks: the timer then stays in the
 * level below, and fires sooner. The expiry reported is the begin of the tick at which
 * the timer fires, always after the deadline. Timers are handed out by that tick; within it in no particular order, the
 * same for the same calls. {@link #nextExpiryNs} is exact.
 *
 * <p><b>Cost.</b> Arm, re-arm and cancel O(1) within the levels' reach, O(log n) beyond. Advance O(levels) for each
 * occupied slot that comes up, whatever the clock jumps; a call with nothing due compares two numbers.
 *
 * <p>One thread at a time. Source: Linux, {@code kernel/time/timer.c}, "timers: Switch to a non-cascading wheel", 2016.
 */
public final class CoalescingWheel extends LinkedQueue {

    private static final int FIRST_DUE_LISTS = 8;
    private static final long[] NO_TICKS = {};
    private static final long NO_TICK = Long.MAX_VALUE;

    private final WheelShape shape;
    private final int levels;
    private final int slotsOfLevel;
    private final int shift;

    /** The ring of the due lists; those below it are the levels. */
    private final int dueRing;

    /** Every slot up to this tick has been moved to the due lists. */
    private long clockTick = Long.MIN_VALUE;

    /** By slot of the due ring, the tick at which its timers fire. */
    private long[] dueTicks = NO_TICKS;

    /** The due lists in order are those of the slots from here on, as many as {@link #dueLists}, wrapping round. */
    private int dueFirst;

    private int dueLists;

    /** The tick whose timers were handed out last. */
    private long polledTick = Long.MIN_VALUE;

    public CoalescingWheel(WheelShape shape) {
        super(ringSlots(shape));
        this.shape = shape;
        this.levels = shape.levels();
        this.slotsOfLevel = ringSize(shape);
        this.shift = shape.shift();
        this.dueRing = levels;
    }

    private static int[] ringSlots(WheelShape shape) {
        int[] slots = new int[shape.levels() + 1];
        Arrays.fill(slots, ringSize(shape));
        slots[shape.levels()] = FIRST_DUE_LISTS;
        return slots;
    }

    /** A ring may have more slots than the shape, which alone says what fires when. */
    private static int ringSize(WheelShape shape) {
        return Integer.highestOneBit(shape.slots() - 1) << 1;
    }

    public WheelShape shape() {
        return shape;
    }

    @Override
    long place(int timer, long nowNs, long deadlineNs) {
        long nowTick = shape.tickOf(nowNs);
        catchUp(nowNs, nowTick);
        long expiresTick = shape.tickOf(deadlineNs);
        long delayTicks = expiresTick - (nowTick == polledTick ? nowTick + 1 : nowTick);
        int level = shape.levelOf(delayTicks);
        long expiryTick = shape.expiryTick(expiresTick, level);
        if (shape.isWithin(delayTicks, level)) {
            push(timer, level, slotOf(expiryTick, level));
        } else {
            pushHeap(timer);
        }
        long expiryNs = shape.beginNs(expiryTick);
        lowerNext(expiryNs);
        return expiryNs;
    }

    /** A level's slots, its ring being a power of two, are the lowest bits of its instants' numbers. */
    private int slotOf(long tick, int level) {
        return (int) (tick >> (shift * level)) & (slotsOfLevel - 1);
    }

    /** Moves to the due lists what has come due, and the clock to now. */
    private void catchUp(long nowNs, long nowTick) {
        if (nowTick <= clockTick) {
            return;
        }
        if (!isBeforeNext(nowNs)) {
            long tick = firstTick();
            while (tick <= nowTick) {
                openSlots(tick);
                clockTick = tick;
                tick = firstTick();
            }
        }
        clockTick = nowTick;
    }

    /** The first tick after the clock's at which a slot comes up, or NO_TICK. */
    private long firstTick() {
        long firstTick = heap.isEmpty() ? NO_TICK : farTick();
        for (int level = 0; level < levels; level++) {
            SlotRing ring = ringIfUsed(level);
            if (ring != null && !ring.isEmpty()) {
                int bits = shift * level;
                long following = (clockTick >> bits) + 1;
                int distance = ring.distanceFrom((int) following & (slotsOfLevel - 1));
                firstTick = Math.min(firstTick, (following + distance) << bits);
            }
        }
        return firstTick;
    }

    /** When the first timer beyond the last level's reach fires. */
    private long farTick() {
        return shape.expiryTick(shape.tickOf(deadlinesNs[heap.top()]), levels - 1);
    }

    /** Moves to the due lists all that fires at that tick, the first after the clock's at which anything does. */
    private void openSlots(long tick) {
        boolean found = false;
        for (int level = 0; level < levels && isInstantOf(level, tick); level++) {
            SlotRing ring = ringIfUsed(level);
            int slot = slotOf(tick, level);
            if (ring != null && ring.head(slot) != NIL) {
                found = true;
                counts.slotVisits++;
                putList(takeList(ring, slot), dueRing, appendDueList(tick));
            }
        }
        if (!heap.isEmpty() && farTick() == tick) {
            found = true;
            counts.slotVisits++;
            int slot = appendDueList(tick);
            while (!heap.isEmpty() && farTick() == tick) {
                push(popHeap(), dueRing, slot);
            }
        }
        if (!found) {
            throw new AssertionError("nothing fires at tick " + tick + ", the first after the clock's, " + clockTick);
        }
    }

    private boolean isInstantOf(int level, long tick) {
        return (tick & ((1L << (shift * level)) - 1)) == 0;
    }

    private int appendDueList(long tick) {
        if (dueLists == dueTicks.length) {
            makeRoomForDueLists();
        }
        int slot = dueSlot(dueLists);
        dueLists++;
        dueTicks[slot] = tick;
        return slot;
    }

    private int dueSlot(int index) {
        return (dueFirst + index) & (dueTicks.length - 1);
    }

    /** Drops the lists emptied by cancels; if that leaves more than half, makes the ring twice as large. */
    private void makeRoomForDueLists() {
        int held = 0;
        for (int index = 0; index < dueLists; index++) {
            held += isListEmpty(dueRing, dueSlot(index)) ? 0 : 1;
        }
        int capacity = Math.max(FIRST_DUE_LISTS, held > dueLists / 2 ? 2 * dueLists : dueLists);
        ensure(capacity <= MAX_SLOTS, "ticks overdue at once, at most", capacity, MAX_SLOTS);
        long[] oldTicks = dueTicks;
        int oldFirst = dueFirst;
        int oldLists = dueLists;
        SlotRing old = replaceRing(dueRing, capacity);
        dueTicks = new long[capacity];
        dueFirst = 0;
        dueLists = 0;
        for (int index = 0; index < oldLists; index++) {
            int slot = (oldFirst + index) & (oldTicks.length - 1);
            if (old.head(slot) != NIL) {
                putList(takeList(old, slot), dueRing, appendDueList(oldTicks[slot]));
            }
        }
    }

    @Override
    int pollDue(long nowNs) {
        long nowTick = shape.tickOf(nowNs);
        catchUp(nowNs, nowTick);
        dropEmptyDueLists();
        if (dueLists == 0 || dueTicks[dueFirst] > nowTick) {
            return NIL;
        }
        polledTick = dueTicks[dueFirst];
        return pop(dueRing, dueFirst);
    }

    private void dropEmptyDueLists() {
        while (dueLists > 0 && isListEmpty(dueRing, dueFirst)) {
            dueFirst = dueSlot(1);
            dueLists--;
        }
    }

    @Override
    long polledExpiryNs(int timer) {
        return shape.beginNs(polledTick);
    }

    /** A timer armed by a handler fires after the time of arming, so none is ever deferred. */
    @Override
    void settle() {}

    @Override
    long computeNextNs() {
        dropEmptyDueLists();
        long tick = dueLists > 0 ? dueTicks[dueFirst] : firstTick();
        return tick == NO_TICK ? NONE : shape.beginNs(tick);
    }

    @Override
    public long roundingBoundNs(long delayNs) {
        return shape.roundingBoundNs(delayNs);
    }

    @Override
    void checkPlace(int timer, int ring, int slot) {
        long expiresTick = shape.tickOf(deadlinesNs[timer]);
        if (ring == dueRing) {
            int index = (slot - dueFirst) & (dueTicks.length - 1);
            ensure(index < dueLists, "due list of timer " + timer, index, dueLists);
            ensure(dueTicks[slot] > expiresTick, "due tick of timer " + timer + " after", dueTicks[slot], expiresTick);
            return;
        }
        long expiryTick = shape.expiryTick(expiresTick, ring);
        ensure(slotOf(expiryTick, ring) == slot, "slot of timer " + timer, slot, slotOf(expiryTick, ring));
        long ahead = (expiryTick >> (shift * ring)) - (clockTick >> (shift * ring));
        ensure(ahead >= 1 && ahead <= slotsOfLevel, "slots ahead of timer " + timer, ahead, slotsOfLevel);
    }

    @Override
    void checkShape() {
        for (int index = 1; index < dueLists; index++) {
            long before = dueTicks[dueSlot(index - 1)];
            ensure(before <= dueTicks[dueSlot(index)], "order of due lists", before, dueTicks[dueSlot(index)]);
        }
        boolean inOrder = dueLists == 0 || dueTicks[dueSlot(dueLists - 1)] <= clockTick;
        ensure(inOrder, "the clock, not before the due lists", clockTick, dueLists);
        boolean farAhead = heap.isEmpty() || farTick() > clockTick;
        ensure(farAhead, "the clock, before the first timer out of reach", clockTick, heap.size());
    }
}
