package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario of the gallery, as shipped, keeps the laws and shows what it says it shows. */
class GalleryTest {

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
        RunResult result = VirtualEngine.run(Scenarios.gallery(name), EngineOptions.quiet(2));
        assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
        assertThat(result.expectations()).isNotEmpty().allMatch(expectation -> expectation.met());
    }
}
