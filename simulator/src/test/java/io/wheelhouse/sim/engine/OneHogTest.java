package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.sim.metrics.MetricCatalog;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.metrics.TimerResult;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.tcp.TimerCount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What one connection with half a processor's work does to two hundred light ones in its bucket. Together they ask for a
 * little more than there is, and the tick is none, so lateness is waiting for the processor.
 */
class OneHogTest {
    private static final String LIGHT = "light";
    private static final double QUANTUM_NS = 100_000;
    private static final double LARGEST_ITEM_NS = 1_000_000;
    private static final double ALLOWED_EXCESS_NS = QUANTUM_NS + 2 * LARGEST_ITEM_NS;

    private static RunResult run(String... settings) {
        return kept(Scenarios.gallery("one-hog", settings));
    }

    /** The same light connections, which draw the same arrivals, without the hog. */
    private static RunResult withoutHog() throws IOException {
        String text = Files.readString(Path.of("..", "scenarios", "one-hog.yaml"), StandardCharsets.UTF_8);
        String alone = text.lines()
                .filter(line -> !line.contains("name: hog"))
                .takeWhile(line -> !line.startsWith("expect:"))
                .collect(Collectors.joining("\n", "", "\n"));
        return kept(Scenarios.of(alone, "duration=5s"));
    }

    private static RunResult kept(Scenario scenario) {
        RunResult result = VirtualEngine.run(scenario, EngineOptions.quiet(1));
        assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
        return result;
    }

    private static TimerResult.InGroup light(RunResult result) {
        int number = 0;
        while (!result.groups().get(number).name().equals(LIGHT)) {
            number++;
        }
        return result.timer(Lane.SYNTHETIC).orElseThrow().groups().get(number);
    }

    private static double p99Ns(RunResult result) {
        return light(result).lateness().atPercentileNs(99);
    }

    private static long served(RunResult result) {
        return light(result).count(TimerCount.FIRED);
    }

    @Test
    void roundRobinBoundsWhatTheHogCostsTheOthers() throws IOException {
        RunResult alone = withoutHog();
        RunResult fair = run("duration=5s", "queueing.discipline=drr");
        RunResult unfair = run("duration=5s", "queueing.discipline=fifo");

        // All of their demand but what is under way at the end: a millisecond's arrivals or two of five seconds'.
        assertThat(alone.timer(Lane.SYNTHETIC).orElseThrow().count(TimerCount.FIRED))
                .isGreaterThan(100_000);
        assertThat((double) served(fair)).isGreaterThan(0.999 * served(alone));
        assertThat((double) served(unfair)).isLessThan(0.99 * served(alone));

        double excessNs = p99Ns(fair) - p99Ns(alone);
        assertThat(excessNs).isPositive().isLessThanOrEqualTo(ALLOWED_EXCESS_NS);
        assertThat(p99Ns(unfair) - p99Ns(alone)).isGreaterThan(10 * ALLOWED_EXCESS_NS);
    }

    /** The figures that a user sees say the same. */
    @Test
    void theMetricsOfLightConnectionsLeaveTheHogOut() {
        RunResult fair = run("duration=3s");
        MetricCatalog catalog = new MetricCatalog();
        assertThat(catalog.measure("lateness.light.p99", fair)).hasValue(p99Ns(fair));
        assertThat(catalog.measure("lateness.light.count", fair))
                .hasValue((double) light(fair).lateness().count());
        double largest = catalog.measure("share.connection", fair).orElseThrow();
        assertThat(largest).isEqualTo(fair.groups().get(0).largestShare()).isBetween(0.40, 0.50);
        assertThat(fair.groups().get(1).largestShare()).isBetween(0.0026, 0.006);
        double both = catalog.measure("share.group", fair).orElseThrow();
        assertThat(both).isEqualTo(fair.processors().get(0).busy(), org.assertj.core.api.Assertions.within(0.001));
    }
}
