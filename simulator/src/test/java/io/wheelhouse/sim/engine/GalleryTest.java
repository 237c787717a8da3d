package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every scenario of the gallery keeps the laws and shows what it says it shows: as shipped, or, where that takes many
 * seconds, in a short form of which the same is expected.
 */
class GalleryTest {
    private static final Map<String, List<String>> SHORT = Map.of(
            "campus-4g", List.of("duration=2s", "warmup=1s"),
            "campus-15g", List.of("duration=1200ms", "warmup=700ms"),
            "datamining", List.of("duration=5s", "warmup=3s"),
            "mqtt-fleet", List.of("duration=13s"),
            "noisy-neighbour", List.of("duration=6s"),
            "one-hog", List.of("duration=4s"),
            "push-gateway", List.of("connections.phones.count=60k"),
            "push-gateway-tenth", List.of("connections.phones.count=60k", "duration=13s"),
            "syn-flood", List.of("duration=2s"),
            "websearch", List.of("duration=4s"));

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
        RunResult result = VirtualEngine.run(Scenarios.gallery(name, settings), EngineOptions.quiet(2));
        assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
        assertThat(result.expectations())
                .isNotEmpty()
                .allSatisfy(expectation ->
                        assertThat(expectation.met()).as(expectation.toString()).isTrue());
    }
}
