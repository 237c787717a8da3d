package io.wheelhouse.sim.sweep;

import io.wheelhouse.sim.report.CsvFile;
import io.wheelhouse.sim.report.Decimals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the cells of a sweep say together: for each point and metric the mean over replications and its interval, and the
 * difference from the baseline, replication by replication, with an interval of its own. Pairing by seed takes out what
 * the same arrivals, delays and losses do to both.
 */
public final class SweepTable {
    private static final int PLACES = 6;
    static final String CSV = "sweep.csv";
    static final String CELLS_CSV = "cells.csv";

    private final SweepPlan plan;
    private final List<@Nullable CellResult> results;
    private final List<Column> columns = new ArrayList<>();

    private SweepTable(SweepPlan plan, List<@Nullable CellResult> results) {
        this.plan = plan;
        this.results = results;
        for (Column column : plan.columns()) {
            if (column.asked() || isMeasured(column)) {
                columns.add(column);
            }
        }
    }

    /** Reads what is done. */
    public static SweepTable of(SweepFolder folder, SweepPlan plan) throws IOException {
        List<@Nullable CellResult> results = new ArrayList<>();
        for (String identity : plan.cells()) {
            CellResult result = folder.cell(identity);
            results.add(result != null && plan.isAnsweredBy(result) ? result : null);
        }
        return new SweepTable(plan, results);
    }

    private boolean isMeasured(Column column) {
        return results.stream()
                .anyMatch(
                        result -> result != null && result.value(column.name()).isPresent());
    }

    /** Whether a metric had the same value in all of several runs, and so tells none of them from another. */
    boolean isTheSameInAllRuns(Column column) {
        List<OptionalDouble> values = results.stream()
                .filter(Objects::nonNull)
                .map(result -> result.value(column.name()))
                .toList();
        return values.size() > 1 && values.stream().distinct().count() == 1;
    }

    /** Whether no cell is done. */
    public boolean isEmpty() {
        return missing() == results.size();
    }

    /** Cells that are not done. */
    public int missing() {
        return (int) results.stream().filter(result -> result == null).count();
    }

    SweepPlan plan() {
        return plan;
    }

    List<Column> columns() {
        return columns;
    }

    /** A metric at a point. */
    Estimate at(int point, Column column) {
        List<Double> values = new ArrayList<>();
        for (int replication = 0; replication < plan.replications(); replication++) {
            value(point, replication, column).ifPresent(values::add);
        }
        return Estimate.of(values);
    }

    /** How much a metric at a point exceeds the same at the point's baseline, over the replications that have both. */
    Estimate overBaseline(int point, Column column) {
        List<Double> differences = new ArrayList<>();
        for (int replication = 0; replication < plan.replications(); replication++) {
            OptionalDouble here = value(point, replication, column);
            OptionalDouble there = value(plan.baseline(point), replication, column);
            if (here.isPresent() && there.isPresent()) {
                differences.add(here.getAsDouble() - there.getAsDouble());
            }
        }
        return Estimate.of(differences);
    }

    private OptionalDouble value(int point, int replication, Column column) {
        CellResult result = results.get(point * plan.replications() + replication);
        return result == null ? OptionalDouble.empty() : result.value(column.name());
    }

    // ---- files ----------------------------------------------------------------------------------------------------

    /** Writes {@code sweep.csv}, a row for each point and metric, and {@code cells.csv}, a row for each cell. */
    public void write(SweepFolder folder) throws IOException {
        folder.replace(CELLS_CSV, this::writeCells);
        folder.replace(CSV, this::writeEstimates);
    }

    private List<String> keys() {
        return plan.variations().stream().map(Variation::key).toList();
    }

    private void writeEstimates(Path file) throws IOException {
        List<String> header = new ArrayList<>(keys());
        header.addAll(List.of(
                "metric",
                "quantity",
                "replications",
                "mean",
                "ci95_half_width",
                "difference",
                "difference_ci95_half_width"));
        try (CsvFile csv = new CsvFile(file, header)) {
            for (Column column : columns) {
                for (int point = 0; point < plan.points(); point++) {
                    Estimate estimate = at(point, column);
                    List<String> row = new ArrayList<>(plan.labels(point));
                    row.add(column.name());
                    row.add(column.quantity().name().toLowerCase(Locale.ROOT));
                    row.add(Integer.toString(estimate.samples()));
                    addEstimate(row, estimate);
                    boolean isBaseline = plan.baseline(point) == point;
                    addEstimate(row, isBaseline ? new Estimate(0, Double.NaN, 0.0) : overBaseline(point, column));
                    csv.row(row);
                }
            }
        }
    }

    /** Mean and half width; what is not known is an empty field. */
    private static void addEstimate(List<String> row, Estimate estimate) {
        row.add(estimate.samples() == 0 ? "" : Decimals.text(estimate.mean(), PLACES));
        row.add(estimate.hasInterval() ? Decimals.text(estimate.halfWidth(), PLACES) : "");
    }

    private void writeCells(Path file) throws IOException {
        List<String> header = new ArrayList<>(keys());
        header.add("seed");
        header.add("fingerprint");
        columns.forEach(column -> header.add(column.name()));
        try (CsvFile csv = new CsvFile(file, header)) {
            for (int cell = 0; cell < results.size(); cell++) {
                CellResult result = results.get(cell);
                if (result != null) {
                    csv.row(cellRow(cell, result));
                }
            }
        }
    }

    private List<String> cellRow(int cell, CellResult result) {
        List<String> row = new ArrayList<>(plan.labels(cell / plan.replications()));
        row.add(Long.toString(plan.seed(cell % plan.replications())));
        row.add(result.fingerprint());
        for (Column column : columns) {
            OptionalDouble value = result.value(column.name());
            row.add(value.isPresent() ? Decimals.text(value.getAsDouble(), PLACES) : "");
        }
        return row;
    }
}
