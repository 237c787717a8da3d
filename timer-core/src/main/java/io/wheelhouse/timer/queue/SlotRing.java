package io.wheelhouse.timer.queue;

import java.util.Arrays;

/**
 * One level of a wheel: for each slot the first timer of its list, and a bitmap of the slots that hold any, so that a
 * search skips 64 empty slots at a time.
 */
final class SlotRing {
    private final int[] heads;
    private final long[] occupied;
    private int occupiedSlots;

    /** @param slots a power of two */
    SlotRing(int slots) {
        heads = new int[slots];
        Arrays.fill(heads, QueueBase.NIL);
        occupied = new long[(slots + Long.SIZE - 1) / Long.SIZE];
    }

    int slots() {
        return heads.length;
    }

    boolean isEmpty() {
        return occupiedSlots == 0;
    }

    /** The first timer of the slot's list, or NIL. */
    int head(int slot) {
        return heads[slot];
    }

    void setHead(int slot, int timer) {
        int old = heads[slot];
        heads[slot] = timer;
        if ((old == QueueBase.NIL) != (timer == QueueBase.NIL)) {
            occupied[slot / Long.SIZE] ^= 1L << slot;
            occupiedSlots += timer == QueueBase.NIL ? -1 : 1;
        }
    }

    /** The first occupied slot from this one upward, or NIL. */
    int firstFrom(int slot) {
        int word = slot / Long.SIZE;
        if (word >= occupied.length) {
            return QueueBase.NIL;
        }
        long bits = occupied[word] & (-1L << slot);
        while (bits == 0) {
            word++;
            if (word == occupied.length) {
                return QueueBase.NIL;
            }
            bits = occupied[word];
        }
        return word * Long.SIZE + Long.numberOfTrailingZeros(bits);
    }

    /** How many slots ahead, around the ring, the first occupied one lies; the ring is not empty. */
    int distanceFrom(int slot) {
        int found = firstFrom(slot);
        return found == QueueBase.NIL ? firstFrom(0) + heads.length - slot : found - slot;
    }

    void checkBitmap() {
        int count = 0;
        for (int slot = 0; slot < heads.length; slot++) {
            boolean bit = (occupied[slot / Long.SIZE] >>> slot & 1) != 0;
            boolean held = heads[slot] != QueueBase.NIL;
            QueueBase.ensure(bit == held, "bit of slot " + slot, bit ? 1 : 0, held ? 1 : 0);
            count += held ? 1 : 0;
        }
        QueueBase.ensure(count == occupiedSlots, "occupied slots", occupiedSlots, count);
    }
}
