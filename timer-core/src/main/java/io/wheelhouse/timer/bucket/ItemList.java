package io.wheelhouse.timer.bucket;

/** Operations on a list of items through their links, where its two ends are all that its holder keeps. */
final class ItemList {
    private ItemList() {}

    /** The item before another in a list that holds it; {@link QueueDiscipline#NONE} for the first. Costs O(length). */
    static int before(WorkItems items, int first, int item) {
        int before = QueueDiscipline.NONE;
        for (int at = first; at != item; at = items.next(at)) {
            assert at != QueueDiscipline.NONE : "item " + item + " does not wait here";
            before = at;
        }
        return before;
    }
}
