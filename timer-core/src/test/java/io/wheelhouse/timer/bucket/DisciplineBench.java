package io.wheelhouse.timer.bucket;

import java.util.ArrayList;
import java.util.List;

/**
 * Drives a discipline by hand, with items of known cost: a server of capacity 1 that serves one item at a time. Keeps
 * what each connection was served, in order.
 */
final class DisciplineBench {
    final WorkItems items = new WorkItems();
    final QueueDiscipline discipline;
    final List<Integer> servedItems = new ArrayList<>();
    final long[] servedNs;
    private final long[] costsNs = new long[1 << 16];

    interface Maker {
        QueueDiscipline over(WorkItems items);
    }

    DisciplineBench(int connections, Maker maker) {
        discipline = maker.over(items);
        servedNs = new long[connections];
    }

    int offer(int connection, long costNs) {
        int item = items.newItem(connection);
        costsNs[item] = costNs;
        discipline.enqueue(item, connection);
        return item;
    }

    /** Serves one item; the time it took, or -1 if nothing waits. */
    long serve() {
        int item = discipline.dequeue();
        if (item == QueueDiscipline.NONE) {
            return -1;
        }
        int connection = items.connection(item);
        long costNs = costsNs[item];
        servedItems.add(item);
        servedNs[connection] += costNs;
        items.release(item);
        discipline.charge(connection, costNs);
        return costNs;
    }
}
