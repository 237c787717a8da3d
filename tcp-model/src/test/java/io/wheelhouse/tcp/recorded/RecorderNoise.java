package io.wheelhouse.tcp.recorded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Segments that left later than a jiffy after their tick, by the recorder's doing and not by a rule of the kernel: named
 * one by one in {@code recorder-noise.csv}, with how late and the reason. Of these alone more is allowed; what follows
 * starts from them.
 */
record RecorderNoise(String recording, long atNs, long lateMaxNs, String reason) {
    private static final long NEAR_NS = 1_000;
    private static final List<RecorderNoise> NAMED = read();

    private static List<RecorderNoise> read() {
        try (InputStream file = RecorderNoise.class.getResourceAsStream("/linux/recorder-noise.csv")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", 4))
                    .map(cells -> new RecorderNoise(
                            cells[0],
                            Math.round(Double.parseDouble(cells[1]) * 1e9),
                            Math.round(Double.parseDouble(cells[2]) * 1e6),
                            cells[3]))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static boolean isNamed(Recording recording, long atNs) {
        return named(recording, atNs).isPresent();
    }

    /** How long after its tick a segment may leave: a jiffy, if it is not named. */
    static long lateMaxNs(Recording recording, long atNs) {
        return named(recording, atNs).map(RecorderNoise::lateMaxNs).orElse(recording.jiffyNs());
    }

    private static Optional<RecorderNoise> named(Recording recording, long atNs) {
        return NAMED.stream()
                .filter(noise -> noise.recording().equals(recording.name()) && Math.abs(noise.atNs() - atNs) < NEAR_NS)
                .findAny();
    }
}
