package io.wheelhouse.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no scenario at all: one line each. */
class FileTest {
    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void nameFile() {
        file = folder.resolve("file.yaml");
    }

    private static Scenario read(Path path) throws ScenarioException {
        return new ScenarioReader(Fixture.CATALOGS).read(path, List.of());
    }

    private static void assertProblem(Path path, String after) {
        ScenarioException e = catchThrowableOfType(ScenarioException.class, () -> read(path));
        assertThat(e).hasMessage(path + after);
        assertThat(e.problems()).hasSize(1);
    }

    private void write(byte[] bytes) throws IOException {
        Files.write(file, bytes);
    }

    private void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aScenarioIsRead() throws IOException, ScenarioException {
        write(Fixture.SMALL);
        assertThat(read(file)).isEqualTo(Fixture.read(Fixture.SMALL));
    }

    @Test
    void aByteOrderMarkAndOtherLineEndsAreFine() throws IOException, ScenarioException {
        write("\uFEFF" + Fixture.SMALL.replace("\n", "\r\n"));
        assertThat(read(file)).isEqualTo(Fixture.read(Fixture.SMALL));
    }

    @Test
    void missingFile() {
        assertProblem(file, ": no such file");
    }

    @Test
    void directory() {
        assertProblem(folder, ": is a directory, not a scenario file");
    }

    @Test
    void unreadableFile() throws IOException {
        write(Fixture.SMALL);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "permissions do not bind this user");
        assertProblem(file, ": permission denied");
    }

    @Test
    void fileUnderAFile() throws IOException {
        write(Fixture.SMALL);
        assertProblem(file.resolve("x"), ": cannot be read: Not a directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# a comment\n", "---\n...\n", " "})
    void emptyFile(String text) throws IOException {
        write(text);
        String message =
                catchThrowableOfType(ScenarioException.class, () -> read(file)).getMessage();
        assertThat(message).startsWith(file + ":1:").contains("empty").doesNotContain("\n");
    }

    @Test
    void fileOfTwoMebibytes() throws IOException {
        byte[] bytes = new byte[2 << 20];
        Arrays.fill(bytes, (byte) '#');
        write(bytes);
        assertProblem(file, ": is larger than 1 MiB");
    }

    @Test
    void fileOfOneMebibyteIsNotTooLarge() throws IOException, ScenarioException {
        write(Fixture.SMALL + "#".repeat((1 << 20) - Fixture.SMALL.length()));
        assertThat(read(file).name()).isEqualTo("small");
    }

    @Test
    void binaryFile() throws IOException {
        write(new byte[] {'n', ':', '\n', 127, 'E', 'L', 'F', 0, 1, (byte) 0xff});
        assertProblem(file, ":2:5: a binary file, not a text: it holds a zero byte");
    }

    @Test
    void textOfAnotherEncoding() throws IOException {
        write("name: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertProblem(file, ":1:10: not a text in UTF-8: these bytes are no character");
    }

    @Test
    void characterCutShortAtTheEnd() throws IOException {
        write(new byte[] {'a', ':', '\n', (byte) 0xe2, (byte) 0x82});
        assertProblem(file, ":2:1: not a text in UTF-8: these bytes are no character");
    }

    @Test
    void controlCharacter() throws IOException {
        write("name: x\r\n\r\ndescription: a\u0007b\n");
        assertProblem(file, ":3:15: not valid YAML: the character U+0007 is not allowed");
    }

    @Test
    void columnsCountCharactersNotUnits() throws IOException {
        write("{'\uD83D\uDE00': 1, name: x, duration: 1s, connections: [{name: a, count: 1}]}");
        assertProblem(
                file,
                ":1:2: unknown key \"\uD83D\uDE00\" in the scenario; its keys are name, description, seed, duration,"
                        + " warmup, host, hash, timers, queueing, assigner, tcp, connections, expect, output");
        write("{name: '\uD83D\uDE00', duration: x, connections: [{name: a, count: 1}]}");
        assertThat(catchThrowableOfType(ScenarioException.class, () -> read(file)))
                .hasMessageContaining("file.yaml:1:23: \"x\" is not a duration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void nestingIsBounded(String opening) throws IOException {
        write("name: x\nextra: " + (opening.equals("- ") ? "\n" : "") + opening.repeat(100));
        ScenarioException e = catchThrowableOfType(ScenarioException.class, () -> read(file));
        assertThat(e.problems()).hasSize(1);
        assertThat(e.getMessage()).contains("nested deeper than 64 levels");
    }

    @Test
    void nestingAsDeepAsTheFileAllowsDoesNotOverflow() throws IOException {
        write("[".repeat(1 << 20));
        assertProblem(file, ":1:65: nested deeper than 64 levels");
    }

    @Test
    void nestingUpToTheBoundIsReadOn() throws IOException {
        write(Fixture.SMALL + "extra: " + "[".repeat(63) + "]".repeat(63) + "\n");
        assertThat(catchThrowableOfType(ScenarioException.class, () -> read(file)))
                .hasMessageContaining("unknown key \"extra\"");
    }

    @Test
    void severalDocuments() throws IOException {
        write(Fixture.SMALL + "---\nname: another\n");
        assertProblem(file, ":6:1: a second document begins here; a file holds one scenario");
    }

    @Test
    void anAliasOfAnAnchorIsOneProblem() throws IOException {
        write(Fixture.SMALL.replace("10s", "&a 10s") + "warmup: *a\n");
        assertProblem(file, ":6:9: aliases are refused; write the value out");
    }

    @Test
    void aliasesThatWouldExplodeAreOneProblemEach() throws IOException {
        write("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n" + Fixture.SMALL);
        ScenarioException e = catchThrowableOfType(ScenarioException.class, () -> read(file));
        assertThat(e.problems())
                .extracting(Problem::message)
                .filteredOn(text -> text.contains("refused"))
                .hasSize(5);
    }

    @Test
    void rootThatIsNoMapping() throws IOException {
        write("- name: x\n");
        assertThat(catchThrowableOfType(ScenarioException.class, () -> read(file)))
                .hasMessageStartingWith(file + ":1:1: expected the keys of the scenario (name, ")
                .hasMessageEndingWith("; found a list");
    }
}
