package io.wheelhouse.sim.drill;

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

    static Stream<Arguments> onEachWheel() {
        return Scripts.onEachWheel(Scripts.RECORDED);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @DisplayName("passes on exact timers, and on the kernel's wheel whatever its phase")
    @MethodSource("onEachWheel")
    void passes(String name, Wheel wheel) {
        Script script = Scripts.script(Scripts.recorded(name));
        Scripts.passesAtPhases(script, "linux", wheel, PHASES, PHASE_STEP_NS);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @DisplayName("fails at the line whose time is off by more than the tolerance")
    @MethodSource("onEachWheel")
    void wrongTime(String name, Wheel wheel) {
        BrokenScripts.wrongTime(Scripts.recorded(name), wheel);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @DisplayName("fails at the line with a wrong sequence number")
    @MethodSource("onEachWheel")
    void wrongSequenceNumber(String name, Wheel wheel) {
        BrokenScripts.wrongSequenceNumber(Scripts.recorded(name), wheel);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @DisplayName("fails at the next expected packet if one is missing from the script, or at one that never comes")
    @MethodSource("onEachWheel")
    void missingPacket(String name, Wheel wheel) {
        BrokenScripts.missingPacket(Scripts.recorded(name), wheel);
    }
}
