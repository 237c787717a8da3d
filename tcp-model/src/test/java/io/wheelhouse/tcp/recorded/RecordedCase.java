package io.wheelhouse.tcp.recorded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A recording, and the model played to it: on the kernel-shaped wheel, and on exact timers.
 *
 * <p>Cases are the folders of the test resources, and those of a folder given by {@code -Dwheelhouse.captures} or, if
 * there is one, of {@code shared/truth/linux/captures} beside the repository: whatever their names are, and whatever
 * they hold, the same rules apply.
 */
record RecordedCase(Recording recording, WheelPlayback wheel, NominalPlayback nominal) {
    /** Microseconds of tcpi_rto against the model's nanoseconds. */
    private static final double NANOS_PER_MICRO = 1e3;

    private static final Map<String, RecordedCase> PLAYED = new ConcurrentHashMap<>();

    /** The folders of all cases, by name. */
    static Map<String, Path> folders() {
        Map<String, Path> folders = new TreeMap<>();
        addResources(folders);
        String given = System.getProperty("wheelhouse.captures");
        addFolders(folders, given == null ? Path.of("../../shared/truth/linux/captures") : Path.of(given));
        return folders;
    }

    static Path folder(String name) {
        return Objects.requireNonNull(folders().get(name), name);
    }

    private static void addResources(Map<String, Path> folders) {
        try {
            addFolders(
                    folders,
                    Path.of(Objects.requireNonNull(RecordedCase.class.getResource("/linux/captures"), "captures")
                            .toURI()));
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static void addFolders(Map<String, Path> folders, Path within) {
        if (!Files.isDirectory(within)) {
            return;
        }
        try (Stream<Path> entries = Files.list(within)) {
            entries.filter(entry -> Files.exists(entry.resolve("truth.json")))
                    .forEach(entry -> folders.put(String.valueOf(entry.getFileName()), entry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Plays a case; once, however often it is asked for. */
    static RecordedCase of(String name) {
        return PLAYED.computeIfAbsent(name, of -> {
            try {
                Recording recording = Recording.load(folder(of));
                PhaseSearch search = new PhaseSearch(recording, RecordedApplication.of(recording));
                return new RecordedCase(recording, search.onWheel(), search.nominal());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The cases of the test resources. */
    static Stream<RecordedCase> shipped() {
        Map<String, Path> shipped = new TreeMap<>();
        addResources(shipped);
        return shipped.keySet().stream().map(RecordedCase::of);
    }

    /** How far each modeled retransmission timeout is from the recorded one, in nanoseconds. */
    List<Long> rtoDifferencesNs() {
        return wheel.snapshots().stream()
                .filter(snapshot -> snapshot.recorded().fields().has("rto"))
                .map(snapshot -> snapshot.modeled().rtoNs() - recordedRtoNs(snapshot))
                .toList();
    }

    static long recordedRtoNs(Playback.Snapshot snapshot) {
        return Math.round(snapshot.recorded().fields().get("rto").number() * NANOS_PER_MICRO);
    }

    /** How many segments of A were recorded. */
    long segments() {
        return recording.packets().stream().filter(Recording.Packet::fromA).count();
    }

    /** How many of them timers sent. */
    long byTimers() {
        return wheel.pairs().stream().filter(Playback.Pair::byTimer).count();
    }

    @Override
    public String toString() {
        return recording.name();
    }
}
