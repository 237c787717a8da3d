package io.wheelhouse.timer.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.timer.mutants.SuiteProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The mutation profile, {@code mvn verify -Pmutants -pl timer-core}: puts each seeded bug into the sources, runs the
 * shared suite on what comes of it, and fails unless the suite does. First the suite must pass as it is, in the same
 * kind of process, so that a failure means the bug. A suite that does not come to an end counts as failed by the test
 * that was running.
 *
 * <p>{@code -Dwheelhouse.mutant=NAME} runs that mutant alone.
 */
class MutationCheck {
    /** For the suite as it is, which takes some seconds. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final String ONLY = System.getProperty("wheelhouse.mutant", "");

    private static final List<String> TABLE = new ArrayList<>();

    @TempDir
    private Path folder;

    /** For a mutant: some times what the suite as it is took. */
    private Duration mutantLimit = LIMIT;

    @TestFactory
    Stream<DynamicTest> theSuiteCatches() {
        List<Mutant> mutants = Mutant.all().stream()
                .filter(mutant -> ONLY.isEmpty() || mutant.name().equals(ONLY))
                .toList();
        assertThat(mutants).as("mutants named '%s'", ONLY).isNotEmpty();
        return Stream.concat(
                Stream.of(DynamicTest.dynamicTest("nothing where nothing is wrong", this::passesUnmutated)),
                mutants.stream().map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> isCaught(mutant))));
    }

    private void passesUnmutated() throws IOException, InterruptedException {
        Outcome outcome = SuiteProcess.run(Files.createDirectory(folder.resolve("unmutated")), LIMIT);
        addRow("(none)", outcome, outcome.tests() + " tests pass");
        assertThat(outcome.failed()).isEmpty();
        assertThat(outcome.ended()).as("came to its end: %s", outcome).isTrue();
        assertThat(outcome.tests()).isGreaterThan(200);
        mutantLimit = outcome.took().multipliedBy(3);
    }

    private void isCaught(Mutant mutant) throws IOException, InterruptedException {
        Path classes = Files.createDirectory(folder.resolve(mutant.name()));
        MutantCompiler.compile(mutant, classes);
        Outcome outcome = SuiteProcess.run(classes, mutantLimit);
        assertThat(outcome.tests()).as("tests started").isPositive();
        List<String> catches = new ArrayList<>(outcome.failed());
        if (!outcome.ended()) {
            catches.add(outcome.lastStarted() + " (never ends)");
        }
        String summary = catches.isEmpty() ? "NOTHING" : summary(catches);
        addRow(mutant.name(), outcome, summary);
        assertThat(catches.stream().anyMatch(test -> test.startsWith(mutant.caughtBy())))
                .as("%s catches: %s Caught by %s", mutant.caughtBy(), mutant.bug(), summary)
                .isTrue();
    }

    /** How many tests of each class, and the first of all. */
    private static String summary(List<String> catches) {
        String perClass = catches.stream()
                .collect(Collectors.groupingBy(test -> test.split("\\.", 2)[0], TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(count -> count.getKey() + ' ' + count.getValue())
                .collect(Collectors.joining(", "));
        return perClass + "; first " + catches.get(0);
    }

    private static void addRow(String mutant, Outcome outcome, String caughtBy) {
        String row = String.format(
                Locale.ROOT, "%-36s %4.1f s  %s", mutant, outcome.took().toMillis() / 1_000.0, caughtBy);
        TABLE.add(row);
        System.out.println(row);
    }

    @AfterAll
    static void printTable() {
        System.out.println("\nMUTANT                               SUITE  CAUGHT BY");
        TABLE.forEach(System.out::println);
    }
}
