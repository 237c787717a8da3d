package io.wheelhouse.sim.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.drill.Verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Scripts that pass, broken in one place: they fail, and at the right line. */
final class BrokenScripts {
    private static final Pattern EXPECTED =
            Pattern.compile("^\\s*\\+(\\S+?)(?:~\\+(\\S+))?\\s+> (\\S+) +(\\d+):(\\d+)\\((\\d+)\\).*$");

    private BrokenScripts() {}

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

    /** It fails at the line whose time is off by more than the tolerance. */
    static void wrongTime(String text, Wheel wheel) {
        String[] original = text.split("\n", -1);
        for (int i : expectations(original)) {
            String[] lines = original.clone();
            lines[i] = lines[i].replaceFirst("^\\s*\\+\\S+", "+5.1~+5.2");
            assertFailsAt(i + 1, lines, wheel);
        }
    }

    /** It fails at the line with a wrong sequence number. */
    static void wrongSequenceNumber(String text, Wheel wheel) {
        String[] original = text.split("\n", -1);
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

    /** It fails at the next expected packet if one is missing from the script, or at one that never comes. */
    static void missingPacket(String text, Wheel wheel) {
        String[] original = text.split("\n", -1);
        List<Integer> expectations = expectations(original);
        if (expectations.isEmpty()) {
            return;
        }
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
        assertThat(2 * failures).isGreaterThanOrEqualTo(expectations.size() - 1);
    }

    /** Of equal packets in a row it does not show which is missing: the next that is another. */
    private static int nextOther(int k, List<Integer> expectations, String[] lines) {
        int next = k + 1;
        while (next + 1 < expectations.size()
                && packet(lines[expectations.get(next)]).equals(packet(lines[expectations.get(k)]))) {
            next++;
        }
        return expectations.get(next);
    }

    private static String packet(String line) {
        return line.substring(line.indexOf('>'));
    }
}
