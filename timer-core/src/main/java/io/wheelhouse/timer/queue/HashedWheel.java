package io.wheelhouse.timer.queue;

/**
 * The hashed timing wheel: one level, whose slots hold timers of every rotation; each visit of a slot looks at all of
 * them and takes those whose round has come.
 *
 * <p><b>Structure.</b> A ring of slots, each a linked list, found by bitmap; instead of a count of rounds that every
 * visit decrements, the deadline is compared with the tick. The ring is made on first use; each timer takes 16 bytes.
 *
 * <p><b>Rounding and order.</b> Deadlines are rounded up to the next tick, which is the expiry reported: by at most a
 * tick less one nanosecond. Within a tick timers come by exact deadline, ties by timer number. {@link #nextExpiryNs} is
 * exact with up to {@value #SEARCHED_TIMERS} timers, else it may fall on an earlier tick whose slot holds timers.
 *
 * <p><b>Cost.</b> Arm, re-arm and cancel O(1). Advance O(timers in the slots passed): a timer is looked at once a
 * rotation. A jump of more than a rotation looks at every timer once and sorts those that have expired.
 *
 * <p>One thread at a time. Source: G. Varghese, T. Lauck, "Hashed and hierarchical timing wheels", SOSP 1987, scheme 6.
 */
public final class HashedWheel extends LinkedQueue {
    private static final int MOST_SLOTS = 1 << 20;
    private static final int SEARCHED_TIMERS = 32;
    private static final int WHEEL = 0;
    private static final int LISTS = 1;
    private static final int DEFERRED = 0;

    private final long tickNs;
    private final int slots;

    /** Every slot up to this tick has been visited; what has expired by then is in the heap, not in a slot. */
    private long clockTick = Long.MIN_VALUE;

    /**
     * @param slots 2 to 1,048,576; the ring has the next power of two
     * @param tickNs the time between two slots
     */
    public HashedWheel(int slots, long tickNs) {
        super(new int[] {ringSize(slots), 1});
        if (tickNs < 1 || tickNs > MAX_TIME_NS / ringSize(slots)) {
            throw new IllegalArgumentException("tickNs " + tickNs + " is not in 1.." + MAX_TIME_NS / ringSize(slots)
                    + " with " + slots + " slots");
        }
        this.tickNs = tickNs;
        this.slots = ringSize(slots);
    }

    private static int ringSize(int slots) {
        if (slots < 2 || slots > MOST_SLOTS) {
            throw new IllegalArgumentException("slots " + slots + " is not in 2.." + MOST_SLOTS);
        }
        return Integer.highestOneBit(slots - 1) << 1;
    }

    @Override
    long place(int timer, long nowNs, long deadlineNs) {
        if (isDeferred(deadlineNs)) {
            push(timer, LISTS, DEFERRED);
        } else {
            file(timer);
        }
        long expiryNs = tickOf(deadlineNs) * tickNs;
        lowerNext(expiryNs);
        return expiryNs;
    }

    private void file(int timer) {
        long tick = tickOf(deadlinesNs[timer]);
        if (tick <= clockTick) {
            pushHeap(timer);
        } else {
            push(timer, WHEEL, slotOf(tick));
        }
    }

    private int slotOf(long tick) {
        return (int) tick & (slots - 1);
    }

    /** The tick at which a timer with that deadline fires. */
    private long tickOf(long deadlineNs) {
        return -Math.floorDiv(-deadlineNs, tickNs);
    }

    @Override
    int pollDue(long nowNs) {
        long nowTick = Math.floorDiv(nowNs, tickNs);
        while (heap.isEmpty() && clockTick < nowTick) {
            visitNext(nowTick);
        }
        return heap.isEmpty() ? NIL : popHeap();
    }

    private void visitNext(long nowTick) {
        SlotRing ring = ringIfUsed(WHEEL);
        if (ring == null || ring.isEmpty()) {
            clockTick = nowTick;
        } else if (clockTick < nowTick - slots) {
            visitAll(ring, nowTick);
        } else {
            long tick = clockTick + 1 + ring.distanceFrom(slotOf(clockTick + 1));
            clockTick = Math.min(tick, nowTick);
            if (tick <= nowTick) {
                visit(ring, slotOf(tick), tick);
            }
        }
    }

    /** After more than a rotation any slot may hold timers of any tick since: only the heap can tell their order. */
    private void visitAll(SlotRing ring, long nowTick) {
        clockTick = nowTick;
        for (int slot = ring.firstFrom(0); slot != NIL; slot = ring.firstFrom(slot + 1)) {
            visit(ring, slot, nowTick);
        }
    }

    private void visit(SlotRing ring, int slot, long tick) {
        counts.slotVisits++;
        int timer = ring.head(slot);
        while (timer != NIL) {
            int following = next[timer];
            if (tickOf(deadlinesNs[timer]) <= tick) {
                remove(timer);
                pushHeap(timer);
            }
            timer = following;
        }
    }

    @Override
    long polledExpiryNs(int timer) {
        return tickOf(deadlinesNs[timer]) * tickNs;
    }

    @Override
    void settle() {
        int timer = pop(LISTS, DEFERRED);
        while (timer != NIL) {
            file(timer);
            timer = pop(LISTS, DEFERRED);
        }
    }

    @Override
    long computeNextNs() {
        long tick = heap.isEmpty() ? firstTick() : tickOf(deadlinesNs[heap.top()]);
        SlotRing lists = ringIfUsed(LISTS);
        int waiting = lists == null ? NIL : lists.head(DEFERRED);
        if (waiting != NIL) {
            tick = Math.min(tick, tickOf(deadlinesNs[waiting]));
        }
        return tick == Long.MAX_VALUE ? NONE : tick * tickNs;
    }

    /** The first tick at which a timer in a slot may fire: exact unless many timers of later rounds come before. */
    private long firstTick() {
        SlotRing ring = ringIfUsed(WHEEL);
        if (ring == null || ring.isEmpty()) {
            return Long.MAX_VALUE;
        }
        // A wheel that nobody has advanced yet stands before all time; its slots may hold any tick.
        long from = Math.max(clockTick, -Math.floorDiv(MAX_TIME_NS, tickNs) - 1) + 1;
        long earliest = Long.MAX_VALUE;
        int looked = 0;
        int ahead = 0;
        while (ahead < slots) {
            ahead += ring.distanceFrom(slotOf(from + ahead));
            if (ahead >= slots || earliest <= from + ahead) {
                break;
            }
            for (int timer = ring.head(slotOf(from + ahead)); timer != NIL; timer = next[timer]) {
                if (looked == SEARCHED_TIMERS) {
                    return Math.min(earliest, from + ahead);
                }
                looked++;
                earliest = Math.min(earliest, tickOf(deadlinesNs[timer]));
            }
            ahead++;
        }
        return earliest;
    }

    @Override
    public long roundingBoundNs(long delayNs) {
        checkDelay(delayNs);
        return tickNs - 1;
    }

    @Override
    void checkPlace(int timer, int ring, int slot) {
        ensure(ring == WHEEL, "timer " + timer + " deferred between advances, ring", ring, WHEEL);
        long tick = tickOf(deadlinesNs[timer]);
        ensure(tick > clockTick, "tick of timer " + timer + ", after the clock's", tick, clockTick);
        ensure(slot == slotOf(tick), "slot of timer " + timer, slot, slotOf(tick));
    }

    @Override
    void checkShape() {
        boolean due = heap.isEmpty() || tickOf(deadlinesNs[heap.top()]) <= clockTick;
        ensure(due, "the clock, not before what is due", clockTick, heap.size());
    }
}
