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

    private static final int OWNER = 0;
    private static final int PIECE_SHIFT = 6;

    private NumberedRows owners;

    TimerNumbers(NumberedRows owners) {
        this.owners = owners;
    }

    static NumberedRows newRows() {
        return new NumberedRows(1, PIECE_SHIFT);
    }

    void bind(NumberedRows bucketOwners) {
        owners = bucketOwners;
    }

    int take(int connection, int entry) {
        int number = owners.takeAnyhow();
        owners.set(number, OWNER, connection * TimerSlot.COUNT + entry);
        return number;
    }

    void release(int number) {
        owners.release(number);
    }

    int connection(int number) {
        return connection(owners, number);
    }

    static int connection(NumberedRows bucketOwners, int number) {
        return bucketOwners.get(number, OWNER) / TimerSlot.COUNT;
    }

    int entry(int number) {
        return owners.get(number, OWNER) % TimerSlot.COUNT;
    }

    /** Numbers in use: entries in the queue, or expired and waiting to be served. */
    int taken() {
        return owners.taken();
    }
}
