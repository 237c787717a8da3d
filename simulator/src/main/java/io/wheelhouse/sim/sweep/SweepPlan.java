package io.wheelhouse.sim.sweep;

import com.fasterxml.jackson.core.JsonGenerator;
import io.wheelhouse.sim.report.InvalidFileException;
import io.wheelhouse.sim.report.Json;
import io.wheelhouse.sim.report.JsonTree;
import io.wheelhouse.sim.scenario.Quantity;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep is: the same for all its shards, and all that is needed to put results together. The file
 * {@code sweep.json} holds it.
 *
 * @param scenario the scenario's name
 * @param basis the hash of the scenario without its seed and of the program: sweeps of another basis do not mix
 * @param program version and commit, for messages
 * @param firstSeed the seed of the first replication; the others count up from it
 * @param cells each cell's identity, the replications of a point after each other, the last key varying fastest
 */
public record SweepPlan(
        String scenario,
        String basis,
        String program,
        List<Variation> variations,
        int replications,
        long firstSeed,
        List<Column> columns,
        List<String> cells) {
    private static final String SCHEMA_FIELD = "wheelhouseSweepSchema";
    private static final int SCHEMA_VERSION = 1;

    public SweepPlan {
        Objects.requireNonNull(scenario, "scenario");
        Objects.requireNonNull(basis, "basis");
        Objects.requireNonNull(program, "program");
        variations = List.copyOf(variations);
        columns = List.copyOf(columns);
        cells = List.copyOf(cells);
        if (cells.size() != points(variations) * replications) {
            throw new IllegalArgumentException(
                    cells.size() + " cells for " + points(variations) + " points of " + replications + " replications");
        }
    }

    /** How many points the grid has. */
    static int points(List<Variation> variations) {
        int points = 1;
        for (Variation variation : variations) {
            points = Math.multiplyExact(points, variation.values().size());
        }
        return points;
    }

    int points() {
        return points(variations);
    }

    /** Which value of each variation a point has. */
    static int[] valuesOf(List<Variation> variations, int point) {
        int[] values = new int[variations.size()];
        int rest = point;
        for (int at = values.length - 1; at >= 0; at--) {
            int count = variations.get(at).values().size();
            values[at] = rest % count;
            rest /= count;
        }
        return values;
    }

    /** The values of a point, in the order of the variations. */
    List<String> labels(int point) {
        int[] values = valuesOf(variations, point);
        List<String> labels = new ArrayList<>();
        for (int at = 0; at < values.length; at++) {
            labels.add(variations.get(at).values().get(values[at]));
        }
        return labels;
    }

    /** The point that a point is compared with: the first value of the first variation, and all else the same. */
    int baseline(int point) {
        int rest = points() / variations.get(0).values().size();
        return point % rest;
    }

    String cell(int point, int replication) {
        return cells.get(point * replications + replication);
    }

    long seed(int replication) {
        return firstSeed + replication;
    }

    /** The metrics that have a place in every cell, also where there was nothing to measure. */
    boolean isAnsweredBy(CellResult result) {
        return columns.stream()
                .filter(Column::asked)
                .allMatch(column -> result.values().containsKey(column.name()));
    }

    // ---- file -----------------------------------------------------------------------------------------------------

    void write(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                JsonGenerator json = Json.on(out)) {
            json.writeStartObject();
            json.writeNumberField(SCHEMA_FIELD, SCHEMA_VERSION);
            json.writeStringField("scenario", scenario);
            json.writeStringField("basis", basis);
            json.writeStringField("program", program);
            json.writeArrayFieldStart("vary");
            for (Variation variation : variations) {
                json.writeStartObject();
                json.writeStringField("key", variation.key());
                writeTexts(json, "values", variation.values());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("replications", replications);
            json.writeNumberField("firstSeed", firstSeed);
            json.writeArrayFieldStart("metrics");
            for (Column column : columns) {
                json.writeStartObject();
                json.writeStringField("name", column.name());
                json.writeStringField("quantity", column.quantity().name());
                json.writeBooleanField("asked", column.asked());
                json.writeEndObject();
            }
            json.writeEndArray();
            writeTexts(json, "cells", cells);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void writeTexts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    static SweepPlan read(Path file) throws IOException {
        Map<String, @Nullable Object> tree = JsonTree.read(file);
        try {
            if (number(tree, SCHEMA_FIELD) != SCHEMA_VERSION) {
                throw new InvalidFileException(file + ": is of schema " + number(tree, SCHEMA_FIELD)
                        + ", this program reads " + SCHEMA_VERSION);
            }
            List<Variation> variations = new ArrayList<>();
            for (Map<String, @Nullable Object> item : objects(tree, "vary")) {
                variations.add(new Variation(text(item, "key"), texts(item, "values")));
            }
            List<Column> columns = new ArrayList<>();
            for (Map<String, @Nullable Object> item : objects(tree, "metrics")) {
                columns.add(new Column(
                        text(item, "name"),
                        Quantity.valueOf(text(item, "quantity")),
                        Boolean.TRUE.equals(item.get("asked"))));
            }
            return new SweepPlan(
                    text(tree, "scenario"),
                    text(tree, "basis"),
                    text(tree, "program"),
                    variations,
                    Math.toIntExact(number(tree, "replications")),
                    number(tree, "firstSeed"),
                    columns,
                    texts(tree, "cells"));
        } catch (IllegalArgumentException | ArithmeticException | ClassCastException e) {
            throw new InvalidFileException(file + ": is not the plan of a sweep: " + e.getMessage());
        }
    }

    private static long number(Map<String, @Nullable Object> tree, String name) {
        return ((BigDecimal) present(tree, name)).longValueExact();
    }

    private static String text(Map<String, @Nullable Object> tree, String name) {
        return (String) present(tree, name);
    }

    private static List<String> texts(Map<String, @Nullable Object> tree, String name) {
        return ((List<?>) present(tree, name)).stream().map(String.class::cast).toList();
    }

    @SuppressWarnings("unchecked") // what JsonTree makes of an object
    private static List<Map<String, @Nullable Object>> objects(Map<String, @Nullable Object> tree, String name) {
        return ((List<?>) present(tree, name))
                .stream().map(item -> (Map<String, @Nullable Object>) item).toList();
    }

    private static Object present(Map<String, @Nullable Object> tree, String name) {
        Object value = tree.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
