package io.wheelhouse.sim.drill;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a script went.
 *
 * @param line of what failed, or of the construct because of which the script was skipped; 0 if it passed
 * @param message why it failed, perhaps several lines; the construct; empty if it passed
 * @param timeline what happened, one line each, in order
 */
public record Verdict(Outcome outcome, int line, String message, List<String> timeline) {

    /** The three ways. */
    public enum Outcome {
        /** Everything was as expected. */
        PASSED,
        /** Something was not. */
        FAILED,
        /** Not run: the script asks for what is not modeled. */
        SKIPPED
    }

    public Verdict {
        Objects.requireNonNull(outcome, "outcome");
        timeline = List.copyOf(timeline);
    }

    static Verdict passed(List<String> timeline) {
        return new Verdict(Outcome.PASSED, 0, "", timeline);
    }

    static Verdict failed(int line, String message, List<String> timeline) {
        return new Verdict(Outcome.FAILED, line, message, timeline);
    }

    static Verdict skipped(Unsupported unsupported) {
        return new Verdict(Outcome.SKIPPED, unsupported.line(), unsupported.construct(), List.of());
    }

    /** The construct because of which it was skipped; null if it was not. */
    public @Nullable String construct() {
        return outcome == Outcome.SKIPPED ? message : null;
    }
}
