package io.wheelhouse.timer.bucket;

import java.util.Arrays;

/**
 * Deficit round robin: the connections that have work take turns, and each turn is worth a quantum of the processor's
 * time. While several want the processor, none gets more of it than another by more than a quantum and two of the
 * largest items, whatever the number and size of what they offer.
 *
 * <p>An item's service time is known only after it has been served, so credit is checked before and charged after: a
 * turn adds the quantum, serves while the credit is above zero, and ends with a debt of less than one item, which the
 * next turn starts from. A connection that runs out of items loses what credit it has left but keeps its debt: it goes
 * on taking turns, without being served, until the debt is repaid. Otherwise one that offers a single large item at a
 * time would be billed for none of them. When nothing at all waits, every debt is forgiven.
 *
 * <p>Structure: a slot for each connection with items or debt, found through a hash map, with a list of items through
 * their links; the slots form a ring, whose head has the turn. All of it is made when first needed and grows by half its
 * size with the number of such connections; nothing is allocated otherwise.
 *
 * <p>Cost: O(1 + service time / quantum) an item, amortised; so the quantum should be no smaller than a usual item. One
 * {@code dequeue} goes round the ring three times at most: rounds in which nobody could be served are skipped at once.
 * Used by the bucket's owner alone.
 *
 * <p>Source: Shreedhar and Varghese, Efficient Fair Queueing Using Deficit Round Robin, SIGCOMM 1995; charging
 * afterwards is the surplus variant of Adiseshu, Parulkar and Varghese, A Reliable and Scalable Striping Protocol,
 * SIGCOMM 1996.
 */
public final class DrrDiscipline implements QueueDiscipline {
    private static final int NO_SLOT = ConnectionItems.NO_SLOT;
    private static final int[] NO_INTS = {};
    private static final long[] NO_LONGS = {};

    private final ConnectionItems waiting;
    private final long quantumNs;

    // by slot
    private int[] following = NO_INTS;
    private long[] creditsNs = NO_LONGS;

    private int head = NO_SLOT;
    private int tail = NO_SLOT;
    private int ringSize;
    private boolean turnStarted;
    private boolean inService;
    private int size;

    /**
     * @param items the pool that the items are numbers of
     * @param quantumNs the processor time of one turn, greater than 0
     */
    public DrrDiscipline(WorkItems items, long quantumNs) {
        if (quantumNs <= 0) {
            throw new IllegalArgumentException("quantum must be greater than 0: " + quantumNs + " ns");
        }
        waiting = new ConnectionItems(items);
        this.quantumNs = quantumNs;
    }

    @Override
    public boolean passesLone() {
        return true;
    }

    @Override
    public void enqueue(int item, int connection) {
        waiting.append(slotOf(connection), item);
        size++;
    }

    @Override
    public int dequeue() {
        assert !inService : "the item dequeued before has not been charged for";
        if (size == 0) {
            return NONE;
        }
        int round = ringSize;
        int idleTurns = 0;
        while (!headMayServe()) {
            endTurn();
            if (++idleTurns == round) {
                skipIdleRounds();
            }
        }
        int item = waiting.removeFirst(head);
        size--;
        inService = true;
        return item;
    }

    private boolean headMayServe() {
        if (!turnStarted) {
            turnStarted = true;
            creditsNs[head] += quantumNs;
        }
        return !waiting.isEmpty(head) && creditsNs[head] > 0;
    }

    private void endTurn() {
        turnStarted = false;
        int slot = head;
        head = following[slot];
        if (head == NO_SLOT) {
            tail = NO_SLOT;
        }
        if (waiting.isEmpty(slot) && creditsNs[slot] >= 0) {
            ringSize--;
            waiting.freeSlot(slot);
        } else {
            append(slot);
        }
    }

    /** Everybody with items is in debt: gives all of them as many turns at once as still leave nobody to serve. */
    private void skipIdleRounds() {
        long rounds = Long.MAX_VALUE;
        for (int slot = head; slot != NO_SLOT; slot = following[slot]) {
            if (!waiting.isEmpty(slot)) {
                rounds = Math.min(rounds, -creditsNs[slot] / quantumNs);
            }
        }
        for (int turns = ringSize; turns > 0; turns--) {
            creditsNs[head] += rounds * quantumNs;
            endTurn();
        }
    }

    @Override
    public void charge(int connection, long serviceNs) {
        assert inService && waiting.connection(head) == connection && serviceNs >= 0
                : "connection " + connection + " charged " + serviceNs + " ns, in service " + inService;
        inService = false;
        creditsNs[head] -= serviceNs;
        if (size == 0) {
            forgiveAll();
        } else if (waiting.isEmpty(head) || creditsNs[head] <= 0) {
            endTurn();
        }
    }

    private void forgiveAll() {
        while (head != NO_SLOT) {
            int slot = head;
            head = following[slot];
            waiting.freeSlot(slot);
        }
        tail = NO_SLOT;
        ringSize = 0;
        turnStarted = false;
    }

    @Override
    public void remove(int item, int connection) {
        int slot = slotOf(connection);
        waiting.remove(slot, item);
        size--;
        if (inService) {
            return;
        }
        if (size == 0) {
            forgiveAll();
        } else if (slot == head && turnStarted && waiting.isEmpty(slot)) {
            endTurn();
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void forEach(ItemVisitor visitor) {
        for (int slot = head; slot != NO_SLOT; slot = following[slot]) {
            waiting.forEach(slot, visitor);
        }
    }

    /** Connections that have items or debt. */
    int slotsInUse() {
        return ringSize;
    }

    // ---- slots ----------------------------------------------------------------------------------------------------

    private int slotOf(int connection) {
        int slot = waiting.slotOf(connection);
        if (slot == NO_SLOT) {
            slot = waiting.takeSlot(connection);
            if (slot >= following.length) {
                following = Arrays.copyOf(following, waiting.capacity());
                creditsNs = Arrays.copyOf(creditsNs, waiting.capacity());
            }
            creditsNs[slot] = 0;
            append(slot);
            ringSize++;
        }
        return slot;
    }

    private void append(int slot) {
        following[slot] = NO_SLOT;
        if (tail == NO_SLOT) {
            head = slot;
        } else {
            following[tail] = slot;
        }
        tail = slot;
    }
}
