package io.wheelhouse.sim.drill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.drill.Verdict.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code docs/drill.md} to what the runner does. */
final class DrillDocsTest {
    private static final String DOC = read(Path.of("..", "docs", "drill.md"));
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|`]+) \\| `([^|]+)` \\|$");

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The words in backquotes of the paragraph with that heading. */
    private static List<String> words(String heading) {
        int from = DOC.indexOf("**" + heading + "**");
        assertThat(from).as("heading " + heading).isNotNegative();
        String paragraph = DOC.substring(from + heading.length() + 4, DOC.indexOf("\n\n", from));
        int effect = paragraph.indexOf(';');
        return WORD.matcher(effect < 0 ? paragraph : paragraph.substring(0, effect))
                .results()
                .map(match -> match.group(1))
                .filter(word -> !word.equals("tcp_info"))
                .toList();
    }

    static Stream<String> optionLines() {
        return words("Option lines with an effect").stream();
    }

    static Stream<String> socketOptions() {
        return words("Socket options that are set").stream();
    }

    static Stream<String> fields() {
        return words("Fields of `tcp_info`").stream();
    }

    static Stream<String> calls() {
        return words("Calls").stream();
    }

    @Test
    @DisplayName("the script shown passes, and fails as shown with another time")
    void example() {
        int from = DOC.indexOf("// A lost segment");
        String script = DOC.substring(from, DOC.indexOf("```", from));
        assertThat(Drill.on(Wheel.EXACT).run(Scripts.script(script)).outcome()).isEqualTo(Outcome.PASSED);
        Verdict late = Drill.on(Wheel.EXACT).run(Scripts.script(script.replace("+.3~+.31", "+.2~+.21")));
        assertThat(DOC).contains("late.pkt:" + late.line() + ": failed: " + late.message());
    }

    @ParameterizedTest
    @MethodSource("optionLines")
    @DisplayName("an option line with an effect is known and inside the subset")
    void optionLine(String name) {
        String value = name.equals("--ip_version") ? "ipv6" : name.equals("--mtu") ? "1500" : "1";
        assertRuns(name + "=" + value + "\n" + Scripts.ESTABLISHED);
    }

    @ParameterizedTest
    @MethodSource("socketOptions")
    @DisplayName("a socket option is known and inside the subset")
    void socketOption(String name) {
        String value = name.equals("SO_LINGER") ? "{onoff=1, linger=0}, 8" : "[1], 4";
        String level = name.startsWith("SO_") ? "SOL_SOCKET" : "SOL_TCP";
        assertRuns("0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 setsockopt(3, " + level + ", " + name + ", " + value
                + ") = 0\n");
    }

    @ParameterizedTest
    @MethodSource("fields")
    @DisplayName("a field of tcp_info has a value")
    void field(String name) {
        assertRuns(Scripts.ESTABLISHED + "+0 %{ assert " + name + " >= 0 }%\n");
    }

    @ParameterizedTest
    @MethodSource("calls")
    @DisplayName("a call is known")
    void call(String name) {
        assertThat(Script.parse("0 " + name + "() = 0", "x.pkt").problems().toString())
                .doesNotContain("unknown system call");
    }

    static Stream<MatchResult> skipped() {
        return ROW.matcher(DOC).results();
    }

    @ParameterizedTest
    @MethodSource("skipped")
    @DisplayName("a construct of the table is skipped by the name it has there")
    void skip(MatchResult row) {
        Script script = Scripts.script("0 " + row.group(2));
        assertThat(script.firstUnsupported().orElseThrow().construct()).isEqualTo(row.group(1));
    }

    private static void assertRuns(String text) {
        Script script = Scripts.script(text);
        assertThat(script.firstUnsupported()).isEmpty();
        assertThat(Drill.on(Wheel.EXACT).run(script).outcome()).isNotEqualTo(Outcome.SKIPPED);
    }
}
