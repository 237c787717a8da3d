package io.wheelhouse.tcp.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The section "Recorded against modeled" of {@code docs/tcp-timers.md}, and its plots. With {@code -Dwheelhouse.docs.write=true}
 * they are drawn anew; otherwise it is checked that the page has the numbers that the model gives, and the plots too.
 */
class RecordedDocsTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Path PLOTS = DOCS.resolve("recorded");
    private static final Path PAGE = DOCS.resolve("tcp-timers.md");
    private static final String BEGIN = "<!-- recorded: begin -->\n";
    private static final String END = "<!-- recorded: end -->\n";

    private static Map<String, List<RecordedCase>> byKind() {
        return RecordedCase.shipped()
                .collect(Collectors.groupingBy(played -> played.recording().kind(), TreeMap::new, Collectors.toList()));
    }

    @Test
    void everyCaseIsShown() throws IOException {
        Map<String, List<RecordedCase>> byKind = byKind();
        if (Boolean.getBoolean("wheelhouse.docs.write")) {
            draw(byKind);
        }
        String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length()))
                .as("drawn anew by -Dwheelhouse.docs.write=true")
                .startsWith(RecordedReport.table());
        for (Map.Entry<String, List<RecordedCase>> kind : byKind.entrySet()) {
            String plot = Files.readString(PLOTS.resolve(kind.getKey() + ".svg"), StandardCharsets.UTF_8);
            assertThat(page).contains("recorded/" + kind.getKey() + ".svg");
            assertThat(plot).as(kind.getKey()).isEqualTo(RecordedPlot.of(kind.getValue()));
        }
    }

    private static void draw(Map<String, List<RecordedCase>> byKind) throws IOException {
        Files.createDirectories(PLOTS);
        StringBuilder section = new StringBuilder(RecordedReport.table()).append('\n');
        for (Map.Entry<String, List<RecordedCase>> kind : byKind.entrySet()) {
            Files.writeString(PLOTS.resolve(kind.getKey() + ".svg"), RecordedPlot.of(kind.getValue()));
            section.append("![%1$s](recorded/%1$s.svg)\n\n".formatted(kind.getKey()));
        }
        String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(PAGE, page.substring(0, from) + section + page.substring(page.indexOf(END)));
    }
}
