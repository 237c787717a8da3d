package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every scenario of the gallery keeps the laws and shows what it says it shows: as shipped, or, where that takes many
 * seconds, in a short form of which the same is expected.
 */
class GalleryTest {
    private static final Map<String, List<String>> SHORT = Map.of(
            "campus-4g", List.of("duration=1500ms"),
            "campus-15g", List.of("duration=1s"),
            "datamining", List.of("duration=5s", "warmup=3s"),
            "mqtt-fleet", List.of("duration=13s"),
            "noisy-neighbour", List.of("duration=6s"),
            "one-hog", List.of("duration=4s"),
            "push-gateway", List.of("connections.phones.count=60k"),
            "push-gateway-tenth", List.of("connections.phones.count=60k", "duration=13s"),
            "syn-flood", List.of("duration=2s"),
            "websearch", List.of("duration=4s"));

    /** What other tests leave behind in this virtual machine may be cleared away, or come, while a run is weighed. */
    private static final long LEFT_BEHIND_BYTES = 12L << 20;

    /** Work piles up for a while, and how much is nothing that a mean could tell. */
    private static final Set<String> OVERLOADED = Set.of("mqtt-fleet");

    static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "scenarios"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void showsWhatItSays(String name) {
        String[] settings = SHORT.getOrDefault(name, List.of()).toArray(String[]::new);
        Scenario scenario = Scenarios.gallery(name, settings);
        Forecast forecast = Forecast.of(scenario);
        RunResult result = VirtualEngine.run(scenario, EngineOptions.quiet(2));
        assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
        assertThat(result.expectations())
                .isNotEmpty()
                .allSatisfy(expectation ->
                        assertThat(expectation.met()).as(expectation.toString()).isTrue());
        assertThat(forecast.events()).as("events forecast").isBetween(result.events() / 2, result.events() * 2);
        if (result.host().heapBytes() > 0 && !OVERLOADED.contains(name)) {
            long heapBytes = result.host().heapBytes();
            assertThat(forecast.heapBytes())
                    .as("bytes forecast")
                    .isBetween(heapBytes / 2 - LEFT_BEHIND_BYTES, heapBytes * 2 + LEFT_BEHIND_BYTES);
        }
    }
}
