package io.wheelhouse.sim.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Whether a run kept the laws.
 *
 * @param verdicts one for each {@link Law}, in their order; none if the run was not checked
 * @param unchecked why it was not checked; empty if it was
 */
public record LawReport(List<Verdict> verdicts, String unchecked) {

    /** The laws that every run is held to. */
    public enum Law {
        /** A bucket has one owner at a time, and nobody else touches it. */
        ONE_OWNER("one owner"),
        /** Each arming ends in exactly one way. */
        FIRED_ONCE("fired once"),
        /** No timer fires before its deadline; its rounding stays within the structure's bound. */
        NEVER_EARLY("never early"),
        /** Packets of one connection are processed in order of arrival. */
        IN_ORDER("in order"),
        /** Timers, queue entries and segments balance. */
        COUNTS_BALANCE("counts balance");

        private final String words;

        Law(String words) {
            this.words = words;
        }

        /** As the summary names it. */
        public String words() {
            return words;
        }
    }

    /**
     * What was found about one law.
     *
     * @param violations what breaks it, with the values, one line each; empty where it was kept
     */
    public record Verdict(Law law, List<String> violations) {
        public Verdict {
            Objects.requireNonNull(law, "law");
            violations = List.copyOf(violations);
        }

        /** Whether the law was kept. */
        public boolean kept() {
            return violations.isEmpty();
        }
    }

    public LawReport {
        Objects.requireNonNull(unchecked, "unchecked");
        verdicts = List.copyOf(verdicts);
        List<Law> expected = unchecked.isEmpty() ? Arrays.asList(Law.values()) : List.of();
        if (!verdicts.stream().map(Verdict::law).toList().equals(expected)) {
            throw new IllegalArgumentException("verdicts: " + verdicts + ", unchecked: " + unchecked);
        }
    }

    /** What was found about each law. */
    public LawReport(List<Verdict> verdicts) {
        this(verdicts, "");
    }

    /** The run could not be checked, and for this reason. */
    public static LawReport unchecked(String why) {
        return new LawReport(List.of(), why);
    }

    /** Whether it is known that all laws were kept. */
    public boolean kept() {
        return unchecked.isEmpty() && verdicts.stream().allMatch(Verdict::kept);
    }
}
