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
    private static final int[] NO_SLOTS = {};

    // by level: stacks of the slots, and a bit for each that is not empty
    private final int[][] tops = new int[LEVELS][];
    private final long[][] occupied = new long[LEVELS][];
    // by level: when the first slot that is not empty begins
    private final long[] beginsNs = new long[LEVELS];
    private int levels;

    private final EventChunks chunks = new EventChunks();
    private final EventBatch batch = new EventBatch();
    private PendingEvents late = new PendingEvents();
    private final Agenda agenda;

    // slots below this one are in the batch, or before it
    private long base;
    // the first slot that holds an event, or an earlier one, as a time
    private long firstNs = PendingEvents.NONE;
    // while slots are opened: the first slot of the upper levels
    private long upperNs = PendingEvents.NONE;
    // the earliest event of the batch and the late ones; with neither, or those later, a time alone: that of the first
    // slot
    private long headNs = PendingEvents.NONE;
    private long headWhose;
    private long headWhat;
    private boolean isHeadLate;
    private int size;

    /** @param agenda knows which buckets are here */
    EventSlots(Agenda agenda) {
        this.agenda = agenda;
        Arrays.fill(tops, NO_SLOTS);
        Arrays.fill(beginsNs, PendingEvents.NONE);
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
            late.add(timeNs, whose, what);
            if (timeNs <= headNs) {
                findHead();
            }
        } else {
            file(timeNs, whose, what);
            if (firstNs < headNs) {
                findHead();
            }
        }
    }

    private void file(long timeNs, long whose, long what) {
        long slot = timeNs >> SLOT_SHIFT;
        if (slot - base >= FIRST_SLOTS || levels == 0) {
            fileAbove(timeNs, whose, what);
            return;
        }
        int place = (int) slot & FIRST_MASK;
        int[] stacks = tops[0];
        int top = stacks[place];
        if (top == EventChunks.EMPTY) {
            occupy(0, place, slot << SLOT_SHIFT);
        }
        stacks[place] = chunks.push(top, timeNs, whose, what);
    }

    private void fileAbove(long timeNs, long whose, long what) {
        int level = 0;
        while ((timeNs >> shift(level)) - (base >> (shift(level) - SLOT_SHIFT)) >= slots(level)) {
            level++;
        }
        if (level >= levels) {
            makeLevels(level);
        }
        int shift = shift(level);
        int place = (int) (timeNs >> shift) & (slots(level) - 1);
        int[] stacks = tops[level];
        int top = stacks[place];
        if (top == EventChunks.EMPTY) {
            occupy(level, place, timeNs >> shift << shift);
        }
        stacks[place] = chunks.push(top, timeNs, whose, what);
    }

    private void occupy(int level, int place, long beginNs) {
        occupied[level][place >> 6] |= 1L << place;
        beginsNs[level] = Math.min(beginsNs[level], beginNs);
        firstNs = Math.min(firstNs, beginNs);
    }

    private void makeLevels(int level) {
        while (levels <= level) {
            tops[levels] = new int[slots(levels)];
            occupied[levels] = new long[slots(levels) >> 6];
            levels++;
        }
    }

    // ---- the next one

    /**
     * The time of the earliest event, or a time before it and after {@code nowNs}; {@link PendingEvents#NONE} if there is
     * none. So where it is not after {@code nowNs} it is exact.
     */
    long nextNs(long nowNs) {
        if (headNs > nowNs) {
            return headNs;
        }
        while (batch.isEmpty() && firstNs <= nowNs && firstNs != PendingEvents.NONE) {
            open();
            findHead();
        }
        return headNs;
    }

    /** Of the earliest event, which is due: whose it is. */
    long nextWhose() {
        return headWhose;
    }

    /** Of the earliest event, which is due: what it is. */
    long nextWhat() {
        return headWhat;
    }

    /** Takes out the earliest event, which is due. */
    void remove() {
        size--;
        if (isHeadLate) {
            late.remove();
        } else {
            batch.remove();
        }
        findHead();
    }

    private void findHead() {
        if (batch.isEmpty()) {
            headNs = firstNs;
        } else {
            headNs = batch.nextNs();
            headWhose = batch.whose(batch.next());
            headWhat = batch.nextWhat();
        }
        isHeadLate = late.size() > 0 && isLateFirst();
        if (isHeadLate) {
            headNs = late.nextNs();
            headWhose = late.nextWhose();
            headWhat = late.nextWhat();
        }
    }

    private boolean isLateFirst() {
        if (batch.isEmpty() || late.nextNs() != headNs) {
            return late.nextNs() <= headNs;
        }
        return EventRecord.before(late.nextWhose(), late.nextWhat(), headWhose, headWhat);
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

    private void open() {
        batch.begin(firstNs);
        long endNs = firstNs + ((long) OPENED_SLOTS << SLOT_SHIFT);
        int level = findFirst();
        while (level >= 0 && firstNs < endNs && batch.size() < GATHERED) {
            if (level == 0) {
                gatherSlots(Math.min(endNs, upperNs));
            } else {
                int top = take(level);
                base = Math.max(base, firstNs >> SLOT_SHIFT);
                findBegin(level);
                fileAgain(top);
            }
            level = findFirst();
        }
    }

    /** Empties slots of the first level into the batch, from its first on and up to a time, until there are enough. */
    private void gatherSlots(long limitNs) {
        do {
            int top = take(0);
            base = (firstNs >> SLOT_SHIFT) + 1;
            findBegin(0);
            firstNs = beginsNs[0];
            gather(top);
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

    /** Empties the slot of a level that begins at {@link #firstNs}. */
    private int take(int level) {
        int slot = (int) (firstNs >> shift(level)) & (slots(level) - 1);
        int top = tops[level][slot];
        tops[level][slot] = EventChunks.EMPTY;
        occupied[level][slot >> 6] &= ~(1L << slot);
        return top;
    }

    private void gather(int stack) {
        int first = batch.size();
        int top = stack;
        while (top != EventChunks.EMPTY && batch.size() - first <= EventChunks.RECORDS) {
            batch.addInOrder(first, chunks.piece(top), EventChunks.firstRecord(top), EventChunks.records(top));
            top = chunks.dropChunk(top);
        }
        if (top != EventChunks.EMPTY) {
            gatherMany(top, first);
        }
    }

    private void gatherMany(int stack, int first) {
        int from = batch.size();
        int top = stack;
        while (top != EventChunks.EMPTY) {
            batch.addLastFirst(chunks.piece(top), EventChunks.firstRecord(top), EventChunks.records(top));
            top = chunks.dropChunk(top);
        }
        batch.reverseFrom(from);
        batch.sortFrom(first);
    }

    private void fileAgain(int stack) {
        int top = stack;
        while (top != EventChunks.EMPTY) {
            long[] piece = chunks.piece(top);
            int at = chunks.record(top);
            long timeNs = piece[at + EventRecord.TIME];
            long whose = piece[at + EventRecord.WHOSE];
            long what = piece[at + EventRecord.WHAT];
            top = chunks.drop(top);
            file(timeNs, whose, what);
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
            keepOrForward(batch.nextNs(), batch.whose(batch.next()), batch.nextWhat());
            batch.remove();
        }
        for (int level = 0; level < levels; level++) {
            for (int slot = 0; slot < slots(level); slot++) {
                if (isAnyDeparted(tops[level][slot])) {
                    sift(level, slot);
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
        for (int top = stack; top != EventChunks.EMPTY; top = chunks.below(top)) {
            long whose = chunks.piece(top)[chunks.record(top) + EventRecord.WHOSE];
            if (agenda.departed(EventRecord.bucket(whose)) != null) {
                return true;
            }
        }
        return false;
    }

    private void sift(int level, int slot) {
        int top = tops[level][slot];
        tops[level][slot] = EventChunks.EMPTY;
        occupied[level][slot >> 6] &= ~(1L << slot);
        while (top != EventChunks.EMPTY) {
            long[] piece = chunks.piece(top);
            int at = chunks.record(top);
            long timeNs = piece[at + EventRecord.TIME];
            long whose = piece[at + EventRecord.WHOSE];
            long what = piece[at + EventRecord.WHAT];
            top = chunks.drop(top);
            // Filed anew it may come to lie lower, as the base has moved on.
            keepOrForward(timeNs, whose, what);
        }
    }
}
