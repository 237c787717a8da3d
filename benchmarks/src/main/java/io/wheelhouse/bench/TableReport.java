package io.wheelhouse.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A cell as a table for people. */
final class TableReport {
    private static final String REFERENCE = "hierarchical";

    private TableReport() {}

    /**
     * The table; ratios are to {@code hierarchical}, or to the first structure if that was not measured.
     *
     * @param all of the cell, one of them the yardstick
     */
    static String of(Cell cell, List<Rounds> all) {
        Optional<Rounds> yardstick = find(all, Child.YARDSTICK);
        List<Rounds> structures = all.stream()
                .filter(each -> !each.structure().equals(Child.YARDSTICK))
                .toList();
        Optional<Rounds> reference = find(structures, REFERENCE)
                .or(() -> structures.stream().filter(each -> !each.isEmpty()).findFirst());
        StringBuilder text = new StringBuilder();
        text.append(title(cell, yardstick));
        text.append(String.format(
                Locale.ROOT,
                "%-21s %10s  %19s %10s %8s %7s%s%n",
                "structure",
                "ns",
                "least..most",
                "yardsticks",
                "ratio",
                "B/op",
                cell.workload().tellsMemory() ? " B/timer" : ""));
        for (Rounds rounds : structures) {
            text.append(row(rounds, reference, yardstick));
        }
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    private static String title(Cell cell, Optional<Rounds> yardstick) {
        String measured = yardstick
                .map(rounds -> String.format(Locale.ROOT, "; yardstick %.1f ns", rounds.median(Round::nsOfOperation)))
                .orElse("");
        return cell.workload().title().toUpperCase(Locale.ROOT) + ", "
                + cell.size().label() + " timers; ns of one " + cell.workload().operation() + measured + "\n";
    }

    private static Optional<Rounds> find(List<Rounds> all, String structure) {
        return all.stream()
                .filter(rounds -> rounds.structure().equals(structure) && !rounds.isEmpty())
                .findFirst();
    }

    private static String row(Rounds rounds, Optional<Rounds> reference, Optional<Rounds> yardstick) {
        if (rounds.isEmpty()) {
            return String.format(Locale.ROOT, "%-21s no result: %s%n", rounds.structure(), rounds.failure());
        }
        String span = String.format(Locale.ROOT, "%s..%s", figure(rounds.leastNs()), figure(rounds.mostNs()));
        String memory =
                Double.isNaN(rounds.bytesOfTimer()) ? "" : String.format(Locale.ROOT, " %7.1f", rounds.bytesOfTimer());
        return String.format(
                Locale.ROOT,
                "%-21s %10s  %19s %10s %8s %7.1f%s%s%n",
                rounds.structure(),
                figure(rounds.median(Round::nsOfOperation)),
                span,
                yardstick.map(other -> ratio(rounds.ratioTo(other))).orElse("-"),
                reference.map(other -> ratio(rounds.ratioTo(other))).orElse("-"),
                rounds.median(Round::bytesOfOperation),
                memory,
                rounds.isCut() ? " cut" : "");
    }

    private static String figure(double ns) {
        return String.format(Locale.ROOT, ns < 100 ? "%,.1f" : "%,.0f", ns);
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%,.2f" : "%,.0f", value);
    }
}
