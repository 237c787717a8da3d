package io.wheelhouse.timer.bucket;

import java.util.Arrays;

/**
 * The pending events of all of a processor's buckets, in slots of time: what is scheduled is put on the stack of its slot and
 * looked at again when the slot comes due.
 *
 * <pre>
 *   late            batch          level 0: 4,096 slots of 2^16 ns, 268 ms in all
 *   (heap) ◄─ ─ ─ [sorted ...)│[     ][  ][          ][    ] …
 *                             │            level 1: 64 slots of 2^28 ns, 17 s in all
 *                         base│      [                        ][                       ] …
 *                                          level 2: 64 slots of 2^34 ns; and so on, seven levels in all
 * </pre>
 *
 * A few slots at a time, as many as it takes to have {@value #GATHERED} events but no more than {@value #OPENED_SLOTS}, are
 * emptied into the batch, and sorted. What is then scheduled for before the end of the batch, which is at most a millisecond
 * ahead, goes to a heap and comes in between. A slot of a higher level is emptied into lower ones when its begin is reached.
 *
 * <p>Order: exactly that of {@link EventRecord}. Cost: scheduling O(1), one line of memory that is likely at hand, since
 * the same delay leads to the same slot; on its way down an event is copied once a level, and sorting is O(log of the batch).
 * Used by the processor's thread, and at a barrier by the coordinator.
 */
final class EventSlots {
    static final int GATHERED = 32;
    static final int OPENED_SLOTS = 16;

    private static final int SLOT_SHIFT = 16;
    private static final int FIRST_BITS = 12;
    private static final int FIRST_SLOTS = 1 << FIRST_BITS;
    private static final int FIRST_MASK = FIRST_SLOTS - 1;
    private static final int UPPER_BITS = 6;
    private static final int LEVELS = 7;

    // by level: stacks of the slots, and a bit for each that is not empty
    private final int[][] tops = new int[LEVELS][];
    private final long[][] occupied = new long[LEVELS][];
    // those of the first level, at hand
    private final int[] firstTops = new int[FIRST_SLOTS];
    private final long[] firstOccupied = new long[FIRST_SLOTS >> 6];
    // by level: when the first slot that is not empty begins
    private final long[] beginsNs = new long[LEVELS];
    private int levels;

    private final EventChunks chunks = new EventChunks();
    private final EventBatch batch = new EventBatch(chunks);
    private PendingEvents late = new PendingEvents();
    private final Agenda agenda;

    // slots below this one are in the batch, or before it
    private long base;
    // the first slot that holds an event, or an earlier one, as a time
    private long firstNs = PendingEvents.NONE;
    // while slots are opened: the first slot of the upper levels
    private long upperNs = PendingEvents.NONE;
    // the time of the earliest event of the batch and the late ones; with neither, of the first slot
    private long headNs = PendingEvents.NONE;
    private boolean isHeadLate;
    private boolean isHeadExact;
    // the first of those that are late
    private long lateNs = PendingEvents.NONE;
    private int size;

    /** @param agenda knows which buckets are here */
    EventSlots(Agenda agenda) {
        this.agenda = agenda;
        Arrays.fill(beginsNs, PendingEvents.NONE);
        addLevel(firstTops, firstOccupied);
    }

    private static int shift(int level) {
        return level == 0 ? SLOT_SHIFT : SLOT_SHIFT + FIRST_BITS + UPPER_BITS * (level - 1);
    }

    private static int slots(int level) {
        return level == 0 ? FIRST_SLOTS : 1 << UPPER_BITS;
    }

    /** Adds an event, in the words of an {@link EventRecord}. */
    void add(long timeNs, long whose, long what) {
        assert timeNs >= 0 : timeNs;
        size++;
        if (timeNs >> SLOT_SHIFT < base) {
            addLate(timeNs, whose, what);
        } else {
            file(timeNs, whose, what);
        }
    }

    private void addLate(long timeNs, long whose, long what) {
        late.add(timeNs, whose, what);
        if (timeNs <= headNs) {
            findHead();
        } else {
            lateNs = late.nextNs();
        }
    }

    private void file(long timeNs, long whose, long what) {
        long slot = timeNs >> SLOT_SHIFT;
        if (slot - base >= FIRST_SLOTS) {
            fileAbove(timeNs, whose, what);
            return;
        }
        int place = (int) slot & FIRST_MASK;
        int top = firstTops[place];
        if (top == EventChunks.EMPTY) {
            firstOccupied[place >> 6] |= 1L << place;
            noteBegin(0, slot << SLOT_SHIFT);
        }
        firstTops[place] = chunks.push(top, timeNs, whose, what);
    }

    private void fileAbove(long timeNs, long whose, long what) {
        int level = 1;
        while ((timeNs >> shift(level)) - (base >> (shift(level) - SLOT_SHIFT)) >= slots(level)) {
            level++;
        }
        while (levels <= level) {
            addLevel(new int[slots(levels)], new long[slots(levels) >> 6]);
        }
        int shift = shift(level);
        int place = (int) (timeNs >> shift) & (slots(level) - 1);
        int[] stacks = tops[level];
        int top = stacks[place];
        if (top == EventChunks.EMPTY) {
            occupied[level][place >> 6] |= 1L << place;
            noteBegin(level, timeNs >> shift << shift);
        }
        stacks[place] = chunks.push(top, timeNs, whose, what);
    }

    /** A slot is no longer empty. */
    private void noteBegin(int level, long beginNs) {
        if (beginNs < beginsNs[level]) {
            beginsNs[level] = beginNs;
            firstNs = Math.min(firstNs, beginNs);
            headNs = Math.min(headNs, beginNs);
        }
    }

    private void addLevel(int[] stacks, long[] bits) {
        tops[levels] = stacks;
        occupied[levels] = bits;
        levels++;
    }

    // ---- the next one

    /**
     * The time of the earliest event, or a time before it and after {@code nowNs}; {@link PendingEvents#NONE} if there is
     * none. So where it is not after {@code nowNs} it is exact.
     */
    long nextNs(long nowNs) {
        while (headNs <= nowNs && !isHeadExact && firstNs != PendingEvents.NONE) {
            openNext();
        }
        return headNs;
    }

    /** The time of the earliest event, or of the first slot if that begins before it. */
    long headNs() {
        return headNs;
    }

    /** Whether there is an event of the time {@link #headNs}, the earliest; otherwise a slot begins then, if any. */
    boolean isHeadExact() {
        return isHeadExact;
    }

    /** Whether the earliest event, which is due, is not of the {@link #batch}. */
    boolean isHeadLate() {
        return isHeadLate;
    }

    /** Of the earliest event, which is due: whose it is. */
    long nextWhose() {
        return isHeadLate ? late.nextWhose() : word(batch.record(batch.next()), EventRecord.WHOSE);
    }

    /** Of the earliest event, which is due: what it is. */
    long nextWhat() {
        return isHeadLate ? late.nextWhat() : word(batch.record(batch.next()), EventRecord.WHAT);
    }

    private long word(int record, int word) {
        return chunks.piece(record)[EventChunks.place(record) + word];
    }

    /** Takes out the earliest event, which is due. */
    void remove() {
        if (isHeadLate) {
            size--;
            late.remove();
            findHead();
        } else {
            removeFromBatch();
        }
    }

    /** The same if it is of the {@link #batch}. */
    void removeFromBatch() {
        size--;
        if (batch.remove()) {
            headNs = batch.nextNs();
            if (lateNs <= headNs) {
                findHead();
            }
        } else {
            findHead();
        }
    }

    private void findHead() {
        isHeadExact = !batch.isEmpty();
        headNs = isHeadExact ? batch.nextNs() : firstNs;
        lateNs = late.nextNs();
        isHeadLate = late.size() > 0 && isLateFirst();
        if (isHeadLate) {
            isHeadExact = true;
            headNs = lateNs;
        }
    }

    private boolean isLateFirst() {
        if (batch.isEmpty() || lateNs != headNs) {
            return lateNs <= headNs;
        }
        int record = batch.record(batch.next());
        return EventRecord.before(
                late.nextWhose(), late.nextWhat(), word(record, EventRecord.WHOSE), word(record, EventRecord.WHAT));
    }

    /** The chunks that hold the records of the {@link #batch}. */
    EventChunks chunks() {
        return chunks;
    }

    /** The events that come next, but for those scheduled meanwhile. */
    EventBatch batch() {
        return batch;
    }

    /** All that is pending. */
    int size() {
        return size;
    }

    // ---- opening slots

    /** Opens slots from the first on, which begins at {@link #headNs}. */
    void openNext() {
        batch.begin(firstNs);
        long endNs = firstNs + ((long) OPENED_SLOTS << SLOT_SHIFT);
        int level = findFirst();
        while (level >= 0 && firstNs < endNs && batch.size() < GATHERED) {
            if (level == 0) {
                gatherSlots(Math.min(endNs, upperNs));
            } else {
                int top = take(level, (int) (firstNs >> shift(level)) & (slots(level) - 1));
                base = Math.max(base, firstNs >> SLOT_SHIFT);
                findBegin(level);
                empty(top, false);
            }
            level = findFirst();
        }
        findHead();
    }

    /** Empties slots of the first level into the batch, from its first on and up to a time, until there are enough. */
    private void gatherSlots(long limitNs) {
        do {
            int top = take(0, (int) (firstNs >> SLOT_SHIFT) & FIRST_MASK);
            base = (firstNs >> SLOT_SHIFT) + 1;
            findBegin(0);
            firstNs = beginsNs[0];
            batch.gather(top);
        } while (firstNs < limitNs && batch.size() < GATHERED);
    }

    /** Finds the level of the first slot that holds an event, of several that begin at once the highest; or -1. */
    private int findFirst() {
        int found = 0;
        upperNs = PendingEvents.NONE;
        for (int level = 1; level < levels; level++) {
            if (beginsNs[level] <= upperNs) {
                upperNs = beginsNs[level];
                found = level;
            }
        }
        if (beginsNs[0] < upperNs) {
            found = 0;
        }
        firstNs = Math.min(beginsNs[0], upperNs);
        return firstNs == PendingEvents.NONE ? -1 : found;
    }

    /** Looks in a level for the first slot from the base on that holds an event. */
    private void findBegin(int level) {
        int shift = shift(level);
        long from = base >> (shift - SLOT_SHIFT);
        int distance = distance(occupied[level], (int) from & (slots(level) - 1));
        beginsNs[level] = distance < 0 ? PendingEvents.NONE : (from + distance) << shift;
    }

    /** How far the first bit that is set lies from a place on, in a ring; -1 if none is set. */
    private static int distance(long[] bits, int from) {
        int words = bits.length;
        int word = from >> 6;
        long rest = bits[word] & (-1L << from);
        for (int looked = 0; looked <= words; looked++) {
            if (rest != 0) {
                int place = (word << 6) + Long.numberOfTrailingZeros(rest);
                return (place - from) & ((words << 6) - 1);
            }
            word = word + 1 == words ? 0 : word + 1;
            rest = bits[word];
        }
        return -1;
    }

    private int take(int level, int slot) {
        int top = tops[level][slot];
        tops[level][slot] = EventChunks.EMPTY;
        occupied[level][slot >> 6] &= ~(1L << slot);
        return top;
    }

    /** Takes all off a stack, to be filed anew, or sent after the buckets that have left. */
    private void empty(int stack, boolean isAnyDeparted) {
        int top = stack;
        while (top != EventChunks.EMPTY) {
            int record = top - EventRecord.WORDS;
            long[] piece = chunks.piece(record);
            int at = EventChunks.place(record);
            long timeNs = piece[at + EventRecord.TIME];
            long whose = piece[at + EventRecord.WHOSE];
            long what = piece[at + EventRecord.WHAT];
            top = chunks.drop(top);
            if (isAnyDeparted) {
                // What stays may come to lie lower, as the base has moved on.
                keepOrForward(timeNs, whose, what);
            } else {
                file(timeNs, whose, what);
            }
        }
    }

    // ---- moves

    /** Sends the events of buckets that are no longer here after them. Costs O(all that is pending). */
    void forwardDeparted() {
        PendingEvents wereLate = late;
        late = new PendingEvents();
        while (wereLate.size() > 0) {
            keepOrForward(wereLate.nextNs(), wereLate.nextWhose(), wereLate.nextWhat());
            wereLate.remove();
        }
        while (!batch.isEmpty()) {
            // What stays comes in between with those that are late.
            int record = batch.record(batch.next());
            keepOrForward(batch.nextNs(), word(record, EventRecord.WHOSE), word(record, EventRecord.WHAT));
            batch.remove();
        }
        for (int level = 0; level < levels; level++) {
            for (int slot = 0; slot < slots(level); slot++) {
                if (isAnyDeparted(tops[level][slot])) {
                    empty(take(level, slot), true);
                }
            }
            findBegin(level);
        }
        findFirst();
        findHead();
    }

    private void keepOrForward(long timeNs, long whose, long what) {
        TimerBucket departed = agenda.departed(EventRecord.bucket(whose));
        size--;
        if (departed == null) {
            add(timeNs, whose, what);
        } else {
            departed.accept(timeNs, whose, what);
        }
    }

    private boolean isAnyDeparted(int stack) {
        for (int top = stack; top != EventChunks.EMPTY; top = chunks.link(top)) {
            int first = EventChunks.firstRecord(top);
            long[] piece = chunks.piece(first);
            for (int record = first; record < top; record += EventRecord.WORDS) {
                long whose = piece[EventChunks.place(record) + EventRecord.WHOSE];
                if (agenda.departed(EventRecord.bucket(whose)) != null) {
                    return true;
                }
            }
        }
        return false;
    }
}
