package io.wheelhouse.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.MetricCatalog;
import io.wheelhouse.timer.balance.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps docs/balancing.md true: the classes and tests of its map are there, and its commands name what there is. */
class BalancingDocsTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> MODULES = List.of("timer-core", "tcp-model", "simulator");
    private static final Pattern QUOTED_CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");
    private static final Pattern QUOTED_NAME = Pattern.compile("`([a-z][a-z-]*)`");
    private static final Pattern METRIC = Pattern.compile("--metric ([a-z0-9.-]+)");
    private static final Pattern SWEPT = Pattern.compile("wheelhouse sweep ([a-z0-9 -]+?) --");

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/balancing.md"));
    }

    /** The rows of the table under a heading, cell by cell. */
    private static List<List<String>> table(String heading) throws IOException {
        String page = page();
        int begin = page.indexOf("\n## " + heading + "\n");
        assertThat(begin).as(heading).isNotNegative();
        return page.substring(begin + 1)
                .lines()
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| "))
                .skip(2)
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .toList();
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static Set<String> classes(String sources) throws IOException {
        Set<String> names = new TreeSet<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve(sources))) {
                names.addAll(files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .map(name -> name.substring(0, name.length() - ".java".length()))
                        .collect(Collectors.toSet()));
            }
        }
        return names;
    }

    @Test
    void theMapLeadsToClassesAndTests() throws IOException {
        Set<String> main = classes("src/main/java");
        Set<String> test = classes("src/test/java");
        List<List<String>> rows = table("From sentence to class to test");
        assertThat(rows).hasSizeGreaterThan(10);
        for (List<String> row : rows) {
            assertThat(matches(QUOTED_CLASS, row.get(3)))
                    .as(row.get(1))
                    .isNotEmpty()
                    .isSubsetOf(main);
            assertThat(matches(QUOTED_CLASS, row.get(4)))
                    .as(row.get(1))
                    .isNotEmpty()
                    .isSubsetOf(test);
        }
    }

    @Test
    void everyPolicyIsListed() throws IOException {
        List<String> listed = table("Policies").stream()
                .flatMap(row -> matches(QUOTED_NAME, row.get(1)).stream())
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(Policies.names());
    }

    @Test
    void theCommandsNameMetricsAndScenariosThatThereAre() throws IOException {
        String page = page();
        assertThat(matches(METRIC, page)).hasSizeGreaterThan(8).isSubsetOf(new MetricCatalog().names());
        List<String> swept = matches(SWEPT, page);
        assertThat(swept).hasSize(2);
        for (String names : swept) {
            assertThat(names.split(" "))
                    .allSatisfy(name -> assertThat(ROOT.resolve("scenarios/" + name + ".yaml"))
                            .exists());
        }
    }
}
