package io.wheelhouse.timer.bucket;

/**
 * How a bucket's waiting packets and callbacks share the processor among the bucket's connections, so that none uses an
 * excessive amount of its time.
 *
 * <p>Items are numbers of a {@link WorkItems} pool. Items of one connection always leave in the order in which they came
 * in: a discipline chooses among connections. The service time of an item is known only after it has been served, and is
 * then charged to its connection.
 *
 * <p>The same disciplines order the buckets of a {@link RunQueue}; there each bucket stands where a connection does here.
 */
public interface QueueDiscipline {

    /** What {@link #dequeue} answers when nothing waits. */
    int NONE = -1;

    /**
     * Whether one more packet of a connection may join what waits; where not, it is dropped. Asked once for each packet
     * that may be dropped, before it is enqueued. Timer callbacks are never asked for: no timer is lost.
     */
    default boolean admits(int connection) {
        return true;
    }

    /**
     * Whether it admits every packet, and an item that comes when nothing waits, and is served and charged for before the next
     * one comes, leaves no trace in it. Then such an item may as well go past it.
     */
    default boolean passesLone() {
        return false;
    }

    /** Adds an item behind the others of its connection. */
    void enqueue(int item, int connection);

    /** Takes out the item to serve next, or {@link #NONE}. */
    int dequeue();

    /**
     * The item that will be dequeued right after another one, or first after {@link #NONE}, if nothing else comes in or
     * leaves; {@link #NONE} if there is none, or the discipline does not know it yet.
     */
    default int peek(int after) {
        return NONE;
    }

    /** Tells what the item last dequeued cost: its connection and its service time, not negative. */
    void charge(int connection, long serviceNs);

    /** Takes out an item that waits, wherever it stands; nothing is charged for it. */
    void remove(int item, int connection);

    /** How many items wait. */
    int size();

    /** Calls the visitor for each waiting item, in an order that depends on the calls made so far alone. */
    void forEach(ItemVisitor visitor);

    /** Receives waiting items. */
    @FunctionalInterface
    interface ItemVisitor {
        void item(int item);
    }
}
