package io.wheelhouse.sim.report;

import io.wheelhouse.sim.metrics.ExpectationResult;
import io.wheelhouse.sim.metrics.MetricCatalog;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Quantity;
import java.util.Comparator;
import java.util.List;

/** What a scenario expected, those not met first, with what was measured. */
final class ScreenExpectations {
    private static final int MOST_EXPECTATIONS = 5;
    private static final int LEAST_DIGITS = 4;
    private static final int MOST_DIGITS = 15;

    private final RunResult run;
    private final Screen screen;

    ScreenExpectations(RunResult run, Screen screen) {
        this.run = run;
        this.screen = screen;
    }

    void expectations() {
        List<ExpectationResult> ordered = run.expectations().stream()
                .sorted(Comparator.comparing(ExpectationResult::met))
                .toList();
        long unmet = ordered.stream().filter(result -> !result.met()).count();
        long shown = Math.max(unmet, Math.min(ordered.size(), MOST_EXPECTATIONS));
        for (int i = 0; i < shown; i++) {
            ExpectationResult result = ordered.get(i);
            String verdict = result.met() ? "met      " : "NOT MET  ";
            String colored =
                    result.met() ? screen.style().good(verdict) : screen.style().bad(verdict);
            screen.broken(
                    i == 0 ? "EXPECT" : "",
                    verdict,
                    colored,
                    result.expectation().text() + ": " + measured(result));
        }
    }

    /** The expectations that were not met, one a line, with what was measured. */
    static List<String> unmet(RunResult run) {
        return run.expectations().stream()
                .filter(result -> !result.met())
                .map(result -> "not met: " + result.expectation().text() + ": " + measured(result))
                .toList();
    }

    /** What was measured; where it is not what was wanted, both, in as many digits as tell them apart. */
    private static String measured(ExpectationResult result) {
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
}
