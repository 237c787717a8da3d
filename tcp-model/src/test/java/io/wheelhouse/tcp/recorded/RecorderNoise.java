package io.wheelhouse.tcp.recorded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Segments whose recorded time is the recorder's doing and not the kernel's: named one by one in {@code
 * recorder-noise.csv}, with the reason. Of these alone the time is not compared; what follows starts from it.
 */
record RecorderNoise(String recording, long atNs, String reason) {
    /** The recorder stood still for no longer. */
    static final long LATE_MAX_NS = 100_000_000;

    private static final long NEAR_NS = 1_000;
    private static final List<RecorderNoise> NAMED = read();

    private static List<RecorderNoise> read() {
        try (InputStream file = RecorderNoise.class.getResourceAsStream("/linux/recorder-noise.csv")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", 3))
                    .map(cells -> new RecorderNoise(cells[0], Math.round(Double.parseDouble(cells[1]) * 1e9), cells[2]))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static boolean isNamed(Recording recording, long atNs) {
        return NAMED.stream()
                .anyMatch(
                        noise -> noise.recording().equals(recording.name()) && Math.abs(noise.atNs() - atNs) < NEAR_NS);
    }
}
