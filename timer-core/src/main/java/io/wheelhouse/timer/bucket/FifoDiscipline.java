package io.wheelhouse.timer.bucket;

/**
 * First come, first served, whichever connection it is: a connection that offers more than its part gets more than its
 * part.
 *
 * <p>A list through the links of the items, so it holds nothing of its own and its length is bounded by the items that
 * wait. Each operation costs O(1), but for {@link #remove}, which costs O(items before it). Used by the owner alone.
 */
public final class FifoDiscipline implements QueueDiscipline {
    private final WorkItems items;
    private int first = NONE;
    private int last = NONE;
    private int size;

    /**
     * @param items the pool that the items are numbers of
     */
    public FifoDiscipline(WorkItems items) {
        this.items = items;
    }

    @Override
    public boolean passesLone() {
        return true;
    }

    @Override
    public void enqueue(int item, int connection) {
        items.next(item, NONE);
        if (first == NONE) {
            first = item;
        } else {
            items.next(last, item);
        }
        last = item;
        size++;
    }

    @Override
    public int dequeue() {
        int item = first;
        if (item != NONE) {
            first = items.next(item);
            size--;
        }
        return item;
    }

    @Override
    public int peek(int after) {
        return after == NONE ? first : items.next(after);
    }

    @Override
    public void charge(int connection, long serviceNs) {
        assert serviceNs >= 0 : "connection " + connection + " charged " + serviceNs + " ns";
    }

    @Override
    public void remove(int item, int connection) {
        int before = ItemList.before(items, first, item);
        if (before == NONE) {
            first = items.next(item);
        } else {
            items.next(before, items.next(item));
        }
        if (item == last) {
            last = before;
        }
        size--;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void forEach(ItemVisitor visitor) {
        for (int item = first; item != NONE; item = items.next(item)) {
            visitor.item(item);
        }
    }
}
