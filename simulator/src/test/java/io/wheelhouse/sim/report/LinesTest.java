package io.wheelhouse.sim.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static final String LONG = String.join(" ", Collections.nCopies(40, "word"));

    @Test
    void whatFitsStaysOnItsLine() {
        assertThat(Lines.labelled("LABEL  ", "a few words")).containsExactly("LABEL  a few words");
        assertThat(Lines.hanging("  ", "a few words")).containsExactly("a few words");
        assertThat(Lines.command("NEXT  ", List.of("run x", "--set a=b"))).containsExactly("NEXT  run x --set a=b");
    }

    @Test
    void linesAreFilledToEightyColumnsAndNothingIsLost() {
        for (List<String> lines : List.of(Lines.labelled("LABEL  ", LONG), Lines.hanging("  ", LONG))) {
            assertThat(lines)
                    .hasSizeGreaterThan(2)
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
            assertThat(lines.subList(0, lines.size() - 1))
                    .allSatisfy(line -> assertThat(line).hasSizeGreaterThan(80 - " word".length()));
        }
        assertThat(String.join(
                                "",
                                Lines.labelled("", LONG).stream()
                                        .map(line -> line + " ")
                                        .toList())
                        .strip())
                .isEqualTo(LONG);
        assertThat(Lines.labelled("LABEL  ", LONG).get(1)).startsWith("       word");
    }

    @Test
    void aWordIsNeverBroken() {
        String path = "p".repeat(100);
        assertThat(Lines.hanging("  ", "at " + path + " now")).containsExactly("at", "  " + path, "  now");
    }

    @Test
    void linesOfACommandAreJoinedForTheShell() {
        List<String> parts = Collections.nCopies(8, "--set some.key=value");
        List<String> lines = Lines.command("NEXT  ", parts);
        assertThat(lines).hasSize(3).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(lines.subList(0, 2)).allMatch(line -> line.endsWith("value \\"));
        assertThat(lines.get(2)).startsWith("        --set").endsWith("value");
    }
}
