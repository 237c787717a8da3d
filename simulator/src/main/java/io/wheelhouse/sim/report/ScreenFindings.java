package io.wheelhouse.sim.report;

import io.wheelhouse.sim.metrics.BalanceResult;
import io.wheelhouse.sim.metrics.GroupResult;
import io.wheelhouse.sim.metrics.LawReport;
import io.wheelhouse.sim.metrics.MetricCatalog;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.metrics.TimerResult;
import java.util.List;
import java.util.OptionalDouble;

/** What the figures rest on, a row or a few for each: balance, groups, overdue timers, laws. */
final class ScreenFindings {
    private static final int MOST_GROUPS = 4;
    private static final int MOST_VIOLATIONS = 5;

    private final RunResult run;
    private final Screen screen;

    ScreenFindings(RunResult run, Screen screen) {
        this.run = run;
        this.screen = screen;
    }

    void balance() {
        BalanceResult balance = run.balance();
        screen.row(
                "BALANCE",
                Screen.format(
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
            screen.row(
                    "",
                    "largest connection " + Decimals.text(100.0 * largest, 2) + " % of a processor; light ones p99 "
                            + Units.time((long) light.getAsDouble()) + " late");
        }
    }

    static String moves(BalanceResult balance) {
        return balance.moves() == 1 ? "1 move" : Units.count(balance.moves()) + " moves";
    }

    void groups() {
        List<GroupResult> groups = run.groups();
        int shown = groups.size() > MOST_GROUPS ? MOST_GROUPS - 1 : groups.size();
        for (int number = 0; number < shown; number++) {
            screen.wrapped(number == 0 ? "GROUP" : "", groups.get(number).name(), GroupFacts.of(run, number));
        }
        if (shown < groups.size()) {
            screen.row("", "and " + (groups.size() - shown) + " more groups in summary.json");
        }
    }

    /** What overload hides: timers not served in the end, and those cancelled or re-armed after their expiry. */
    void overdue() {
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
        screen.row("OVERDUE", atEnd + before);
    }

    void laws() {
        List<LawReport.Verdict> verdicts = run.laws().verdicts();
        if (run.laws().kept()) {
            List<String> words =
                    verdicts.stream().map(verdict -> verdict.law().words()).toList();
            screen.row("LAWS", screen.style().good("ok") + ": " + String.join(", ", words));
            return;
        }
        if (!run.laws().unchecked().isEmpty()) {
            screen.broken("LAWS", "", "", "not checked: " + run.laws().unchecked());
            return;
        }
        String label = "LAWS";
        for (LawReport.Verdict verdict : verdicts) {
            for (String violation :
                    verdict.violations().stream().limit(MOST_VIOLATIONS).toList()) {
                screen.row(
                        label,
                        screen.style().bad("BROKEN") + " " + verdict.law().words() + ": " + violation);
                label = "";
            }
        }
    }
}
