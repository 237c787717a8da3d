package io.wheelhouse.sim.sweep;

import com.fasterxml.jackson.core.JsonGenerator;
import io.wheelhouse.sim.report.Decimals;
import io.wheelhouse.sim.report.InvalidFileException;
import io.wheelhouse.sim.report.Json;
import io.wheelhouse.sim.report.JsonTree;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one sweep: {@code sweep.json}, the effective scenario, a file for each cell that is done, and the tables
 * made of them. Every file is written under a temporary name and renamed, so it is whole or absent; and a cell's file is
 * named by its identity, so one that is there is done, whichever sweep or shard did it.
 *
 * <p>Several processes may work on one folder. Not for use by several threads.
 */
public final class SweepFolder {
    private static final String PLAN = "sweep.json";
    private static final String SCENARIO = "scenario.yaml";
    private static final String CELLS = "cells";
    private static final String JSON = ".json";
    private static final int PLACES = 6;

    /** A folder is in the way that is not ours to continue. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    private final Path folder;

    private SweepFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Begins or continues the sweep of a plan.
     *
     * @throws RefusedException if the folder holds a sweep of another scenario or program, or something else
     */
    public static SweepFolder open(Path path, SweepPlan plan, String scenario) throws IOException {
        if (Files.exists(path.resolve(PLAN))) {
            checkBasis(path, SweepPlan.read(path.resolve(PLAN)), plan);
        } else if (Files.exists(path) && !isEmptyFolder(path)) {
            throw new RefusedException(
                    path + ": is not the folder of a sweep; it stays as it is (name another folder)");
        }
        Files.createDirectories(path.resolve(CELLS));
        SweepFolder folder = new SweepFolder(path);
        folder.replace(SCENARIO, partial -> Files.writeString(partial, scenario));
        folder.replace(PLAN, plan::write);
        return folder;
    }

    private static void checkBasis(Path path, SweepPlan before, SweepPlan plan) throws RefusedException {
        if (before.basis().equals(plan.basis())) {
            return;
        }
        String what = before.program().equals(plan.program())
                ? "another scenario (" + before.scenario() + ", or with other settings)"
                : "another version of the program (" + before.program() + "; this is " + plan.program() + ")";
        throw new RefusedException(path + ": holds a sweep of " + what
                + ", which does not mix with this one; name another folder with --out, or delete that one");
    }

    /**
     * The plan and the results of a sweep that was begun.
     *
     * @throws InvalidFileException if the folder holds none
     */
    public static SweepFolder existing(Path path) throws IOException {
        if (!Files.isRegularFile(path.resolve(PLAN))) {
            throw new InvalidFileException(path + ": is not the folder of a sweep: it holds no " + PLAN);
        }
        return new SweepFolder(path);
    }

    /** What the sweep is. */
    public SweepPlan plan() throws IOException {
        return SweepPlan.read(folder.resolve(PLAN));
    }

    /** The effective scenario. */
    public String scenario() throws IOException {
        return Files.readString(folder.resolve(SCENARIO));
    }

    /** Where it is. */
    public Path path() {
        return folder;
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    // ---- cells ----------------------------------------------------------------------------------------------------

    /** The result of a cell; null if it is not done. */
    public @Nullable CellResult cell(String identity) throws IOException {
        Path file = cellFile(identity);
        if (!Files.exists(file)) {
            return null;
        }
        Map<String, @Nullable Object> tree = JsonTree.read(file);
        Map<String, OptionalDouble> values = new TreeMap<>();
        if (tree.get("metrics") instanceof Map<?, ?> metrics) {
            metrics.forEach((name, value) -> values.put(
                    String.valueOf(name),
                    value instanceof BigDecimal number
                            ? OptionalDouble.of(number.doubleValue())
                            : OptionalDouble.empty()));
        }
        return new CellResult(String.valueOf(tree.get("fingerprint")), values);
    }

    /** Keeps the result of a cell. */
    public void store(Cell cell, CellResult result) throws IOException {
        replace(CELLS + "/" + cell.identity() + JSON, partial -> {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial));
                    JsonGenerator json = Json.on(out)) {
                json.writeStartObject();
                json.writeStringField("identity", cell.identity());
                json.writeNumberField("seed", cell.scenario().seed());
                json.writeStringField("fingerprint", result.fingerprint());
                json.writeObjectFieldStart("metrics");
                for (Map.Entry<String, OptionalDouble> value : result.values().entrySet()) {
                    json.writeFieldName(value.getKey());
                    writeValue(json, value.getValue());
                }
                json.writeEndObject();
                json.writeEndObject();
                json.writeRaw('\n');
            }
        });
    }

    private static void writeValue(JsonGenerator json, OptionalDouble value) throws IOException {
        if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
            json.writeNumber(Decimals.text(value.getAsDouble(), PLACES));
        } else {
            json.writeNull();
        }
    }

    /** Takes over the results of another folder that are not here yet; answers how many of the plan are still missing. */
    public int takeCells(SweepFolder other, SweepPlan plan) throws IOException {
        int missing = 0;
        for (String identity : plan.cells()) {
            Path theirs = other.cellFile(identity);
            if (!Files.exists(cellFile(identity)) && Files.exists(theirs)) {
                replace(CELLS + "/" + identity + JSON, partial -> Files.copy(theirs, partial));
            }
            missing += Files.exists(cellFile(identity)) ? 0 : 1;
        }
        return missing;
    }

    private Path cellFile(String identity) {
        return folder.resolve(CELLS).resolve(identity + JSON);
    }

    // ---- writing --------------------------------------------------------------------------------------------------

    /** Writes a file. */
    @FunctionalInterface
    interface FileWriter {
        void write(Path file) throws IOException;
    }

    /** Writes a file under a temporary name and puts it in its place. */
    void replace(String name, FileWriter writer) throws IOException {
        Path target = folder.resolve(name);
        Path partial = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".partial");
        try {
            writer.write(partial);
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (UncheckedIOException e) {
            throw new IOException(target + ": " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
