package io.wheelhouse.timer.bucket;

import io.wheelhouse.timer.bucket.QueueDiscipline.ItemVisitor;
import java.util.Arrays;
import org.agrona.collections.Int2IntHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What waits, by connection: a slot for each connection that a queue discipline has something to remember of, and in it
 * the connection's items in the order of their coming.
 *
 * <p>Structure: slots are numbers from 0, found by a map, their items linked in the pool. Grows with the number of such
 * connections; nothing is allocated otherwise. Each operation costs O(1), but for {@link #remove}, O(items of the slot).
 * Used by the bucket's owner alone.
 */
final class ConnectionItems {
    static final int NO_SLOT = -1;

    private static final int NONE = QueueDiscipline.NONE;
    private static final int FIRST_CAPACITY = 4;
    private static final int MAP_CAPACITY = 8;
    private static final float MAP_LOAD_FACTOR = 0.6f;
    private static final int[] NO_INTS = {};

    private final WorkItems items;

    private @Nullable Int2IntHashMap slots;
    private int[] connections = NO_INTS;
    private int[] firstItems = NO_INTS;
    // of a free slot: the next free one
    private int[] lastItems = NO_INTS;
    private int used;
    private int free = NO_SLOT;

    ConnectionItems(WorkItems items) {
        this.items = items;
    }

    /** The slot of a connection, or {@link #NO_SLOT}. */
    int slotOf(int connection) {
        return slots == null ? NO_SLOT : slots.get(connection);
    }

    /** Gives a connection that has none an empty slot. */
    int takeSlot(int connection) {
        if (slots == null) {
            slots = new Int2IntHashMap(MAP_CAPACITY, MAP_LOAD_FACTOR, NO_SLOT);
        }
        int slot = free;
        if (slot == NO_SLOT) {
            if (used == connections.length) {
                grow();
            }
            slot = used++;
        } else {
            free = lastItems[slot];
        }
        connections[slot] = connection;
        firstItems[slot] = NONE;
        slots.put(connection, slot);
        return slot;
    }

    private void grow() {
        int capacity = Math.max(FIRST_CAPACITY, used + (used >> 1));
        connections = Arrays.copyOf(connections, capacity);
        firstItems = Arrays.copyOf(firstItems, capacity);
        lastItems = Arrays.copyOf(lastItems, capacity);
    }

    /** Forgets the connection of an empty slot. */
    void freeSlot(int slot) {
        assert isEmpty(slot) : "connection " + connections[slot] + " has items";
        if (slots != null) {
            slots.remove(connections[slot]);
        }
        lastItems[slot] = free;
        free = slot;
    }

    /** Slots are numbers below this, which never shrinks. */
    int capacity() {
        return connections.length;
    }

    int connection(int slot) {
        return connections[slot];
    }

    boolean isEmpty(int slot) {
        return firstItems[slot] == NONE;
    }

    void append(int slot, int item) {
        items.next(item, NONE);
        if (isEmpty(slot)) {
            firstItems[slot] = item;
        } else {
            items.next(lastItems[slot], item);
        }
        lastItems[slot] = item;
    }

    int removeFirst(int slot) {
        int item = firstItems[slot];
        firstItems[slot] = items.next(item);
        return item;
    }

    void remove(int slot, int item) {
        int before = ItemList.before(items, firstItems[slot], item);
        if (before == NONE) {
            firstItems[slot] = items.next(item);
        } else {
            items.next(before, items.next(item));
        }
        if (item == lastItems[slot]) {
            lastItems[slot] = before;
        }
    }

    void forEach(int slot, ItemVisitor visitor) {
        for (int item = firstItems[slot]; item != NONE; item = items.next(item)) {
            visitor.item(item);
        }
    }
}
