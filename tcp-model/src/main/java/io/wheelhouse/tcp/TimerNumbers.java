package io.wheelhouse.tcp;

/**
 * The numbers by which a queue of a bucket knows the entries of TCP timers. A number is taken when an entry comes into
 * the queue and given back when it has been served or cancelled, so that a connection costs the queue what its pending
 * entries cost, and not what its timers might.
 *
 * <p>Thread: the bucket's owner. Cost: O(1); four bytes a number.
 */
final class TimerNumbers {
    /** No number: the entry is not in the queue. */
    static final int NONE = IntRows.NONE;

    private final NumberedRows owners;

    TimerNumbers(RowArena.NumberKind kind, AtHand at) {
        owners = new NumberedRows(kind, at);
    }

    int take(int connection, int entry) {
        int number = owners.take();
        owners.set(number, connection * TimerSlot.COUNT + entry);
        return number;
    }

    void release(int number) {
        owners.release(number);
    }

    int connection(int number) {
        return owners.get(number) / TimerSlot.COUNT;
    }

    /** The same of a number whose bucket need not be at hand. */
    static int connection(int[] numbers, int number) {
        return NumberedRows.get(numbers, number) / TimerSlot.COUNT;
    }

    int entry(int number) {
        return owners.get(number) % TimerSlot.COUNT;
    }

    /** Numbers in use: entries in the queue, or expired and waiting to be served. */
    int taken() {
        return owners.taken();
    }
}
