package io.wheelhouse.timer.bucket;

import java.util.Arrays;

/**
 * Start-time fair queueing: of the connections that have work, the one is served that has got least so far. While two
 * want the processor, neither gets more of it than the other by more than the largest item of each; no quantum comes in.
 *
 * <p>Each connection's next item has a start tag, in nanoseconds of virtual time: the tag of its item before plus that
 * item's service time or, if it had none waiting, the virtual time if that is later. The item with the lowest tag is
 * served next, the longest waiting first among equals, and its tag is the virtual time. So a connection that comes back
 * has no credit from its absence, and one that used much and went away still has that held against it until the others
 * have caught up. When nothing waits at all, everything is forgiven.
 *
 * <p>Structure: a slot for each connection with items or a tag ahead of virtual time, found through a hash map, with a
 * list of items through their links; the slots form a binary heap by (tag, order of becoming next). All of it is made
 * when first needed and grows by half its size with the number of such connections; nothing is allocated otherwise.
 *
 * <p>Cost: O(log connections) an item, amortised. Virtual time begins anew whenever nothing waits, and advances no faster
 * than time does, so tags do not overflow. Used by the owner alone.
 *
 * <p>Source: Goyal, Vin and Cheng, Start-time Fair Queuing: A Scheduling Algorithm for Integrated Services Packet
 * Switching Networks, SIGCOMM 1996 (the bound is its theorem 1); for processor time, whose use is known only afterwards,
 * Goyal, Guo and Vin, A Hierarchical CPU Scheduler for Multimedia Operating Systems, OSDI 1996.
 */
public final class SfqDiscipline implements QueueDiscipline {
    private static final int NO_SLOT = ConnectionItems.NO_SLOT;
    private static final int[] NO_INTS = {};
    private static final long[] NO_LONGS = {};

    private final ConnectionItems waiting;

    // by slot
    private int[] places = NO_INTS;
    private long[] tagsNs = NO_LONGS;
    private long[] turns = NO_LONGS;

    private int[] heap = NO_INTS;
    private int heapSize;
    private long virtualNs;
    private long nextTurn;
    private int inService = NO_SLOT;
    private int size;

    /**
     * @param items the pool that the items are numbers of
     */
    public SfqDiscipline(WorkItems items) {
        waiting = new ConnectionItems(items);
    }

    @Override
    public boolean passesLone() {
        return true;
    }

    @Override
    public void enqueue(int item, int connection) {
        int slot = slotOf(connection);
        boolean isNext = waiting.isEmpty(slot);
        waiting.append(slot, item);
        if (isNext && slot != inService) {
            becomeNext(slot, Math.max(virtualNs, tagsNs[slot]));
        }
        size++;
    }

    @Override
    public int dequeue() {
        assert inService == NO_SLOT : "the item dequeued before has not been charged for";
        if (size == 0) {
            return NONE;
        }
        while (waiting.isEmpty(heap[0])) {
            // Virtual time passes the tag of a connection that has nothing: nothing is held against it any more.
            int slot = heap[0];
            takeFirst();
            waiting.freeSlot(slot);
        }
        int slot = heap[0];
        virtualNs = tagsNs[slot];
        int item = waiting.removeFirst(slot);
        size--;
        inService = slot;
        return item;
    }

    @Override
    public void charge(int connection, long serviceNs) {
        int slot = inService;
        assert slot != NO_SLOT && waiting.connection(slot) == connection && serviceNs >= 0
                : "connection " + connection + " charged " + serviceNs + " ns, slot in service " + slot;
        inService = NO_SLOT;
        if (size == 0) {
            forgiveAll();
        } else {
            becomeNext(slot, virtualNs + serviceNs);
        }
    }

    @Override
    public void remove(int item, int connection) {
        waiting.remove(slotOf(connection), item);
        size--;
        if (size == 0 && inService == NO_SLOT) {
            forgiveAll();
        }
    }

    private void forgiveAll() {
        while (heapSize > 0) {
            waiting.freeSlot(heap[--heapSize]);
        }
        virtualNs = 0;
        nextTurn = 0;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void forEach(ItemVisitor visitor) {
        for (int place = 0; place < heapSize; place++) {
            waiting.forEach(heap[place], visitor);
        }
    }

    /** Connections that have items or a tag ahead of virtual time. */
    int slotsInUse() {
        return heapSize;
    }

    // ---- heap -----------------------------------------------------------------------------------------------------

    /** Gives the connection's next item its tag, which is no earlier than the one before. */
    private void becomeNext(int slot, long tagNs) {
        assert tagNs >= tagsNs[slot] : "tag " + tagNs + " ns after " + tagsNs[slot] + " ns";
        tagsNs[slot] = tagNs;
        turns[slot] = nextTurn++;
        siftDown(places[slot], slot);
    }

    private void takeFirst() {
        int last = heap[--heapSize];
        if (heapSize > 0) {
            siftDown(0, last);
        }
    }

    private void siftUp(int start, int slot) {
        int place = start;
        while (place > 0) {
            int parent = (place - 1) >> 1;
            if (!before(slot, heap[parent])) {
                break;
            }
            put(place, heap[parent]);
            place = parent;
        }
        put(place, slot);
    }

    private void siftDown(int start, int slot) {
        int place = start;
        while (true) {
            int child = 2 * place + 1;
            if (child >= heapSize) {
                break;
            }
            if (child + 1 < heapSize && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (before(slot, heap[child])) {
                break;
            }
            put(place, heap[child]);
            place = child;
        }
        put(place, slot);
    }

    private boolean before(int slot, int other) {
        return tagsNs[slot] != tagsNs[other] ? tagsNs[slot] < tagsNs[other] : turns[slot] < turns[other];
    }

    private void put(int place, int slot) {
        heap[place] = slot;
        places[slot] = place;
    }

    // ---- slots ----------------------------------------------------------------------------------------------------

    private int slotOf(int connection) {
        int slot = waiting.slotOf(connection);
        if (slot == NO_SLOT) {
            slot = waiting.takeSlot(connection);
            if (slot >= heap.length) {
                grow();
            }
            tagsNs[slot] = virtualNs;
            turns[slot] = nextTurn++;
            siftUp(heapSize++, slot);
        }
        return slot;
    }

    private void grow() {
        int capacity = waiting.capacity();
        places = Arrays.copyOf(places, capacity);
        tagsNs = Arrays.copyOf(tagsNs, capacity);
        turns = Arrays.copyOf(turns, capacity);
        heap = Arrays.copyOf(heap, capacity);
    }
}
