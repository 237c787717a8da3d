package io.wheelhouse.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.engine.EngineCatalogs;
import io.wheelhouse.sim.metrics.Cause;
import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.sim.scenario.Catalogs;
import io.wheelhouse.sim.scenario.KeyReference;
import io.wheelhouse.sim.scenario.KeyReference.Entry;
import io.wheelhouse.sim.scenario.ScenarioReader;
import io.wheelhouse.tcp.TimerCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/scenario.md says what scenario files may say. {@code -Dwheelhouse.docs.write=true} writes its tables of keys anew from
 * those that files are read by; its metrics are held against the catalogue, and its example is read.
 */
class ScenarioDocTest {
    private static final Path DOCUMENT = Path.of("../docs/scenario.md");
    private static final Catalogs CATALOGS = EngineCatalogs.all();
    private static final Pattern METRIC = Pattern.compile("^\\| `([^`]+)` \\| (\\w*) *\\|", Pattern.MULTILINE);
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(name: .*?)```", Pattern.DOTALL);

    @Test
    void theKeysAreThoseThatAreRead() throws IOException {
        same("keys", keys());
    }

    @Test
    void theDistributionsAreThoseThatAreRead() throws IOException {
        StringBuilder list = new StringBuilder("```\n");
        KeyReference.distributions(CATALOGS).forEach(kind -> list.append(kind).append('\n'));
        same("distributions", list.append("```\n").toString());
    }

    private static void same(String mark, String text) throws IOException {
        String begin = "<!-- " + mark + " -->\n";
        String end = "<!-- /" + mark + " -->";
        String document = Files.readString(DOCUMENT);
        int from = document.indexOf(begin) + begin.length();
        int to = document.indexOf(end);
        assertThat(document).contains(begin, end);
        if (Boolean.getBoolean("wheelhouse.docs.write")) {
            Files.writeString(DOCUMENT, document.substring(0, from) + text + document.substring(to));
            return;
        }
        assertThat(document.substring(from, to))
                .as("written anew by -Dwheelhouse.docs.write=true")
                .isEqualTo(text);
    }

    private static String keys() {
        Map<String, List<Entry>> mappings = new LinkedHashMap<>();
        for (Entry entry : KeyReference.of(CATALOGS)) {
            mappings.computeIfAbsent(entry.mapping(), name -> new ArrayList<>()).add(entry);
        }
        StringBuilder text = new StringBuilder();
        mappings.forEach((name, entries) -> {
            text.append(text.isEmpty() ? "" : "\n");
            text.append("### ")
                    .append(name.isEmpty() ? "The file" : "`" + name.replace(" of kind ", "` of kind `") + "`");
            text.append("\n\n| key | what may stand there | if absent | meaning |\n| --- | --- | --- | --- |\n");
            for (Entry entry : entries) {
                text.append("| `").append(entry.name()).append("` | ").append(entry.value());
                text.append(" | ").append(entry.absent()).append(" | ");
                text.append(entry.meaning()).append(" |\n");
            }
        });
        return text.toString();
    }

    /** TIMER, CAUSE and the like stand for each of their kind; what is left is word for word a metric. */
    @Test
    void theMetricsAreThoseThatThereAre() throws IOException {
        String document = Files.readString(DOCUMENT);
        Set<String> told = new LinkedHashSet<>();
        Matcher row = METRIC.matcher(document.substring(document.indexOf("## Metrics")));
        while (row.find()) {
            for (String name : expanded(row.group(1))) {
                told.add(name);
                assertThat(CATALOGS.metrics().contains(name)).as(name).isTrue();
                assertThat(String.join(" ", CATALOGS.metrics().labels(name)))
                        .as(name)
                        .isEqualTo(row.group(2));
            }
        }
        assertThat(told).containsExactlyInAnyOrderElementsOf(CATALOGS.metrics().names());
    }

    private static List<String> expanded(String pattern) {
        Map<String, List<String>> words = Map.of(
                "TIMER", Lane.ALL.stream().map(Lane::key).toList(),
                "CAUSE", Cause.ALL.stream().map(Cause::key).toList(),
                "END",
                        Arrays.stream(TimerCount.values())
                                .map(count -> count.name().toLowerCase(Locale.ROOT))
                                .toList(),
                "STATISTIC", List.of("mean", "p50", "p90", "p99", "p99.9", "p99.99", "max"));
        List<String> names = List.of(pattern);
        for (Map.Entry<String, List<String>> word : words.entrySet()) {
            names = names.stream()
                    .flatMap(name -> name.contains(word.getKey())
                            ? word.getValue().stream().map(each -> name.replace(word.getKey(), each))
                            : List.of(name).stream())
                    .toList();
        }
        return names;
    }

    @Test
    void theExampleIsAScenario() throws Exception {
        Matcher example = EXAMPLE.matcher(Files.readString(DOCUMENT));
        assertThat(example.find()).isTrue();
        assertThat(new ScenarioReader(CATALOGS)
                        .read("scenario.md", example.group(1), List.of())
                        .connections())
                .hasSize(2);
    }
}
