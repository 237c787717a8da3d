package io.wheelhouse.timer.queue;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the entries of a lazy wheel are. A timer has a record, with its deadline, and the place of its entry; slots hold
 * entries, which are timer numbers and no more. An entry is live if its slot is the timer's place; the others are
 * stale, and dropped when they come up.
 *
 * <pre>
 *   base (the current granule)
 *    │
 *    ▼ level 0: 64 to 16,384 slots of one granule, a ring ahead of the base
 *   [17 4][    ][9][    ] … [21]
 *         level 1: 64 slots, each as long as the ring of level 0
 *        [8 30 2 5][        ][11] …
 *              level 2: 64 slots, each as long as the ring of level 1; and so on, ten levels in all
 *             [3 7][              ] …
 * </pre>
 *
 * A granule less than a ring ahead of the base lies in level 0, others in the lowest level whose ring reaches them. No
 * slot begins before the base, which moves only to where an occupied slot begins, or up to one; so no slot ever holds two
 * rotations.
 */
abstract sealed class LazyQueue extends ClockedQueue permits GranuleQueue {

    /** No entry is the timer's own. */
    static final int NOT_QUEUED = 0;
    /** Kept aside until the {@code advance} that is running has ended. */
    static final int DEFERRED = 1;
    /** In the heap of the granule that is due. */
    static final int IN_HEAP = 2;

    static final int SEEN = 3;
    private static final int UPPER_BITS = 6;
    private static final int UPPER_SLOTS = 1 << UPPER_BITS;
    private static final int UPPER_LEVELS = 10;
    /** Places of level n from 1 on begin at n times 64, those of level 0 here. */
    static final int FIRST_PLACES = 1 << 14;

    /** The record of a timer that is not armed: before every other. */
    static final long IDLE = Long.MIN_VALUE;
    /** The lower bits of a record are marks, those above are the deadline. */
    static final int MARK_BITS = 2;
    /** A mark: the timer was re-armed since its entry was filed. */
    static final long REARMED = 1;
    /** A mark: the timer's entry was filed no further ahead than the horizon, or its block is watched. */
    static final long NEAR = 2;

    /** Where in a record that mark is. */
    static final int NEAR_BIT = 1;

    private static final int LEAST_FIRST_BITS = 6;
    private static final int MOST_FIRST_BITS = 14;
    /** The first level has a slot for eight timers, within its limits. */
    private static final int TIMERS_OF_SLOT_BITS = 3;
    /** Queues of fewer timers have chunks of 8 ints, since most slots hold a few entries; others have chunks of 16. */
    private static final int SMALL_TIMERS = 4_000;

    private static final int SMALL_CHUNK_BITS = 3;
    private static final int CHUNK_BITS = 4;

    /** So many stale entries are no reason to look for them. */
    static final int LEAST_STALE = 64;

    private static final long[] NO_RECORDS = {};
    private static final char[] NO_PLACES = {};

    /** By timer: its deadline and marks, or {@link #IDLE}. */
    long[] records = NO_RECORDS;

    /** By timer: where its entry is. */
    char[] places = NO_PLACES;

    /** The current granule: no slot begins before it. */
    long base;

    /** No occupied slot begins before this granule. */
    long firstBegin = Long.MAX_VALUE;

    /** In slots, live and stale. */
    int entries;

    EntryChunks chunks = new EntryChunks(chunkBits(0));

    /** The timers taken from the slot that is due, and that slot's place. */
    int dueTop = EntryChunks.EMPTY;

    int duePlace = NOT_QUEUED;

    private int firstBits = firstBits(0);
    private int levels;
    private final @Nullable SlotRing[] rings = new SlotRing[1 + UPPER_LEVELS];

    static long record(long deadlineNs, long marks) {
        return (deadlineNs << MARK_BITS) | marks;
    }

    /** The deadline of a timer that has a record; {@link #NONE} for one that is not armed. */
    final long deadlineOf(int timer) {
        long record = records[timer];
        return record == IDLE ? NONE : record >> MARK_BITS;
    }

    private static int firstBits(int capacity) {
        int bits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(capacity | 1) - TIMERS_OF_SLOT_BITS;
        return Math.max(LEAST_FIRST_BITS, Math.min(MOST_FIRST_BITS, bits));
    }

    private static int chunkBits(int capacity) {
        return capacity < SMALL_TIMERS ? SMALL_CHUNK_BITS : CHUNK_BITS;
    }

    final int firstSlots() {
        return 1 << firstBits;
    }

    private int shift(int level) {
        return level == 0 ? 0 : firstBits + UPPER_BITS * (level - 1);
    }

    private int slots(int level) {
        return level == 0 ? 1 << firstBits : UPPER_SLOTS;
    }

    private static int place(int level, int slot) {
        return (level == 0 ? FIRST_PLACES : level * UPPER_SLOTS) + slot;
    }

    /** The first granule, in units of the level's slots, that the level may hold. */
    private long first(int level) {
        return ((base - 1) >> shift(level)) + 1;
    }

    private SlotRing ring(int level) {
        SlotRing known = rings[level];
        if (known == null) {
            known = new SlotRing(slots(level));
            rings[level] = known;
            levels = Math.max(levels, level + 1);
        }
        return known;
    }

    /** The same as {@link #ahead}, for a place in level 0. */
    private int slotAhead(int place) {
        return (place - (int) base) & ((1 << firstBits) - 1);
    }

    /** How far ahead of the base the slot of a place begins; for places that are no slot's, beyond everything. */
    final long ahead(int place) {
        if (place >= FIRST_PLACES) {
            return slotAhead(place);
        }
        return place < UPPER_SLOTS ? Long.MAX_VALUE : aheadInUpper(place);
    }

    private long aheadInUpper(int place) {
        int level = place >> UPPER_BITS;
        long first = first(level);
        long unit = first + ((place - (int) first) & (UPPER_SLOTS - 1));
        return (unit << shift(level)) - base;
    }

    /** Files an entry into the slot of a granule at or after the base, and makes that the timer's place. */
    final void push(int timer, long granule) {
        long ahead = granule - base;
        if (ahead >= 1L << firstBits) {
            pushUpper(timer, granule, ahead);
            return;
        }
        int slot = (int) granule & ((1 << firstBits) - 1);
        int place = FIRST_PLACES + slot;
        places[timer] = (char) place;
        entries++;
        if (place == duePlace && dueTop != EntryChunks.EMPTY) {
            dueTop = chunks.push(dueTop, timer);
            return;
        }
        firstBegin = Math.min(firstBegin, granule);
        SlotRing ring = ring(0);
        ring.setHead(slot, chunks.push(ring.head(slot), timer));
    }

    private void pushUpper(int timer, long granule, long ahead) {
        int level = 1 + (Long.SIZE - 1 - Long.numberOfLeadingZeros(ahead) - firstBits) / UPPER_BITS;
        int shift = shift(level);
        long unit = granule >> shift;
        int slot = (int) unit & (UPPER_SLOTS - 1);
        places[timer] = (char) place(level, slot);
        entries++;
        firstBegin = Math.min(firstBegin, unit << shift);
        SlotRing ring = ring(level);
        ring.setHead(slot, chunks.push(ring.head(slot), timer));
    }

    /** When the first occupied slot of the level begins that does not begin before the granule; else the largest number. */
    final long beginFrom(int level, long granule) {
        SlotRing ring = rings[level];
        if (ring == null || ring.isEmpty()) {
            return Long.MAX_VALUE;
        }
        int shift = shift(level);
        long first = first(level);
        long from = Math.max(first, ((granule - 1) >> shift) + 1);
        long end = first + slots(level);
        if (from >= end) {
            return Long.MAX_VALUE;
        }
        long found = from + ring.distanceFrom((int) from & (slots(level) - 1));
        return found >= end ? Long.MAX_VALUE : found << shift;
    }

    final int levels() {
        return levels;
    }

    /** Sets {@link #firstBegin}, and says in which level it is: of several, the highest. */
    final int findFirst() {
        int found = NIL;
        firstBegin = Long.MAX_VALUE;
        for (int level = 0; level < levels; level++) {
            long begin = beginFrom(level, base);
            if (begin <= firstBegin && begin != Long.MAX_VALUE) {
                firstBegin = begin;
                found = level;
            }
        }
        return found;
    }

    /** The place of the slot of a level in which a granule lies. */
    final int placeOf(int level, long granule) {
        return place(level, (int) (granule >> shift(level)) & (slots(level) - 1));
    }

    /** The stack of that slot. */
    final int top(int level, long granule) {
        SlotRing ring = rings[level];
        return ring == null ? NIL : ring.head((int) (granule >> shift(level)) & (slots(level) - 1));
    }

    /** Empties that slot and gives its stack to the caller. */
    final int take(int level, long granule) {
        int slot = (int) (granule >> shift(level)) & (slots(level) - 1);
        SlotRing ring = ring(level);
        int top = ring.head(slot);
        if (top == NIL) {
            throw new AssertionError("slot " + slot + " of level " + level + " is marked occupied and holds nothing");
        }
        ring.setHead(slot, NIL);
        return top;
    }

    /** Drops all stale entries, if they are more than the armed timers, or memory would have to grow for them. */
    final void boundStale() {
        int stale = entries - size;
        if (stale > Math.max(size, LEAST_STALE) || (stale > Math.max(entries >> 4, LEAST_STALE) && chunks.isShort())) {
            sweep();
        }
    }

    private void sweep() {
        for (int level = 0; level < levels; level++) {
            SlotRing ring = rings[level];
            int slot = ring == null ? NIL : ring.firstFrom(0);
            while (ring != null && slot != NIL) {
                ring.setHead(slot, sweep(ring.head(slot), place(level, slot)));
                slot = ring.firstFrom(slot + 1);
            }
        }
        dueTop = sweep(dueTop, duePlace);
    }

    /** A timer may have several entries in its slot; the mark in its place finds the second one. */
    private int sweep(int stack, int place) {
        int kept = EntryChunks.EMPTY;
        int top = stack;
        while (top != EntryChunks.EMPTY) {
            int timer = chunks.timer(top);
            top = chunks.drop(top);
            if (places[timer] != place) {
                entries--;
            } else if (records[timer] == IDLE) {
                places[timer] = NOT_QUEUED;
                entries--;
            } else {
                places[timer] = SEEN;
                kept = chunks.push(kept, timer);
            }
        }
        for (int at = kept; at != EntryChunks.EMPTY; at = chunks.below(at)) {
            places[chunks.timer(at)] = (char) place;
        }
        return kept;
    }

    /** Gives the arrays that many elements, and says whether the slots have to be made anew for so many. */
    final boolean resize(int capacity) {
        int old = places.length;
        records = Arrays.copyOf(records, capacity);
        places = Arrays.copyOf(places, capacity);
        Arrays.fill(records, old, capacity, IDLE);
        return firstBits(capacity) != firstBits(old) || chunkBits(capacity) != chunkBits(old);
    }

    /** Forgets all entries, and makes slots and chunks for that many timers. */
    final void clear(int capacity) {
        firstBits = firstBits(capacity);
        Arrays.fill(rings, null);
        levels = 0;
        chunks = new EntryChunks(chunkBits(capacity));
        entries = 0;
        firstBegin = Long.MAX_VALUE;
        dueTop = EntryChunks.EMPTY;
        duePlace = NOT_QUEUED;
    }

    // ---- checks
    // ------------------------------------------------------------------------------------------------------

    /** Checks slots, chunks and numbers of entries, and marks the timers that have an entry at their place. */
    final void checkEntries(boolean[] found) {
        int counted = 0;
        int held = 0;
        for (int level = 0; level < levels; level++) {
            SlotRing ring = rings[level];
            if (ring != null) {
                ring.checkBitmap();
                for (int slot = ring.firstFrom(0); slot != NIL; slot = ring.firstFrom(slot + 1)) {
                    int place = place(level, slot);
                    long begin = base + ahead(place);
                    ensure(begin >= firstBegin, "begin of an occupied slot, at least", begin, firstBegin);
                    counted += checkStack(ring.head(slot), place, found);
                    held += chunks.chunks(ring.head(slot));
                }
            }
        }
        counted += checkStack(dueTop, duePlace, found);
        held += chunks.chunks(dueTop);
        ensure(counted == entries, "entries", counted, entries);
        int stale = entries - size;
        ensure(stale <= Math.max(size, LEAST_STALE), "stale entries with armed timers " + size, stale, size);
        chunks.check(held);
    }

    private int checkStack(int stack, int place, boolean[] found) {
        int counted = 0;
        for (int top = stack; top != EntryChunks.EMPTY; top = chunks.below(top)) {
            int timer = chunks.timer(top);
            counted++;
            ensure(counted <= entries, "entries in a slot, at most", counted, entries);
            if (places[timer] == place) {
                found[timer] = true;
            }
        }
        return counted;
    }
}
