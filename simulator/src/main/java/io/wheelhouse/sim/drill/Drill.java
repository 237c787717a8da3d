package io.wheelhouse.sim.drill;

import io.wheelhouse.tcp.profile.Profile;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs scripts against the model, each on a kernel of its own.
 *
 * @param profile the modeled stack; null for the one that the script is written for: {@code freebsd} if it sets
 *     variables of {@code net.inet}, else {@code linux}
 * @param wheel what fires the timers
 * @param phaseNs what the modeled kernel's clock says when a script starts: a script should pass whatever that is, for
 *     on a real machine nobody knows
 * @param tap is told of all segments
 */
public record Drill(@Nullable String profile, Wheel wheel, long phaseNs, SegmentTap tap) {
    /** 25,250 ticks and a quarter: on no edge of any level of a wheel. */
    public static final long DEFAULT_PHASE_NS = 101_001_000_000L;

    private static final String LINUX = "linux";
    private static final String BSD = "freebsd";

    public Drill {
        Objects.requireNonNull(wheel, "wheel");
        if (phaseNs < 0) {
            throw new IllegalArgumentException("phaseNs must not be negative: " + phaseNs);
        }
    }

    /** With a profile chosen by the script, at the default phase. */
    public static Drill on(Wheel wheel) {
        return new Drill(null, wheel, DEFAULT_PHASE_NS, SegmentTap.NONE);
    }

    /**
     * Runs a script that has no problems.
     *
     * @throws IllegalArgumentException if it has
     */
    public Verdict run(Script script) {
        if (!script.problems().isEmpty()) {
            throw new IllegalArgumentException(
                    "a malformed script cannot be run: " + script.problems().get(0));
        }
        return script.firstUnsupported().map(Verdict::skipped).orElseGet(() -> new Runner(script, this).run());
    }

    /** The name of the profile for a script. */
    String profileFor(Script script) {
        if (profile != null) {
            return profile;
        }
        boolean bsd = script.events().stream()
                .anyMatch(event -> event.action() instanceof Action.Command command
                        && command.settings().stream().anyMatch(Sysctls::isBsd));
        return bsd && Profile.names().contains(BSD) ? BSD : LINUX;
    }
}
