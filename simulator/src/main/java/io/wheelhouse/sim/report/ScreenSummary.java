package io.wheelhouse.sim.report;

import io.wheelhouse.sim.metrics.BalanceResult;
import io.wheelhouse.sim.metrics.Cause;
import io.wheelhouse.sim.metrics.ExpectationResult;
import io.wheelhouse.sim.metrics.GroupResult;
import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.sim.metrics.Lateness;
import io.wheelhouse.sim.metrics.LawReport;
import io.wheelhouse.sim.metrics.LiveUse;
import io.wheelhouse.sim.metrics.MetricCatalog;
import io.wheelhouse.sim.metrics.ProcessorResult;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.metrics.TimerResult;
import io.wheelhouse.sim.scenario.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The summary on screen: the answer first, then what it rests on; 80 columns, and 40 lines for up to eight processors.
 * Everything in it but the host's line is determined by the run.
 */
public final class ScreenSummary {
    private static final int WIDTH = Lines.WIDTH;
    private static final int LABEL = 10;
    private static final int MOST_PROCESSORS = 8;
    private static final int MOST_GROUPS = 4;
    private static final int MOST_EXPECTATIONS = 5;
    private static final int MOST_VIOLATIONS = 5;
    private static final int LEAST_DIGITS = 4;
    private static final int MOST_DIGITS = 15;
    private static final int NS_PLACES = 9;
    private static final long NS_PER_S = 1_000_000_000;
    private static final long NS_PER_MS = 1_000_000;
    private static final String MORE_FILES = "  + %d more";

    private final RunResult run;
    private final Style style;
    private final StringBuilder out = new StringBuilder();

    private ScreenSummary(RunResult run, Style style) {
        this.run = run;
        this.style = style;
    }

    /**
     * The summary, ending with a newline.
     *
     * @param folder where the files are, as the user would name it; empty where nothing was written
     * @param files their names
     * @param next a command to try next, in parts that stay on one line
     */
    public static String of(RunResult run, String folder, List<String> files, List<String> next, Style style) {
        ScreenSummary summary = new ScreenSummary(run, style);
        summary.title();
        summary.answer();
        summary.lateness();
        summary.processors();
        summary.balance();
        summary.groups();
        summary.overdue();
        summary.expectations();
        summary.laws();
        LiveUse live = run.host().live();
        if (live == null) {
            summary.row("PRINT", "fingerprint " + Units.fingerprint(run.fingerprint()));
        } else {
            // No two live runs are alike, so there is nothing to compare a fingerprint with.
            summary.live(live);
        }
        summary.host();
        if (!folder.isEmpty()) {
            summary.files(folder, files);
        }
        summary.next(next);
        return summary.out.toString();
    }

    // ---- the answer -----------------------------------------------------------------------------------------------

    private void title() {
        String simulated = seconds(run.endNs()) + (run.host().live() == null ? " simulated" : " live");
        if (run.interrupted()) {
            simulated += " of " + seconds(run.durationNs());
        }
        if (run.warmupNs() > 0) {
            simulated += ", measured from " + seconds(run.warmupNs()) + " on";
        }
        String title = run.scenario() + " · seed " + run.seed() + " · " + simulated;
        String verdict = verdict();
        int gap = WIDTH - title.length() - verdict.length();
        String colored = run.expectationsMet() ? style.good(verdict) : style.bad(verdict);
        if (verdict.isEmpty()) {
            line(style.heading(title));
        } else if (gap >= 3) {
            line(style.heading(title) + " ".repeat(3) + colored);
        } else {
            line(style.heading(title));
            line(colored);
        }
        if (run.interrupted()) {
            line(style.bad("Interrupted: these are the results up to " + seconds(run.endNs())
                    + "; nothing is judged by them."));
        }
        if (!run.laws().kept()) {
            line(style.bad("The run broke a law (see LAWS): its figures cannot be trusted."));
        }
    }

    private String verdict() {
        if (run.expectations().isEmpty()) {
            return "";
        }
        long met = run.expectations().stream().filter(ExpectationResult::met).count();
        return "expect " + met + " of " + run.expectations().size() + " met";
    }

    /** To the millisecond from a second on: a run that ends when somebody stops it ends at any nanosecond. */
    private static String seconds(long exactNs) {
        long ns = exactNs < NS_PER_S ? exactNs : Math.round(exactNs / (double) NS_PER_MS) * NS_PER_MS;
        return BigDecimal.valueOf(ns, NS_PLACES).stripTrailingZeros().toPlainString() + " s";
    }

    private void answer() {
        Optional<TimerResult> main = mainTimer(run);
        if (run.endNs() <= run.warmupNs()) {
            line("The warm-up was not over, and nothing was measured.");
        } else if (main.isEmpty()) {
            line("No timer fired" + (run.warmupNs() > 0 ? " after the warm-up." : "."));
        } else {
            Lateness lateness = main.get().lateness();
            String cause = lateness.atPercentileNs(99.0) == 0
                    ? "."
                    : ", mostly " + lateness.mainCauseAtP99().key() + ".";
            line(Units.count(lateness.count()) + " " + name(main.get().lane()) + " timers fired; p99 "
                    + Units.time(lateness.atPercentileNs(99.0)) + " late" + cause);
        }
        BalanceResult balance = run.balance();
        LiveUse live = run.host().live();
        if (live != null && live.movesForced()) {
            line(moves(balance) + (balance.moves() == 1 ? " was" : " were") + " forced, whatever the load.");
        } else if (balance.moves() > 0) {
            line(moves(balance) + " took the highest load from " + Decimals.text(balance.maxToMeanBefore(), 2) + " to "
                    + Decimals.text(balance.maxToMeanAfter(), 2) + " times the mean.");
        }
        line("");
    }

    private static String moves(BalanceResult balance) {
        return balance.moves() == 1 ? "1 move" : Units.count(balance.moves()) + " moves";
    }

    /** The timers whose lateness adds up to most. */
    static Optional<TimerResult> mainTimer(RunResult run) {
        return run.timers().stream()
                .filter(timer -> timer.lateness().count() > 0)
                .max(Comparator.comparingDouble(
                        timer -> timer.lateness().meanNs() * timer.lateness().count()));
    }

    private static String name(Lane lane) {
        String key = lane.key();
        boolean acronym = key.equals("rto") || (key.startsWith("syn") && !lane.equals(Lane.SYNTHETIC));
        return acronym ? key.toUpperCase(Locale.ROOT) : key;
    }

    // ---- tables ---------------------------------------------------------------------------------------------------

    private void lateness() {
        List<TimerResult> fired = run.timers().stream()
                .filter(timer -> timer.lateness().count() > 0)
                .toList();
        if (fired.isEmpty()) {
            return;
        }
        heading(format(
                "%-11s%8s%9s%9s%9s%9s%9s  %s",
                "LATENESS", "count", "p50", "p90", "p99", "p99.9", "max", "cause at p99"));
        for (TimerResult timer : fired) {
            Lateness lateness = timer.lateness();
            line(format(
                            "%-11s%8s%9s%9s%9s%9s%9s  %s",
                            timer.lane().key(),
                            Units.shortCount(lateness.count()),
                            Units.time(lateness.atPercentileNs(50.0)),
                            Units.time(lateness.atPercentileNs(90.0)),
                            Units.time(lateness.atPercentileNs(99.0)),
                            Units.time(lateness.atPercentileNs(99.9)),
                            Units.time(lateness.maxNs()),
                            cause(lateness))
                    .stripTrailing());
        }
        line("");
    }

    private static String cause(Lateness lateness) {
        Cause main = lateness.mainCauseAtP99();
        double share = lateness.part(main).shareAtP99();
        return share == 0.0 ? "-" : main.key() + " " + Units.wholePercent(share);
    }

    private void processors() {
        heading(format(
                "%-11s%8s%9s%9s%11s%12s%13s",
                "PROCESSOR", "busy", "peak", "other", "buckets", "fired", "moves in/out"));
        List<ProcessorResult> shown = run.processors();
        if (shown.size() > MOST_PROCESSORS) {
            shown = shown.stream()
                    .sorted(Comparator.comparingDouble(ProcessorResult::busy)
                            .reversed()
                            .thenComparingInt(ProcessorResult::processor))
                    .limit(MOST_PROCESSORS - 1)
                    .sorted(Comparator.comparingInt(ProcessorResult::processor))
                    .toList();
        }
        for (ProcessorResult processor : shown) {
            line(format(
                    "%-11d%8s%9s%9s%11s%12s%13s",
                    processor.processor(),
                    Units.percent(processor.busy()),
                    Units.percent(processor.peak()),
                    processor.other() == 0.0 ? "-" : Units.percent(processor.other()),
                    processor.bucketsAtStart() + ">" + processor.bucketsAtEnd(),
                    Units.count(processor.fired()),
                    processor.movesIn() + "/" + processor.movesOut()));
        }
        if (shown.size() < run.processors().size()) {
            line("and " + (run.processors().size() - shown.size()) + " that were less busy");
        }
        line("");
    }

    // ---- rows -----------------------------------------------------------------------------------------------------

    private void balance() {
        BalanceResult balance = run.balance();
        row(
                "BALANCE",
                format(
                        "max/mean %s > %s   Jain %s > %s   %s   bound %s",
                        Decimals.text(balance.maxToMeanBefore(), 2),
                        Decimals.text(balance.maxToMeanAfter(), 2),
                        Decimals.text(balance.jainBefore(), 2),
                        Decimals.text(balance.jainAfter(), 2),
                        moves(balance),
                        Decimals.text(balance.boundMaxToMean(), 2)));
        double largest = run.groups().stream()
                .mapToDouble(GroupResult::largestShare)
                .max()
                .orElse(0.0);
        OptionalDouble light = new MetricCatalog().measure("lateness.light.p99", run);
        if (largest > 0.0 && light.isPresent()) {
            row(
                    "",
                    "largest connection " + Decimals.text(100.0 * largest, 2) + " % of a processor; light ones p99 "
                            + Units.time((long) light.getAsDouble()) + " late");
        }
    }

    private void groups() {
        List<GroupResult> groups = run.groups();
        int shown = groups.size() > MOST_GROUPS ? MOST_GROUPS - 1 : groups.size();
        for (int number = 0; number < shown; number++) {
            wrapped(number == 0 ? "GROUP" : "", groups.get(number).name(), GroupFacts.of(run, number));
        }
        if (shown < groups.size()) {
            row("", "and " + (groups.size() - shown) + " more groups in summary.json");
        }
    }

    /** What overload hides: timers not served in the end, and those cancelled or re-armed after their expiry. */
    private void overdue() {
        long ended = 0;
        long oldestNs = 0;
        for (TimerResult timer : run.timers()) {
            ended += timer.ended().count();
            oldestNs = Math.max(oldestNs, timer.ended().maxAgeNs());
        }
        String atEnd = run.overdue().count() == 0
                ? "none at the end"
                : Units.shortCount(run.overdue().count()) + " at the end, oldest "
                        + Units.time(run.overdue().oldestAgeNs());
        String before =
                ended == 0 ? "" : "; " + Units.shortCount(ended) + " ended late, oldest " + Units.time(oldestNs);
        row("OVERDUE", atEnd + before);
    }

    private void expectations() {
        List<ExpectationResult> ordered = run.expectations().stream()
                .sorted(Comparator.comparing(ExpectationResult::met))
                .toList();
        long unmet = ordered.stream().filter(result -> !result.met()).count();
        long shown = Math.max(unmet, Math.min(ordered.size(), MOST_EXPECTATIONS));
        for (int i = 0; i < shown; i++) {
            ExpectationResult result = ordered.get(i);
            String verdict = result.met() ? "met      " : "NOT MET  ";
            String colored = result.met() ? style.good(verdict) : style.bad(verdict);
            broken(
                    i == 0 ? "EXPECT" : "",
                    verdict,
                    colored,
                    result.expectation().text() + ": " + measured(result));
        }
    }

    /** The expectations that were not met, one a line, with what was measured. */
    public static List<String> unmet(RunResult run) {
        return run.expectations().stream()
                .filter(result -> !result.met())
                .map(result -> "not met: " + result.expectation().text() + ": " + measured(result))
                .toList();
    }

    /** What was measured; where it is not what was wanted, both, in as many digits as tell them apart. */
    static String measured(ExpectationResult result) {
        if (result.measured().isEmpty()) {
            return "nothing to measure";
        }
        Quantity quantity = new MetricCatalog().quantity(result.expectation().metric());
        double measured = result.measured().getAsDouble();
        double wanted = result.expectation().value();
        if (result.met()) {
            return Units.value(quantity, measured, LEAST_DIGITS);
        }
        int digits = LEAST_DIGITS;
        while (digits < MOST_DIGITS
                && Units.value(quantity, measured, digits).equals(Units.value(quantity, wanted, digits))) {
            digits++;
        }
        String tolerance = result.expectation().tolerance() == 0.0
                ? ""
                : " +- " + Units.value(quantity, result.expectation().tolerance(), LEAST_DIGITS);
        return "measured " + Units.value(quantity, measured, digits) + ", wanted "
                + result.expectation().operator().sign() + " " + Units.value(quantity, wanted, digits) + tolerance;
    }

    private void laws() {
        List<LawReport.Verdict> verdicts = run.laws().verdicts();
        if (run.laws().kept()) {
            List<String> words =
                    verdicts.stream().map(verdict -> verdict.law().words()).toList();
            row("LAWS", style.good("ok") + ": " + String.join(", ", words));
            return;
        }
        String label = "LAWS";
        for (LawReport.Verdict verdict : verdicts) {
            for (String violation :
                    verdict.violations().stream().limit(MOST_VIOLATIONS).toList()) {
                row(label, style.bad("BROKEN") + " " + verdict.law().words() + ": " + violation);
                label = "";
            }
        }
    }

    private void live(LiveUse live) {
        String label = "LIVE";
        for (int p = 0; p < live.threads().size() && p < MOST_PROCESSORS; p++) {
            LiveUse.OfThread thread = live.threads().get(p);
            broken(
                    label,
                    "",
                    "",
                    format(
                            "thread %d: simulator's own work %s, lost to others %s, longest step %s",
                            p,
                            Units.percent((double) thread.ownNs() / Math.max(1, run.endNs())),
                            Units.time(thread.gapsNs()),
                            Units.time(thread.longestStepNs())));
            label = "";
        }
        if (live.threads().stream().anyMatch(thread -> thread.gapsNs() > 0)) {
            row("", "what threads lost to others on this machine is in the lateness above");
        }
        LiveUse.Overlap overlap = live.overlap();
        if (overlap.logged() > 0) {
            row(
                    "",
                    Units.count(overlap.overlapping()) + " of " + Units.count(overlap.logged())
                            + " logged callbacks ran beside another thread's");
        }
        if (live.thrown() > 0) {
            row("TROUBLE", style.bad(Units.count(live.thrown()) + " callbacks threw; their threads went on"));
        }
        for (String line : live.troubles()) {
            row(live.thrown() > 0 ? "" : "TROUBLE", line);
        }
    }

    private void host() {
        row(
                "HOST",
                Units.time(run.host().wallNs()) + ", " + Units.rough(HostJson.eventsPerSecond(run)) + " events/s on "
                        + run.host().threads() + (run.host().threads() == 1 ? " thread" : " threads"));
    }

    private void files(String folder, List<String> files) {
        StringBuilder text = new StringBuilder(folder).append('/');
        int more = 0;
        for (String file : byInterest(files)) {
            if (text.length() + 2 + file.length() + LABEL <= WIDTH - MORE_FILES.length()) {
                text.append("  ").append(file);
            } else {
                more++;
            }
        }
        row("FILES", text + (more == 0 ? "" : String.format(Locale.ROOT, MORE_FILES, more)));
    }

    /** The table of the timers that the answer is about stands before those of the others; moves that were none, last. */
    private List<String> byInterest(List<String> files) {
        String main =
                mainTimer(run).map(timer -> ResultFolder.table(timer.lane())).orElse("");
        List<String> sorted = new ArrayList<>(files);
        sorted.sort(Comparator.comparingInt(file -> {
            if (file.equals(ResultFolder.SUMMARY)) {
                return 0;
            }
            boolean isEmpty = file.equals(IntervalFiles.MOVES) && run.balance().moves() == 0;
            return file.equals(main) ? 1 : isEmpty ? 3 : 2;
        }));
        return sorted;
    }

    private void next(List<String> command) {
        String label = "NEXT" + " ".repeat(LABEL - "NEXT".length());
        List<String> lines = Lines.command(label, command);
        line(style.heading("NEXT") + lines.get(0).substring("NEXT".length()));
        lines.subList(1, lines.size()).forEach(this::line);
    }

    // ---- lines ----------------------------------------------------------------------------------------------------

    private void wrapped(String label, String lead, List<String> facts) {
        StringBuilder text = new StringBuilder(lead).append("  ");
        String rowLabel = label;
        for (int i = 0; i < facts.size(); i++) {
            String fact = facts.get(i) + (i < facts.size() - 1 ? ", " : "");
            if (LABEL + text.length() + fact.stripTrailing().length() > WIDTH) {
                row(rowLabel, text.toString().stripTrailing());
                rowLabel = "";
                text = new StringBuilder("  ");
            }
            text.append(fact);
        }
        row(rowLabel, text.toString().stripTrailing());
    }

    /** A row that goes on below its text where it is longer than a line. */
    private void broken(String label, String mark, String coloredMark, String text) {
        String plain = label + " ".repeat(LABEL - label.length()) + mark;
        List<String> lines = Lines.labelled(plain, text);
        row(label, coloredMark + lines.get(0).substring(plain.length()));
        lines.subList(1, lines.size()).forEach(this::line);
    }

    private void heading(String text) {
        line(style.heading(text));
    }

    private void row(String label, String text) {
        line(
                label.isEmpty()
                        ? " ".repeat(LABEL) + text
                        : style.heading(label) + " ".repeat(LABEL - label.length()) + text);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
