package io.wheelhouse.timer.queue;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the wheels share: rings of slots, each slot a doubly linked list through two ints a timer, and one heap beside
 * them. The link back of a list's first timer names its ring and slot instead, so that taking a timer out needs to know
 * nothing about it, and 16 bytes a timer (deadline, two links) are all there is.
 */
abstract sealed class LinkedQueue extends QueueBase permits CoalescingWheel, HashedWheel {

    private static final int NOT_ARMED = Integer.MIN_VALUE;
    private static final int IN_HEAP = Integer.MIN_VALUE + 1;
    /** Room for the slot in a link back; 5 bits above it are left for the ring. */
    private static final int SLOT_BITS = 25;

    static final int MAX_SLOTS = 1 << SLOT_BITS;

    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
    private static final int[] NO_LINKS = {};

    /** Of a timer in a list the one behind it; of a timer in the heap its position there. */
    int[] next = NO_LINKS;

    /** Of a timer in a list the one before it, or the complement of ring and slot; else what it is. */
    private int[] prev = NO_LINKS;

    private final @Nullable SlotRing[] rings;
    private final int[] slotsOfRing;

    /** Timers that are kept by deadline: what for is the subclass's affair. */
    final DeadlineHeap heap = new DeadlineHeap();

    /** @param slotsOfRing for each ring its number of slots, a power of two; rings are made on first use */
    LinkedQueue(int[] slotsOfRing) {
        this.slotsOfRing = slotsOfRing;
        this.rings = new SlotRing[slotsOfRing.length];
    }

    /** The ring, or null if nothing was ever in it. */
    final @Nullable SlotRing ringIfUsed(int ring) {
        return rings[ring];
    }

    private SlotRing ring(int ring) {
        SlotRing known = rings[ring];
        return known != null ? known : makeRing(ring, slotsOfRing[ring]);
    }

    private SlotRing makeRing(int ring, int slots) {
        SlotRing made = new SlotRing(slots);
        rings[ring] = made;
        return made;
    }

    /** Makes an empty ring of another size in place of one, and gives the old one. */
    final SlotRing replaceRing(int ring, int slots) {
        SlotRing old = ring(ring);
        makeRing(ring, slots);
        return old;
    }

    final boolean isListEmpty(int ring, int slot) {
        SlotRing known = rings[ring];
        return known == null || known.head(slot) == NIL;
    }

    @Override
    final boolean holds(int timer) {
        return prev[timer] != NOT_ARMED;
    }

    /** Puts a timer in front of a slot's list. */
    final void push(int timer, int ring, int slot) {
        SlotRing to = ring(ring);
        int head = to.head(slot);
        next[timer] = head;
        prev[timer] = ~(ring << SLOT_BITS | slot);
        if (head != NIL) {
            prev[head] = timer;
        }
        to.setHead(slot, timer);
    }

    /** Takes the first timer of a slot's list, or NIL. */
    final int pop(int ring, int slot) {
        SlotRing from = rings[ring];
        int timer = from == null ? NIL : from.head(slot);
        if (timer != NIL) {
            remove(timer);
        }
        return timer;
    }

    /** Gives up the list of an occupied slot and answers its first timer; the caller files all of them again. */
    final int takeList(SlotRing from, int slot) {
        int head = from.head(slot);
        if (head == NIL) {
            throw new AssertionError("slot " + slot + " of " + from.slots() + " is marked occupied and holds nothing");
        }
        from.setHead(slot, NIL);
        return head;
    }

    /** Makes a list, given by its first timer, that of an empty slot. */
    final void putList(int head, int ring, int slot) {
        prev[head] = ~(ring << SLOT_BITS | slot);
        ring(ring).setHead(slot, head);
    }

    final void pushHeap(int timer) {
        prev[timer] = IN_HEAP;
        heap.push(timer, deadlinesNs, next);
    }

    final int popHeap() {
        int timer = heap.pop(deadlinesNs, next);
        prev[timer] = NOT_ARMED;
        return timer;
    }

    @Override
    final void remove(int timer) {
        int before = prev[timer];
        prev[timer] = NOT_ARMED;
        if (before == IN_HEAP) {
            heap.remove(timer, deadlinesNs, next);
            return;
        }
        int after = next[timer];
        if (after != NIL) {
            prev[after] = before;
        }
        if (before >= 0) {
            next[before] = after;
        } else {
            setHead(~before, after);
        }
    }

    private void setHead(int ringAndSlot, int timer) {
        ring(ringAndSlot >> SLOT_BITS).setHead(ringAndSlot & SLOT_MASK, timer);
        if (timer == NIL) {
            staleNext();
        }
    }

    @Override
    final void resizeLinks(int capacity) {
        int old = prev.length;
        next = Arrays.copyOf(next, capacity);
        prev = Arrays.copyOf(prev, capacity);
        Arrays.fill(prev, old, capacity, NOT_ARMED);
    }

    @Override
    public final void checkInvariants() {
        checkCounts();
        int found = heap.size();
        heap.checkOrder(deadlinesNs, next);
        for (int ring = 0; ring < rings.length; ring++) {
            SlotRing known = rings[ring];
            if (known != null) {
                known.checkBitmap();
                found += checkRing(ring, known);
            }
        }
        ensure(found == size(), "timers in lists and heap", found, size());
        checkNoneLost();
        checkShape();
    }

    private int checkRing(int ring, SlotRing known) {
        int found = 0;
        for (int slot = 0; slot < known.slots(); slot++) {
            int before = ~(ring << SLOT_BITS | slot);
            for (int timer = known.head(slot); timer != NIL; timer = next[timer]) {
                ensure(prev[timer] == before, "link back of timer " + timer, prev[timer], before);
                ensure(++found <= size(), "timers in a ring, at least", found, size());
                checkPlace(timer, ring, slot);
                before = timer;
            }
        }
        return found;
    }

    private void checkNoneLost() {
        int held = 0;
        for (int timer = 0; timer < prev.length; timer++) {
            held += holds(timer) ? 1 : 0;
        }
        ensure(held == size(), "timers that count as armed", held, size());
    }

    /** Checks that the timer may be in that slot. */
    abstract void checkPlace(int timer, int ring, int slot);

    /** Checks what the structure knows besides. */
    abstract void checkShape();
}
