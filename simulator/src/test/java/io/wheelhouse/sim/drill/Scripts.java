package io.wheelhouse.sim.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.drill.Verdict.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/** Scripts for tests. */
final class Scripts {
    /** Recorded: each passes on a Linux kernel. */
    static final List<String> RECORDED = List.of(
            "delack-quickack-then-ato",
            "keepalive-idle2-intvl1-cnt3",
            "orphan-retries-2",
            "persist-answered",
            "rto-backoff-and-karn",
            "syn-retry-linear",
            "tlp-one-segment");

    /** A connection's beginning, for what comes then. */
    static final String ESTABLISHED = """
            0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
            +0 bind(3, ..., ...) = 0
            +0 listen(3, 1) = 0
            +0 < S 0:0(0) win 32792 <mss 1000,sackOK,nop,nop>
            +0 > S. 0:0(0) ack 1 <...>
            +.1 < . 1:1(0) ack 1 win 32792
            +0 accept(3, ..., ...) = 4
            """;

    private Scripts() {}

    /** The text of a recorded script. */
    static String recorded(String name) {
        try (InputStream in = Scripts.class.getResourceAsStream("/drill/" + name + ".pkt")) {
            if (in == null) {
                throw new AssertionError("no script " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }

    /** Each of these on each wheel. */
    static Stream<Arguments> onEachWheel(List<?> scripts) {
        return scripts.stream().flatMap(script -> Stream.of(Wheel.values()).map(wheel -> Arguments.of(script, wheel)));
    }

    /** The scripts of a folder, by name; no fewer than there should be. */
    static List<Path> inFolder(Path folder, int least) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> scripts = files.filter(file -> file.toString().endsWith(".pkt"))
                    .sorted()
                    .toList();
            assertThat(scripts).hasSizeGreaterThanOrEqualTo(least);
            return scripts;
        }
    }

    /**
     * Runs a script with the kernel's wheel at several phases; each run has to pass.
     *
     * @param profile as of {@link Drill}
     * @param stepNs from one phase to the next: odd parts of the wheel's slots, at all levels that a script reaches
     */
    static void passesAtPhases(Script script, @Nullable String profile, Wheel wheel, int phases, long stepNs) {
        for (int i = 0; i < phases; i++) {
            long phaseNs = Drill.DEFAULT_PHASE_NS + i * stepNs;
            Verdict verdict = new Drill(profile, wheel, phaseNs, SegmentTap.NONE).run(script);
            assertThat(verdict.outcome())
                    .as("phase %d ns, line %d: %s", phaseNs, verdict.line(), verdict.message())
                    .isEqualTo(Outcome.PASSED);
        }
    }

    /** Reads a script that must be right. */
    static Script script(String text) {
        Script script = Script.parse(text, "test.pkt");
        if (!script.problems().isEmpty()) {
            throw new AssertionError(script.problems() + "\n" + text);
        }
        return script;
    }
}
