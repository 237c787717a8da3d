package io.wheelhouse.timer.bucket;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

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
        int item = items.token(connection, 0);
        costsNs[item] = costNs;
        discipline.enqueue(item, connection);
        return item;
    }

    void remove(int item) {
        discipline.remove(item, items.connection(item));
        items.release(item);
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

    /**
     * The most by which one of some connections that always have work got more than another between any two instants.
     *
     * @param largestNs no item costs more
     */
    static long largestGapNs(int connections, int largestNs, long seed, Maker maker) {
        Random random = new Random(seed);
        DisciplineBench bench = new DisciplineBench(connections, maker);
        int[] largestOf = new int[connections];
        for (int connection = 0; connection < connections; connection++) {
            largestOf[connection] = 1 + random.nextInt(largestNs);
            bench.offer(connection, largestOf[connection]);
            bench.offer(connection, largestOf[connection]);
        }
        long[][] history = new long[400][];
        for (int step = 0; step < history.length; step++) {
            history[step] = bench.servedNs.clone();
            bench.serve();
            int connection = bench.items.connection(bench.servedItems.get(step));
            bench.offer(connection, 1 + random.nextInt(largestOf[connection]));
        }
        return largestGapNs(history);
    }

    private static long largestGapNs(long[][] history) {
        long largest = 0;
        for (int one = 0; one < history[0].length; one++) {
            for (int other = 0; other < history[0].length; other++) {
                long lowest = Long.MAX_VALUE;
                for (long[] served : history) {
                    long lead = served[one] - served[other];
                    lowest = Math.min(lowest, lead);
                    largest = Math.max(largest, lead - lowest);
                }
            }
        }
        return largest;
    }
}
