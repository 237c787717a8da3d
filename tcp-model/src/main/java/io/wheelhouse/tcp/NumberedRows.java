package io.wheelhouse.tcp;

import java.util.Arrays;

/**
 * Numbers that show in what a run does, as those of connections and timers, with an int each: the one released last is
 * taken first. A flyweight over those of the bucket {@linkplain AtHand at hand}, which are one array in the {@link
 * RowArena}; a free number's int is the link of the free list. Nothing is given back. Taking and releasing cost O(1).
 */
final class NumberedRows {
    private static final int NONE = IntRows.NONE;

    private static final int USED = 0;
    private static final int FREE = 1;
    private static final int TAKEN = 2;
    private static final int FIRST = 3;
    private static final int FIRST_INTS = 12;
    private static final int MORE_INTS = 8;

    private final AtHand at;
    private final RowArena.NumberKind kind;
    private final int piece;

    NumberedRows(RowArena.NumberKind kind, AtHand at) {
        this.kind = kind;
        this.at = at;
        piece = kind.piece();
    }

    static int[] newPiece() {
        int[] ints = new int[FIRST_INTS];
        ints[FREE] = NONE;
        return ints;
    }

    private int[] ints() {
        return at.rows.pieces[piece];
    }

    /** Takes a number, whose int is to be set. */
    int take() {
        int[] ints = ints();
        ints[TAKEN]++;
        int number = ints[FREE];
        if (number != NONE) {
            ints[FREE] = ints[FIRST + number];
            return number;
        }
        number = ints[USED]++;
        if (FIRST + number == ints.length) {
            at.rows.pieces[piece] = Arrays.copyOf(ints, ints.length + Math.max(MORE_INTS, ints.length >> 2));
        }
        return number;
    }

    void release(int number) {
        int[] ints = ints();
        assert ints[TAKEN] > 0 : "more of " + kind + " released than taken: " + number;
        ints[TAKEN]--;
        ints[FIRST + number] = ints[FREE];
        ints[FREE] = number;
    }

    int get(int number) {
        return ints()[FIRST + number];
    }

    void set(int number, int value) {
        ints()[FIRST + number] = value;
    }

    /** Numbers in use. */
    int taken() {
        return taken(ints());
    }

    /** Every number ever used is below this. */
    int limit() {
        return ints()[USED];
    }

    // ---- of a bucket that need not be at hand

    static int taken(int[] numbers) {
        return numbers[TAKEN];
    }

    static int get(int[] numbers, int number) {
        return numbers[FIRST + number];
    }

    static boolean isKnown(int[] numbers, int number) {
        return number >= 0 && FIRST + number < numbers.length;
    }
}
