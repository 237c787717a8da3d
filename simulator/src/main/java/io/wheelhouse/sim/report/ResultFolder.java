package io.wheelhouse.sim.report;

import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.metrics.TimerResult;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The output folder of one run. Files are written under a temporary name beside it, and the folder is renamed when all is
 * there: a result is whole or absent. An earlier result of ours is replaced, and an empty folder; any other is refused
 * before the run begins, because it may be somebody's work.
 *
 * <pre>{@code
 * try (ResultFolder folder = ResultFolder.create(path, processors)) {
 *     RunResult result = engine.run(scenario, folder.listener());
 *     folder.finish(result, effectiveScenario, ProgramInfo.current());
 * }
 * }</pre>
 *
 * <p>Used by one thread.
 */
public final class ResultFolder implements AutoCloseable {
    static final String SUMMARY = "summary.json";
    static final String HOST = "host.json";
    static final String SCENARIO = "scenario.yaml";
    private static final String TABLE_PREFIX = "lateness-";
    private static final String TABLE_SUFFIX = ".hgrm";
    private static final Set<String> FIXED_NAMES = Set.of(
            SUMMARY,
            HOST,
            SCENARIO,
            IntervalFiles.TIMESERIES,
            IntervalFiles.ASSIGNMENTS,
            IntervalFiles.MOVES,
            IntervalFiles.LOG,
            SegmentsFile.NAME);

    /** A folder is in the way that is not ours to replace. */
    public static final class NotOursException extends IOException {
        private static final long serialVersionUID = 1L;

        NotOursException(String message) {
            super(message);
        }
    }

    private final Path target;
    private final Path partial;
    private final IntervalFiles intervals;
    private final SegmentsFile segments;
    private final List<String> files = new ArrayList<>();

    private ResultFolder(Path target, Path partial, IntervalFiles intervals) {
        this.target = target;
        this.partial = partial;
        this.intervals = intervals;
        this.segments = new SegmentsFile(partial);
    }

    /**
     * Begins a result.
     *
     * @param folder where it shall be; folders above it are made
     * @throws NotOursException if something else is there
     */
    public static ResultFolder create(Path folder, int processors) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        Path target = Files.exists(absolute) ? absolute.toRealPath() : absolute;
        checkReplaceable(target, folder);
        Path above = target.getParent();
        Path name = target.getFileName();
        if (above == null || name == null) {
            throw new NotOursException(folder + ": is no folder that results can be put into");
        }
        Path partial = above.resolve("." + name + "." + ProcessHandle.current().pid() + ".partial");
        makeFolder(partial, folder);
        try {
            return new ResultFolder(target, partial, new IntervalFiles(partial, processors));
        } catch (IOException e) {
            deleteFolder(partial);
            throw e;
        }
    }

    private static void makeFolder(Path partial, Path asGiven) throws IOException {
        try {
            Files.createDirectories(partial.getParent());
            Files.createDirectory(partial);
        } catch (FileSystemException e) {
            // Of a name that the user gave, not of the temporary one.
            String reason = e instanceof AccessDeniedException ? "permission denied" : e.getReason();
            throw new FileSystemException(
                    asGiven.toString(), null, "cannot be made" + (reason == null ? "" : ": " + reason));
        }
    }

    private static void checkReplaceable(Path target, Path asGiven) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(target)) {
            throw new NotOursException(asGiven + ": is not a folder");
        }
        List<Path> entries = entries(target);
        if (entries.isEmpty()) {
            return;
        }
        for (Path entry : entries) {
            String name = String.valueOf(entry.getFileName());
            if (!isOurs(name) || !Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                throw new NotOursException(asGiven + ": holds " + name
                        + ", which is not part of a Wheelhouse result; it stays as it is (name another folder)");
            }
        }
        if (!isSummary(target.resolve(SUMMARY))) {
            throw new NotOursException(
                    asGiven + ": is not a Wheelhouse result; it stays as it is (name another folder)");
        }
    }

    private static boolean isOurs(String name) {
        return FIXED_NAMES.contains(name) || (name.startsWith(TABLE_PREFIX) && name.endsWith(TABLE_SUFFIX));
    }

    private static boolean isSummary(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.limit(2).anyMatch(line -> line.contains('"' + SummaryJson.SCHEMA_FIELD + '"'));
        }
    }

    /** What the engine shall tell while it runs. */
    public RunListener listener() {
        return intervals.and(segments);
    }

    /**
     * Writes the rest and puts the folder in its place.
     *
     * @param scenario the effective scenario, as a file
     * @return the names of the files in it, the summary first
     */
    public List<String> finish(RunResult run, String scenario, ProgramInfo program) throws IOException {
        intervals.close();
        segments.close();
        try (OutputStream out = open(SUMMARY)) {
            SummaryJson.write(run, out);
        }
        for (TimerResult timer : run.timers()) {
            if (timer.lateness().count() > 0) {
                writeTable(timer);
            }
        }
        files.addAll(
                List.of(IntervalFiles.LOG, IntervalFiles.TIMESERIES, IntervalFiles.ASSIGNMENTS, IntervalFiles.MOVES));
        try (OutputStream out = open(HOST)) {
            HostJson.write(run, program, out);
        }
        Files.writeString(partial.resolve(SCENARIO), scenario);
        files.add(SCENARIO);
        if (segments.isWritten()) {
            files.add(SegmentsFile.NAME);
        }
        putInPlace();
        return List.copyOf(files);
    }

    private OutputStream open(String name) throws IOException {
        files.add(name);
        return new BufferedOutputStream(Files.newOutputStream(partial.resolve(name)));
    }

    /** The name of the file of one kind of timer's lateness. */
    static String table(Lane lane) {
        return TABLE_PREFIX + lane.key() + TABLE_SUFFIX;
    }

    private void writeTable(TimerResult timer) throws IOException {
        String name = table(timer.lane());
        try (Writer out = Files.newBufferedWriter(partial.resolve(name))) {
            PercentileTable.write(timer.lateness().histogram(), out);
        }
        files.add(name);
    }

    /** The old result goes aside before the new one comes, and is deleted last: at no time is there a mixture. */
    private void putInPlace() throws IOException {
        if (!Files.exists(target)) {
            Files.move(partial, target);
            return;
        }
        checkReplaceable(target, target);
        Path old = partial.resolveSibling(partial.getFileName() + ".old");
        Files.move(target, old);
        Files.move(partial, target);
        deleteFolder(old);
    }

    /** Removes what is not finished. */
    @Override
    public void close() throws IOException {
        intervals.close();
        segments.close();
        if (Files.exists(partial)) {
            deleteFolder(partial);
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    /** Deletes a folder of files. */
    private static void deleteFolder(Path folder) throws IOException {
        for (Path entry : entries(folder)) {
            Files.delete(entry);
        }
        Files.delete(folder);
    }
}
