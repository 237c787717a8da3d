package io.wheelhouse.sim.sweep;

import io.wheelhouse.sim.report.Lines;
import io.wheelhouse.sim.report.Style;
import io.wheelhouse.sim.report.Units;
import io.wheelhouse.sim.scenario.Quantity;
import java.util.ArrayList;
import java.util.List;

/**
 * A sweep's table for people: a block for each metric, a line for each point. Of what nobody asked for, what
 * was the same in all runs is told in a line.
 */
public final class SweepScreen {
    private static final int DIGITS = 4;
    private static final int WIDTH_DIGITS = 2;
    private static final String GAP = "  ";

    private final SweepTable table;
    private final SweepPlan plan;
    private final Style style;

    private SweepScreen(SweepTable table, Style style) {
        this.table = table;
        this.plan = table.plan();
        this.style = style;
    }

    /** The table, ending with a newline. */
    public static String of(SweepTable table, Style style) {
        return new SweepScreen(table, style).text();
    }

    private String text() {
        StringBuilder out = new StringBuilder();
        out.append(style.heading(plan.scenario()))
                .append(" · ")
                .append(counted(plan.points(), "point"))
                .append(" × ")
                .append(counted(plan.replications(), "replication"))
                .append(" · seeds ")
                .append(plan.firstSeed())
                .append(" to ")
                .append(plan.seed(plan.replications() - 1))
                .append('\n');
        Lines.hanging(
                        "",
                        "Means over replications ± half of their 95 % intervals (Student's t); differences are"
                                + " paired by seed.")
                .forEach(line -> out.append(line).append('\n'));
        List<String> same = new ArrayList<>();
        for (Column column : table.columns()) {
            if (!column.asked() && table.isTheSameInAllRuns(column)) {
                double value = table.at(0, column).mean();
                same.add(column.name() + " " + Units.value(column.quantity(), value, DIGITS));
            } else {
                addBlock(out, column);
            }
        }
        if (!same.isEmpty()) {
            out.append('\n');
            Lines.hanging(GAP, "The same in all runs: " + String.join(", ", same))
                    .forEach(line -> out.append(line).append('\n'));
        }
        return out.toString();
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void addBlock(StringBuilder out, Column column) {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>();
        plan.variations().forEach(variation -> header.add(variation.key()));
        Variation first = plan.variations().get(0);
        header.addAll(List.of("mean", "±", "over " + first.values().get(0), "±", ""));
        rows.add(header);
        for (int point = 0; point < plan.points(); point++) {
            rows.add(row(point, column));
        }
        out.append('\n').append(style.heading(column.name())).append('\n');
        addAligned(out, rows, plan.variations().size());
    }

    private List<String> row(int point, Column column) {
        List<String> row = new ArrayList<>(plan.labels(point));
        addEstimate(row, table.at(point, column), column.quantity());
        if (plan.baseline(point) == point) {
            row.addAll(List.of("", "", ""));
        } else {
            Estimate difference = table.overBaseline(point, column);
            addEstimate(row, difference, column.quantity());
            row.add(difference.isNotZero() ? "*" : "");
        }
        return row;
    }

    private void addEstimate(List<String> row, Estimate estimate, Quantity quantity) {
        String mean = estimate.samples() == 0 ? "-" : Units.value(quantity, estimate.mean(), DIGITS);
        boolean isOfAll = estimate.samples() == 0 || estimate.samples() == plan.replications();
        row.add(isOfAll ? mean : "(of " + estimate.samples() + ") " + mean);
        row.add(estimate.hasInterval() ? Units.value(quantity, estimate.halfWidth(), WIDTH_DIGITS) : "-");
    }

    /** Labels to the left, numbers to the right. */
    private static void addAligned(StringBuilder out, List<List<String>> rows, int labels) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int at = 0; at < columns; at++) {
                widths[at] = Math.max(widths[at], row.get(at).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int at = 0; at < columns; at++) {
                String padding = " ".repeat(widths[at] - row.get(at).length());
                line.append(GAP).append(at < labels ? row.get(at) + padding : padding + row.get(at));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
    }
}
