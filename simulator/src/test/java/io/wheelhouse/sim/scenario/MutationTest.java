package io.wheelhouse.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reference scenario with bytes and lines changed at random: whatever comes of it is a scenario that can be written and
 * read again, or a list of problems with places in the file; never another exception.
 */
class MutationTest {
    private static final int MUTANTS = 3_000;
    private static final int MAX_CHANGES = 4;

    private static final List<String> PIECES = List.of(
            "&a ",
            "*a",
            "<<: *a",
            "!!int ",
            "!x ",
            "? ",
            "- ",
            ": ",
            "{",
            "}",
            "[",
            "]",
            ",",
            "#",
            "'",
            "\"",
            "\\",
            "|\n",
            ">\n",
            "%YAML 1.1\n",
            "---\n",
            "...\n",
            "\t",
            "\r",
            "\u0000",
            "\uFEFF",
            "\u0085",
            "\u2028",
            "\uD83D\uDE00",
            "null",
            "~",
            "true",
            "-1",
            "1e99",
            "99999999999999999999",
            "0.1ns",
            "%",
            "=",
            "±",
            "name: x\n",
            "  ",
            "\n");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void neverAnythingButAScenarioOrProblems() throws IOException {
        byte[] reference = Fixture.resource("reference.yaml").getBytes(StandardCharsets.UTF_8);
        int scenarios = 0;
        for (long seed = 0; seed < MUTANTS; seed++) {
            byte[] mutant = mutate(reference, new SplittableRandom(seed));
            try {
                scenarios += check(mutant) ? 1 : 0;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ":\n" + new String(mutant, StandardCharsets.UTF_8), e);
            }
        }
        assertThat(scenarios).as("mutants that are scenarios").isBetween(1, MUTANTS - 1);
    }

    /** Whether it is a scenario. */
    private boolean check(byte[] mutant) throws IOException {
        Path file = folder.resolve("mutant.yaml");
        Files.write(file, mutant);
        try {
            Scenario scenario = new ScenarioReader(Fixture.CATALOGS).read(file, List.of());
            assertThat(Fixture.read(ScenarioWriter.write(scenario))).isEqualTo(scenario);
            return true;
        } catch (ScenarioException e) {
            assertPlaces(e.problems(), file.toString(), new String(mutant, StandardCharsets.UTF_8));
            return false;
        }
    }

    private static void assertPlaces(List<Problem> problems, String source, String text) {
        assertThat(problems).isNotEmpty();
        String[] lines = text.split("\r\n|\r|\n", -1);
        Position before = new Position(source, 1, 1);
        for (Problem problem : problems) {
            Position at = problem.position();
            assertThat(at.source()).isEqualTo(source);
            assertThat(at.line()).as("line of %s", problem).isBetween(1, lines.length);
            String line = lines[at.line() - 1];
            assertThat(at.column()).as("column of %s", problem).isBetween(1, line.codePointCount(0, line.length()) + 1);
            assertThat(problem.message().codePoints()).as("%s", problem).allMatch(Text::isPrintable);
            assertThat(at.line() * 100_000 + at.column())
                    .as("order of %s", problem)
                    .isGreaterThanOrEqualTo(before.line() * 100_000 + before.column());
            before = at;
        }
    }

    private static byte[] mutate(byte[] reference, SplittableRandom random) {
        byte[] bytes = reference;
        for (int changes = 1 + random.nextInt(MAX_CHANGES); changes > 0; changes--) {
            bytes = random.nextInt(3) == 0 ? changeLines(bytes, random) : changeBytes(bytes, random);
        }
        return bytes;
    }

    private static byte[] changeBytes(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(bytes.length);
        int gone = Math.min(bytes.length - at, random.nextInt(4));
        byte[] flipped = {(byte) (bytes[at] ^ 1 << random.nextInt(8))};
        byte[] drawn = {(byte) random.nextInt(256)};
        return switch (random.nextInt(5)) {
            case 0 -> splice(bytes, at, 1, flipped);
            case 1 -> splice(bytes, at, random.nextInt(2), drawn);
            case 2 -> splice(bytes, at, gone, new byte[0]);
            default -> {
                String piece = PIECES.get(random.nextInt(PIECES.size()));
                yield splice(bytes, at, gone, piece.getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    private static byte[] splice(byte[] bytes, int at, int gone, byte[] instead) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.writeBytes(instead);
        out.write(bytes, at + gone, bytes.length - at - gone);
        return out.size() == 0 ? new byte[] {'\n'} : out.toByteArray();
    }

    private static byte[] changeLines(byte[] bytes, SplittableRandom random) {
        List<String> lines = new ArrayList<>(List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1)));
        int at = random.nextInt(lines.size());
        int other = random.nextInt(lines.size());
        switch (random.nextInt(4)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(other, lines.get(at));
            case 2 -> lines.set(at, lines.set(other, lines.get(at)));
            default ->
                lines.set(at, "  ".repeat(random.nextInt(4)) + lines.get(at).strip());
        }
        byte[] changed = String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
        return changed.length == 0 ? new byte[] {'\n'} : changed;
    }
}
