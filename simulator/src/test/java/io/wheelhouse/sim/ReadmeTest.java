package io.wheelhouse.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps the README true: its example is code that compiles and runs, its gallery is the gallery, its links lead somewhere. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Path EXAMPLE = Path.of("src/test/java/io/wheelhouse/sim/EmbeddingExample.java");

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    @Test
    void theExampleIsTheCodeThatIsTested() throws IOException {
        List<String> lines = Files.readAllLines(EXAMPLE);
        int begin = indexOf(lines, "// README begins");
        int end = indexOf(lines, "// README ends");
        String code = lines.subList(begin + 1, end).stream()
                .map(line -> line.substring(8))
                .collect(Collectors.joining("\n"));
        assertThat(readme()).contains("```java\n" + code + "\n```");
    }

    private static int indexOf(List<String> lines, String mark) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(mark)) {
                return i;
            }
        }
        throw new AssertionError("no line " + mark + " in " + EXAMPLE);
    }

    @Test
    void theExampleRuns(@TempDir Path folder) throws Exception {
        Path small = folder.resolve("small.yaml");
        Files.writeString(
                small,
                Files.readString(ROOT.resolve("scenarios/rto-storm.yaml"))
                        .replace("count: 200k", "count: 2000")
                        .replace("> 300k", "> 3k"));
        RunResult result = EmbeddingExample.run(small);
        assertThat(result.laws().kept()).isTrue();
        assertThat(result.expectationsMet()).isTrue();
    }

    @Test
    void theGalleryIsWhole() throws IOException {
        String readme = readme();
        String gallery = Files.readString(ROOT.resolve("scenarios/README.md"));
        try (Stream<Path> files = Files.list(ROOT.resolve("scenarios"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .forEach(name -> {
                        assertThat(readme).contains("(scenarios/" + name + ")");
                        assertThat(gallery).contains("(" + name + ")");
                    });
        }
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        Matcher links = Pattern.compile("]\\((?!http)([^)#]+)").matcher(readme());
        while (links.find()) {
            assertThat(ROOT.resolve(links.group(1))).exists();
        }
    }
}
