package io.wheelhouse.sim.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.drill.Verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Scripts that a real kernel has passed: the model passes them too, and fails them when they are broken. */
final class RecordedScriptsTest {
    /** Phases of the kernel's wheel that are tried: odd parts of its slots, at all levels that the scripts reach. */
    private static final int PHASES = 64;

    private static final long PHASE_STEP_NS = 4_000_000L * 37 + 613_000;

    private static final Pattern EXPECTED =
            Pattern.compile("^\\s*\\+(\\S+?)(?:~\\+(\\S+))?\\s+> (\\S+) +(\\d+):(\\d+)\\((\\d+)\\).*$");

    static Stream<Arguments> onEachWheel() {
        return Scripts.RECORDED.stream()
                .flatMap(name -> Stream.of(Wheel.values()).map(wheel -> Arguments.of(name, wheel)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @DisplayName("passes on exact timers, and on the kernel's wheel whatever its phase")
    @MethodSource("onEachWheel")
    void passes(String name, Wheel wheel) {
        Script script = Scripts.script(Scripts.recorded(name));
        for (int i = 0; i < PHASES; i++) {
            long phaseNs = Drill.DEFAULT_PHASE_NS + i * PHASE_STEP_NS;
            Verdict verdict = new Drill("linux", wheel, phaseNs, SegmentTap.NONE).run(script);
            assertThat(verdict.outcome())
                    .as("phase %d ns, line %d: %s", phaseNs, verdict.line(), verdict.message())
                    .isEqualTo(Outcome.PASSED);
        }
    }

    /** Lines with an expected packet behind the handshake, numbered from 0. */
    private static List<Integer> expectations(String[] lines) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            Matcher matcher = EXPECTED.matcher(lines[i]);
            if (matcher.matches() && !matcher.group(3).equals("S.")) {
                found.add(i);
            }
        }
        return found;
    }

    private static void assertFailsAt(int line, String[] lines, Wheel wheel) {
        Verdict verdict = Drill.on(wheel).run(Scripts.script(String.join("\n", lines)));
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.line()).as(verdict.message()).isEqualTo(line);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @DisplayName("fails at the line whose time is off by more than the tolerance")
    @MethodSource("onEachWheel")
    void wrongTime(String name, Wheel wheel) {
        String[] original = Scripts.recorded(name).split("\n", -1);
        for (int i : expectations(original)) {
            String[] lines = original.clone();
            lines[i] = lines[i].replaceFirst("^\\s*\\+\\S+", "+5.1~+5.2");
            assertFailsAt(i + 1, lines, wheel);
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @DisplayName("fails at the line with a wrong sequence number")
    @MethodSource("onEachWheel")
    void wrongSequenceNumber(String name, Wheel wheel) {
        String[] original = Scripts.recorded(name).split("\n", -1);
        for (int i : expectations(original)) {
            Matcher matcher = EXPECTED.matcher(original[i]);
            // initial numbers are the script's own to choose, those of repeated SYNs are not
            if (!matcher.matches()
                    || (matcher.group(3).equals("S")
                            && i == expectations(original).get(0))) {
                continue;
            }
            String[] lines = original.clone();
            String range = matcher.group(4) + ":" + matcher.group(5);
            lines[i] = lines[i].replace(
                    range, (Long.parseLong(matcher.group(4)) + 1) + ":" + (Long.parseLong(matcher.group(5)) + 1));
            assertFailsAt(i + 1, lines, wheel);
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @DisplayName("fails at the next expected packet if one is missing from the script, or at one that never comes")
    @MethodSource("onEachWheel")
    void missingPacket(String name, Wheel wheel) {
        String[] original = Scripts.recorded(name).split("\n", -1);
        List<Integer> expectations = expectations(original);
        int last = expectations.get(expectations.size() - 1);
        String[] doubled = original.clone();
        doubled[last] = original[last] + "\n" + original[last].replaceFirst("^\\s*\\+\\S+", "+0");
        assertFailsAt(last + 2, doubled, wheel);
        int failures = 0;
        for (int k = 0; k + 1 < expectations.size(); k++) {
            String[] lines = original.clone();
            lines[expectations.get(k)] = "";
            Verdict verdict = Drill.on(wheel).run(Scripts.script(String.join("\n", lines)));
            // without a line that waits, the script goes on sooner, and may be right again
            if (verdict.outcome() == Outcome.FAILED) {
                failures++;
                assertThat(verdict.line())
                        .as(verdict.message())
                        .isGreaterThan(expectations.get(k) + 1)
                        .isLessThanOrEqualTo(nextOther(k, expectations, original) + 1);
            }
        }
        assertThat(failures).isGreaterThan((expectations.size() - 1) / 2);
    }

    /** Of equal lines in a row it does not show which is missing: the next that is another. */
    private static int nextOther(int k, List<Integer> expectations, String[] lines) {
        int next = k + 1;
        while (next + 1 < expectations.size() && lines[expectations.get(next)].equals(lines[expectations.get(k)])) {
            next++;
        }
        return expectations.get(next);
    }
}
