package io.wheelhouse.sim.drill;

import java.util.Map;
import java.util.TreeMap;

/** The text that tells how scripts went: a line or more for each, then the counts. */
public final class DrillReport {
    private static final String INDENT = "  ";

    private final boolean verbose;
    private final int[] counts = new int[Verdict.Outcome.values().length];
    private final Map<String, Integer> skips = new TreeMap<>();
    private int malformed;

    /** @param verbose whether to tell what happened in each script */
    public DrillReport(boolean verbose) {
        this.verbose = verbose;
    }

    /** Takes in how a script went; returns what there is to say of it. */
    public String add(Script script, Verdict verdict) {
        counts[verdict.outcome().ordinal()]++;
        String construct = verdict.construct();
        if (construct != null) {
            skips.merge(construct, 1, Integer::sum);
        }
        StringBuilder text = new StringBuilder();
        if (verbose) {
            verdict.timeline().forEach(line -> text.append(INDENT).append(line).append('\n'));
        }
        String place = script.source() + ":" + verdict.line() + ": ";
        return text.append(
                        switch (verdict.outcome()) {
                            case PASSED -> script.source() + ": passed";
                            case FAILED -> place + "failed: " + verdict.message();
                            case SKIPPED -> place + "skipped: " + verdict.message() + " is not modeled";
                        })
                .append('\n')
                .toString();
    }

    /** Counts a script that is none. */
    public void addMalformed() {
        malformed++;
    }

    /**
     * {@code N passed, N failed, N skipped}, with {@code N malformed} if any is, below what the skipped ones ask for, the most
     * frequent first.
     */
    public String summary() {
        StringBuilder text = new StringBuilder();
        skips.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(skip -> text.append("skipped ")
                        .append(skip.getValue())
                        .append(": ")
                        .append(skip.getKey())
                        .append('\n'));
        return text.append(count(Verdict.Outcome.PASSED))
                .append(" passed, ")
                .append(count(Verdict.Outcome.FAILED))
                .append(" failed, ")
                .append(count(Verdict.Outcome.SKIPPED))
                .append(" skipped")
                .append(malformed == 0 ? "" : ", " + malformed + " malformed")
                .append('\n')
                .toString();
    }

    private int count(Verdict.Outcome outcome) {
        return counts[outcome.ordinal()];
    }

    /** Whether a script could not be read. */
    public boolean anyMalformed() {
        return malformed > 0;
    }

    /** Whether a script failed. */
    public boolean anyFailed() {
        return count(Verdict.Outcome.FAILED) > 0;
    }
}
