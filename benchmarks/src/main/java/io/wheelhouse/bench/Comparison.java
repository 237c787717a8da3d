package io.wheelhouse.bench;

import io.wheelhouse.bench.ChildProcess.Failure;
import io.wheelhouse.bench.structure.Contender;
import io.wheelhouse.bench.work.Size;
import io.wheelhouse.bench.work.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Measures all structures, interleaved: for each workload one process a structure and one for the yardstick; at each size
 * all of them set up, then in each round every one in turn, beginning with another each time. One measures at a time, and
 * nothing else is done meanwhile.
 */
final class Comparison {
    private static final long NS_OF_MS = 1_000_000;

    /** Up to this many timers the smaller heap will do. */
    private static final int TIMERS_OF_SMALL_HEAP = 2_000_000;

    /** Above this many a round is longer: what the other processes left in the caches has to go first, some 10 ms. */
    private static final int TIMERS_IN_CACHE = 100_000;

    private static final int LONGER_ROUNDS = 3;

    private static final int SMALL_HEAP_MIB = 2_048;
    private static final int LARGE_HEAP_MIB = 5_120;

    private final Options options;
    private final Consumer<String> progress;

    Comparison(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Measures all that is asked for; each cell is reported as soon as it is done. */
    void run(BiConsumer<Cell, List<Rounds>> report) {
        for (Workload workload : options.workloads()) {
            List<Size> sizes = options.sizes(workload);
            Map<String, ChildProcess> children = start(workload, sizes);
            try {
                boolean cold = true;
                for (Size size : sizes) {
                    Cell cell = new Cell(workload, size);
                    report.accept(cell, measure(cell, children, cold));
                    cold = false;
                }
            } finally {
                children.values().forEach(ChildProcess::close);
            }
        }
    }

    private Map<String, ChildProcess> start(Workload workload, List<Size> sizes) {
        int most = sizes.stream().mapToInt(Size::timers).max().orElse(0);
        int heapMiB = most <= TIMERS_OF_SMALL_HEAP ? SMALL_HEAP_MIB : LARGE_HEAP_MIB;
        Map<String, ChildProcess> children = new LinkedHashMap<>();
        for (Contender contender : options.contenders()) {
            if (sizes.stream().anyMatch(size -> workload.suits(contender, size))) {
                children.put(contender.key(), new ChildProcess(contender.key(), workload, heapMiB));
            }
        }
        children.put(Child.YARDSTICK, new ChildProcess(Child.YARDSTICK, workload, heapMiB));
        return children;
    }

    private List<Rounds> measure(Cell cell, Map<String, ChildProcess> children, boolean cold) {
        List<Rounds> all = new ArrayList<>();
        for (String structure : children.keySet()) {
            if (structure.equals(Child.YARDSTICK) || cell.workload().suits(Contender.ofKey(structure), cell.size())) {
                all.add(new Rounds(structure));
            }
        }
        long warmNs = (cold ? options.warmMs() : options.roundMs()) * NS_OF_MS;
        progress.accept(cell.workload().key() + " " + cell.size().label() + ": setting up");
        long settleNs = options.settleMs() * NS_OF_MS;
        // As many at a time as the machine has processors: nothing is measured yet.
        all.parallelStream()
                .forEach(rounds -> attempt(children, rounds, child -> child.setup(cell.size(), warmNs, settleNs)));
        long roundNs = options.roundMs() * NS_OF_MS * (isOutOfCache(cell) ? LONGER_ROUNDS : 1);
        for (int round = 0; round < options.rounds(); round++) {
            progress.accept(cell.workload().key() + " " + cell.size().label() + ": round " + (round + 1));
            for (int turn = 0; turn < all.size(); turn++) {
                Rounds rounds = all.get((round + turn) % all.size());
                attempt(children, rounds, child -> rounds.add(child.round(roundNs, options.budgetMs() * NS_OF_MS)));
            }
        }
        for (Rounds rounds : all) {
            attempt(children, rounds, child -> rounds.setBytesOfTimer(child.drop()));
        }
        return all;
    }

    /** Not so for empty ticks, which look at no timer; and it takes long to arm all for each. */
    private static boolean isOutOfCache(Cell cell) {
        return cell.size().timers() > TIMERS_IN_CACHE && cell.workload() != Workload.EMPTY_TICK;
    }

    private static void attempt(Map<String, ChildProcess> children, Rounds rounds, Consumer<ChildProcess> step) {
        ChildProcess child = children.get(rounds.structure());
        if (child == null || rounds.hasFailed()) {
            return;
        }
        try {
            step.accept(child);
        } catch (Failure failure) {
            rounds.fail(String.valueOf(failure.getMessage()));
        }
    }
}
