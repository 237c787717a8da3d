package io.wheelhouse.timer.queue;

import java.util.Arrays;

/**
 * Blocks of {@value #TIMERS} timers with neighbouring numbers that are looked at once a period, whatever else is known of
 * their timers: which blocks these are, and whose turn it is.
 *
 * <pre>
 *   sector 0         sector 1         sector 2          a sector: 64 blocks, one word of bits
 *   [1101 … 0]       [0000 … 0]       [1111 … 1] …
 *                    ▲ hand: due at nextLookNs, the one behind it a step later, and so on around
 * </pre>
 *
 * The sectors take turns, evenly over the period, so no look finds the work of all. If looks are late, each sector is
 * looked at once, not once for each period missed. Watching a timer O(1), finding the next sector O(sectors).
 */
final class WatchedBlocks {
    static final int BLOCK_BITS = 6;
    static final int TIMERS = 1 << BLOCK_BITS;
    private static final int SECTOR_BITS = BLOCK_BITS + 6;
    private static final long[] NO_SECTORS = {};

    private final long periodNs;

    /** By sector: a bit for each block that is watched. */
    private long[] sectors = NO_SECTORS;

    /** How many sectors have a watched block. */
    private int watched;

    private int hand;
    private long nextLookNs;
    private long stepNs;

    /** @param periodNs no block waits longer for its next look, counted from the latest one that was due */
    WatchedBlocks(long periodNs) {
        this.periodNs = periodNs;
    }

    /** Forgets all blocks, and makes room for that many timers. */
    void clear(int timers) {
        int count = (int) (((long) timers + (1 << SECTOR_BITS) - 1) >> SECTOR_BITS);
        sectors = new long[count];
        stepNs = count == 0 ? periodNs : periodNs / count;
        watched = 0;
        hand = 0;
    }

    boolean isAny() {
        return watched > 0;
    }

    boolean isWatched(int timer) {
        return (sectors[timer >> SECTOR_BITS] >>> (timer >> BLOCK_BITS) & 1) != 0;
    }

    /** Watches the timer's block: it will be looked at within a period from now. */
    void watch(int timer, long nowNs) {
        if (watched == 0) {
            nextLookNs = nowNs + stepNs;
        }
        int sector = timer >> SECTOR_BITS;
        if (sectors[sector] == 0) {
            watched++;
        }
        sectors[sector] |= 1L << (timer >> BLOCK_BITS);
    }

    /** Gives the next sector with watched blocks whose look is due at that time, and takes it for looked at; or -1. */
    int pollDue(long nowNs) {
        long overdueNs = nowNs - nextLookNs;
        if (overdueNs >= sectors.length * stepNs) {
            nextLookNs = nowNs - (sectors.length - 1) * stepNs;
        }
        while (nextLookNs <= nowNs && watched > 0) {
            int sector = hand;
            hand = hand + 1 == sectors.length ? 0 : hand + 1;
            nextLookNs += stepNs;
            if (sectors[sector] != 0) {
                return sector;
            }
        }
        return ClockedQueue.NIL;
    }

    /** The watched blocks of a sector: a bit each. */
    long blocks(int sector) {
        return sectors[sector];
    }

    /** The first timer of a sector's block. */
    static int firstTimer(int sector, int block) {
        return (sector << SECTOR_BITS) + (block << BLOCK_BITS);
    }

    /** Says which blocks of a sector that has some go on being watched. */
    void keep(int sector, long blocks) {
        sectors[sector] = blocks;
        if (blocks == 0) {
            watched--;
        }
    }

    /** When the next look is due that finds a watched block; {@link TimerQueue#NONE} if none is watched. */
    long nextLookNs() {
        if (watched == 0) {
            return TimerQueue.NONE;
        }
        int steps = 0;
        int sector = hand;
        while (sectors[sector] == 0) {
            steps++;
            sector = sector + 1 == sectors.length ? 0 : sector + 1;
        }
        return nextLookNs + steps * stepNs;
    }

    /** When the look at a timer's block is due, if it is watched. */
    long lookNs(int timer) {
        int steps = (timer >> SECTOR_BITS) - hand;
        return nextLookNs + (steps < 0 ? steps + sectors.length : steps) * stepNs;
    }

    void check() {
        long count = Arrays.stream(sectors).filter(blocks -> blocks != 0).count();
        ClockedQueue.ensure(count == watched, "sectors with watched blocks", watched, count);
    }
}
