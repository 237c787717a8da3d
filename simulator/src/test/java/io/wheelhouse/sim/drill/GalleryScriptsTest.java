package io.wheelhouse.sim.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts of the gallery pass on exact timers and on the kernel's wheel, at several of its phases. */
final class GalleryScriptsTest {
    private static final Path GALLERY = Path.of("..", "scenarios", "drill");
    private static final int LEAST_SCRIPTS = 6;
    private static final int PHASES = 16;
    private static final long PHASE_STEP_NS = 4_000_000L * 53 + 1_301_000;

    static Stream<Arguments> scripts() throws IOException {
        return Scripts.onEachWheel(Scripts.inFolder(GALLERY, LEAST_SCRIPTS));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @DisplayName("passes")
    @MethodSource("scripts")
    void passes(Path file, Wheel wheel) throws IOException {
        Script script = Scripts.script(Files.readString(file));
        Scripts.passesAtPhases(script, null, wheel, PHASES, PHASE_STEP_NS);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @DisplayName("fails at the right line if a time, a number or a packet is wrong")
    @MethodSource("scripts")
    void broken(Path file, Wheel wheel) throws IOException {
        String text = Files.readString(file);
        BrokenScripts.wrongTime(text, wheel);
        BrokenScripts.wrongSequenceNumber(text, wheel);
        BrokenScripts.missingPacket(text, wheel);
    }

    @Test
    @DisplayName("is listed in the gallery's README")
    void isListed() throws IOException {
        String readme = Files.readString(GALLERY.resolve("../README.md"));
        try (Stream<Path> files = Files.list(GALLERY)) {
            assertThat(files.map(file -> "(drill/" + file.getFileName() + ")"))
                    .allSatisfy(link -> assertThat(readme).contains(link));
        }
    }
}
