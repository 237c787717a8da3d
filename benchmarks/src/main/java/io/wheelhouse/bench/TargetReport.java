package io.wheelhouse.bench;

import io.wheelhouse.bench.structure.Contender;
import io.wheelhouse.bench.work.Workload;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What was aimed at, what came of it, and whether that is enough: the last table of a comparison. */
final class TargetReport {
    private static final String ROW = "%-48s %-14s %-26s %10s  %s%n";

    /** Of bytes an operation: what rounds to 0.0, as a growing array makes on the way. */
    private static final double NOTHING_BYTES = 0.05;

    private TargetReport() {}

    /** The table of what was measured; empty if nothing of it was. */
    static String of(Map<Cell, List<Rounds>> results) {
        StringBuilder rows = new StringBuilder();
        for (Target target : Target.all()) {
            measured(target, results).ifPresent(value -> rows.append(row(target, value)));
        }
        rows.append(jump(results));
        rows.append(allocation(results));
        return rows.isEmpty()
                ? ""
                : ("\nTARGETS of hierarchical\n"
                                + String.format(Locale.ROOT, ROW, "what", "timers", "target", "measured", "")
                                + rows)
                        .replace(System.lineSeparator(), "\n");
    }

    private static String row(Target target, double value) {
        boolean met =
                target.measure() == Target.Measure.TIMES_AS_FAST ? value >= target.limit() : value <= target.limit();
        return row(target.name(), target.cell(), wanted(target), figure(value), met);
    }

    private static String row(String name, Cell cell, String target, String measured, boolean met) {
        return String.format(Locale.ROOT, ROW, name, label(cell), target, measured, met ? "met" : "MISSED");
    }

    private static String label(Cell cell) {
        return cell.size().queues() == 1
                ? cell.size().label().substring("1 x ".length())
                : cell.size().label();
    }

    private static String wanted(Target target) {
        String limit = figure(target.limit());
        return switch (target.measure()) {
            case TIMES_AS_FAST -> "at least " + limit + " times";
            case YARDSTICKS -> "at most " + limit + " yardsticks";
            case NS_MORE -> "at most " + limit + " ns";
            case BYTES_OF_TIMER, MORE_BYTES_OF_TIMER -> "at most " + limit + " bytes";
        };
    }

    private static OptionalDouble measured(Target target, Map<Cell, List<Rounds>> results) {
        Optional<Rounds> ours = find(results, target.cell(), Contender.HIERARCHICAL.key());
        Optional<Rounds> yardstick = find(results, target.cell(), Child.YARDSTICK);
        Optional<Rounds> other = find(results, target.cell(), target.other().key());
        if (ours.isEmpty() || yardstick.isEmpty() || other.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                switch (target.measure()) {
                    case TIMES_AS_FAST -> other.get().ratioTo(ours.get());
                    case YARDSTICKS -> ours.get().ratioTo(yardstick.get());
                    case NS_MORE ->
                        ours.get().median(Round::nsOfOperation) - other.get().median(Round::nsOfOperation);
                    case BYTES_OF_TIMER -> ours.get().bytesOfTimer();
                    case MORE_BYTES_OF_TIMER ->
                        other.get().bytesOfTimer() - ours.get().bytesOfTimer();
                });
    }

    private static Optional<Rounds> find(Map<Cell, List<Rounds>> results, Cell cell, String structure) {
        return results.getOrDefault(cell, List.of()).stream()
                .filter(rounds -> rounds.structure().equals(structure) && !rounds.isEmpty())
                .findFirst();
    }

    /** That it costs the occupied slots is a matter of counts, which a test has; here is what it costs in time. */
    private static String jump(Map<Cell, List<Rounds>> results) {
        StringBuilder rows = new StringBuilder();
        results.keySet().stream()
                .filter(cell -> cell.workload() == Workload.CLOCK_JUMP)
                .forEach(cell -> find(results, cell, Contender.HIERARCHICAL.key())
                        .ifPresent(ours -> rows.append(String.format(
                                Locale.ROOT,
                                ROW,
                                "clock jump of an hour, ns an expiry",
                                label(cell),
                                "the occupied slots only",
                                figure(ours.median(Round::nsOfOperation)),
                                "by count: QueueContractTest"))));
        return rows.toString();
    }

    /** The most that either form of the wheel, or handles, allocated in any cell. */
    private static String allocation(Map<Cell, List<Rounds>> results) {
        StringBuilder rows = new StringBuilder();
        for (Contender contender : List.of(Contender.HIERARCHICAL, Contender.HIERARCHICAL_EXACT, Contender.HANDLES)) {
            Optional<Cell> worst = results.keySet().stream()
                    .filter(cell -> find(results, cell, contender.key()).isPresent())
                    .max((a, b) -> Double.compare(bytes(results, a, contender), bytes(results, b, contender)));
            worst.ifPresent(cell -> {
                double most = bytes(results, cell, contender);
                String name = "bytes allocated, " + contender.key() + ": "
                        + cell.workload().key();
                rows.append(row(name, cell, "0 bytes", figure(most), most < NOTHING_BYTES));
            });
        }
        return rows.toString();
    }

    private static double bytes(Map<Cell, List<Rounds>> results, Cell cell, Contender contender) {
        return find(results, cell, contender.key()).orElseThrow().median(Round::bytesOfOperation);
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%,.2f" : "%,.0f", value);
    }
}
