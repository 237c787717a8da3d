package io.wheelhouse.sim.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Scripts that Linux 6.18 passes under packetdrill itself: the model passes them on exact timers and on the kernel's wheel. */
final class KernelScriptsTest {
    private static final Path SCRIPTS = Path.of("src", "test", "resources", "drill", "kernel");
    private static final int LEAST_SCRIPTS = 70;
    private static final int PHASES = 4;
    private static final long PHASE_STEP_NS = 4_000_000L * 61 + 907_000;

    static Stream<Arguments> scripts() throws IOException {
        return Scripts.onEachWheel(Scripts.inFolder(SCRIPTS, LEAST_SCRIPTS));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @DisplayName("passes")
    @MethodSource("scripts")
    void passes(Path file, Wheel wheel) throws IOException {
        Script script = Scripts.script(Files.readString(file));
        Scripts.passesAtPhases(script, null, wheel, PHASES, PHASE_STEP_NS);
    }
}
