package io.wheelhouse.tcp;

/**
 * Data that arrived out of order: for each end that has some, up to {@value #RANGES_MAX} ranges of sequence numbers in
 * order, neither touching nor overlapping. A FIN counts as one number at its place. Rows are made on demand and given
 * back when the gaps are filled. What would need one range more is refused.
 */
final class Reassembly {
    static final int RANGES_MAX = 32;
    static final int NONE = IntRows.NONE;

    private static final int COUNT = 0;
    private static final int FIN_AT = 1;
    private static final int STAMP = 2;
    private static final int FIRST = 3;
    private static final int RANGE_INTS = 3;
    private static final int INTS = FIRST + RANGE_INTS * RANGES_MAX;
    private static final int ROWS_A_PIECE = 2;

    private final PooledRows rows;

    Reassembly(AtHand at) {
        rows = new PooledRows(RowKind.REASSEMBLY, INTS, ROWS_A_PIECE, at);
    }

    int take() {
        return rows.take();
    }

    void release(int row) {
        rows.release(row);
    }

    int count(int row) {
        return rows.get(row, COUNT) & 0xFF;
    }

    /** Whether the peer's FIN is among the numbers held. */
    boolean hasFin(int row) {
        return rows.get(row, COUNT) > 0xFF;
    }

    /** The FIN's sequence number, if it is held. */
    int finAt(int row) {
        return rows.get(row, FIN_AT);
    }

    void fin(int row, int seq) {
        rows.set(row, COUNT, count(row) | 0x100);
        rows.set(row, FIN_AT, seq);
    }

    int from(int row, int range) {
        return rows.get(row, FIRST + RANGE_INTS * range);
    }

    int to(int row, int range) {
        return rows.get(row, FIRST + RANGE_INTS * range + 1);
    }

    /** When a range changed last, as a number that grows. */
    private int stamp(int row, int range) {
        return rows.get(row, FIRST + RANGE_INTS * range + 2);
    }

    private void put(int row, int range, int from, int to, int stamp) {
        int at = FIRST + RANGE_INTS * range;
        rows.set(row, at, from);
        rows.set(row, at + 1, to);
        rows.set(row, at + 2, stamp);
    }

    private int nextStamp(int row) {
        int stamp = rows.get(row, STAMP) + 1;
        rows.set(row, STAMP, stamp);
        return stamp;
    }

    private void count(int row, int ranges) {
        rows.set(row, COUNT, (rows.get(row, COUNT) & 0x100) | ranges);
    }

    /**
     * Adds the numbers [from, to), which lie beyond RCV.NXT and within the window. What they are added to has changed, even
     * if it held them already.
     *
     * @return whether there was room; if not, nothing has changed
     */
    boolean add(int row, int from, int to) {
        assert Sequence.lessThan(from, to) : from + " to " + to;
        int ranges = count(row);
        int first = 0;
        while (first < ranges && Sequence.lessThan(to(row, first), from)) {
            first++;
        }
        int past = first;
        int newFrom = from;
        int newTo = to;
        while (past < ranges && Sequence.atMost(from(row, past), to)) {
            newFrom = Sequence.lessThan(from(row, past), newFrom) ? from(row, past) : newFrom;
            newTo = Sequence.greaterThan(to(row, past), newTo) ? to(row, past) : newTo;
            past++;
        }
        int merged = past - first;
        if (merged == 0 && ranges == RANGES_MAX) {
            return false;
        }
        shift(row, past, first + 1, ranges);
        put(row, first, newFrom, newTo, nextStamp(row));
        count(row, ranges - merged + 1);
        return true;
    }

    /**
     * Takes out the first range if it begins at or before a number.
     *
     * @return the end of what is then in order: {@code next}, or where the range ends if that is later
     */
    int absorb(int row, int next) {
        int ranges = count(row);
        if (ranges == 0 || Sequence.greaterThan(from(row, 0), next)) {
            return next;
        }
        int to = to(row, 0);
        shift(row, 1, 0, ranges);
        count(row, ranges - 1);
        return absorb(row, Sequence.greaterThan(to, next) ? to : next);
    }

    private void shift(int row, int source, int target, int ranges) {
        if (source < target) {
            for (int range = ranges - 1; range >= source; range--) {
                put(row, range + target - source, from(row, range), to(row, range), stamp(row, range));
            }
        } else {
            for (int range = source; range < ranges; range++) {
                put(row, range + target - source, from(row, range), to(row, range), stamp(row, range));
            }
        }
    }

    /**
     * Adds the ranges held to the blocks of a SACK option: the one that changed last first (RFC 2018, section 4).
     *
     * @param withFin whether a FIN's number belongs to its block, which is one of data
     */
    void report(int row, int blocksMax, boolean withFin, SackBlocks into) {
        int newest = Integer.MAX_VALUE;
        while (into.count() < blocksMax) {
            int range = lastBefore(row, newest);
            if (range < 0) {
                return;
            }
            int past = withFin || !hasFin(row) || to(row, range) != finAt(row) + 1 ? to(row, range) : finAt(row);
            if (past != from(row, range)) {
                into.add(from(row, range), past);
            }
            newest = stamp(row, range);
        }
    }

    /** The range that changed last of those that did before a stamp, or -1. */
    private int lastBefore(int row, int stamp) {
        int last = -1;
        for (int range = 0; range < count(row); range++) {
            if (stamp(row, range) < stamp && (last < 0 || stamp(row, range) > stamp(row, last))) {
                last = range;
            }
        }
        return last;
    }

    void trim() {
        rows.trim();
    }

    /** Rows in use. */
    int taken() {
        return rows.taken();
    }
}
