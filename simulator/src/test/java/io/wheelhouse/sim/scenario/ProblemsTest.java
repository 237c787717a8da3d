package io.wheelhouse.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, where, and in which words: the table is {@code problems.txt}. */
class ProblemsTest {

    /** An edit of the small scenario, and the problems that it then has. */
    record Case(String edit, List<String> problems) {
        @Override
        public String toString() {
            return edit;
        }
    }

    static Stream<Case> table() {
        List<Case> cases = new ArrayList<>();
        for (String line : Fixture.resource("problems.txt").lines().toList()) {
            if (line.startsWith("  ")) {
                cases.get(cases.size() - 1).problems.add(Fixture.SOURCE + ":" + line.strip());
            } else if (!line.isEmpty() && !line.startsWith("# ")) {
                cases.add(new Case(line, new ArrayList<>()));
            }
        }
        return cases.stream();
    }

    private static String edited(String edit) {
        boolean inGroup = edit.startsWith("group ");
        String line = inGroup ? edit.substring("group ".length()) : edit;
        String key = line.contains(":") ? line.substring(0, line.indexOf(':') + 1) : line;
        String before = inGroup ? "( {4}|  - )" : "()";
        String itsLines = inGroup ? ".*\n" : ".*\n( {2}.*\n)*";
        Pattern there = Pattern.compile("(?m)^" + before + Pattern.quote(key) + itsLines);
        Matcher matcher = there.matcher(Fixture.SMALL);
        if (matcher.find()) {
            return Fixture.SMALL.substring(0, matcher.start()) + matcher.group(1) + line + "\n"
                    + Fixture.SMALL.substring(matcher.end());
        }
        return Fixture.SMALL + (inGroup ? "    " : "") + line + "\n";
    }

    @ParameterizedTest
    @MethodSource("table")
    void isRefusedInThoseWords(Case each) {
        assertThat(Fixture.problems(edited(each.edit))).isEqualTo(each.problems);
    }

    @Test
    void threeMistakesAreThreeLines() {
        String text = Fixture.resource("reference.yaml")
                .replace("slots: 64", "slotz: 64")
                .replace("quantum: 5us", "quantum: 200mss")
                .replace("count: 200k", "count: -5");
        assertThat(Fixture.problems(text))
                .containsExactly(
                        "file.yaml:25:11: unknown key \"slotz\" in shape; did you mean \"slots\"?",
                        "file.yaml:27:38: \"200mss\" is not a duration such as 200ms (ns, us, ms, s, min, h, d):"
                                + " there is no unit \"mss\"; did you mean \"200ms\"?",
                        "file.yaml:32:12: \"-5\" is too small: at least 1");
    }

    @Test
    void aMisspelledKeyIsNotAlsoMissing() {
        assertThat(Fixture.problems(Fixture.SMALL.replace("count:", "cuont:")))
                .containsExactly("file.yaml:5:5: unknown key \"cuont\" in connections; did you mean \"count\"?");
    }

    @Test
    void whatIsMissingIsNamedAtTheStart() {
        assertThat(Fixture.problems("description: nothing else"))
                .containsExactly(
                        "file.yaml:1:1: missing key \"name\" in the scenario: names the scenario and its output folder",
                        "file.yaml:1:1: missing key \"duration\" in the scenario: how long the run lasts, in virtual time",
                        "file.yaml:1:1: missing key \"connections\" in the scenario: groups of connections that are alike");
    }

    @Test
    void groupsHaveTheirOwnNamesAndAddresses() {
        String text = Fixture.SMALL + "  - {name: all, count: 5, remote: 100.64.0.0/24}\n";
        assertThat(Fixture.problems(text))
                .containsExactly(
                        "file.yaml:6:12: a second group of the name \"all\"",
                        "file.yaml:6:35: the groups all and all share connection parameters:"
                                + " 100.64.0.0/10:32768-60999 and 100.64.0.0/24:32768-60999 overlap"
                                + " at the local 10.0.0.1:443");
    }

    @Test
    void aGroupThatFailsCanStillBeNamedByAnExpectation() {
        String text = Fixture.SMALL.replace("count: 10", "count: -10")
                + "expect: ['retransmissions{group=all} > 3', 'retransmissions{group=none} > 3']\n";
        assertThat(Fixture.problems(text))
                .containsExactly(
                        "file.yaml:5:12: \"-10\" is too small: at least 1",
                        "file.yaml:6:44: there is no group \"none\"; choose one of all");
    }

    @Test
    void allGroupsTogetherHaveALimit() {
        String text = Fixture.SMALL.replace("count: 10", "count: 60M")
                + "  - {name: more, count: 60M, local: 10.0.0.2:443}\n";
        assertThat(Fixture.problems(text))
                .containsExactly(
                        "file.yaml:4:3: 120000000 connections in all groups; at most 100000000 can be modeled");
    }

    @Test
    void thousandsOfProblemsAreCutShort() {
        StringBuilder text = new StringBuilder(Fixture.SMALL);
        for (int i = 0; i < 5_000; i++) {
            text.append("zzz").append(i).append(": 1\n");
        }
        List<String> problems = Fixture.problems(text.toString());
        assertThat(problems).hasSize(Problems.LIMIT + 1).endsWith("file.yaml: and 4000 more problems");
    }
}
