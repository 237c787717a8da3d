package io.wheelhouse.sim.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wheelhouse.sim.scenario.Expectation;
import io.wheelhouse.sim.scenario.Position;
import io.wheelhouse.sim.scenario.Quantity;
import io.wheelhouse.tcp.TcpCount;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricCatalogTest {
    private final MetricCatalog catalog = new MetricCatalog();
    private final RunResult run = TestRuns.result(TestRuns.recorder(1, 1_000));

    private static Expectation expectation(String metric, Map<String, String> labels, double value) {
        return new Expectation(metric, metric, labels, Expectation.Operator.LESS, value, 0.0, Position.whole("a test"));
    }

    @Test
    void everyNameCanBeMeasuredWithEachOfItsLabels() {
        assertThat(catalog.names()).doesNotHaveDuplicates();
        for (String name : catalog.names()) {
            assertThat(catalog.quantity(name)).as(name).isNotNull();
            measure(name, Map.of());
            for (String label : catalog.labels(name)) {
                measure(name, Map.of(label, label.equals(MetricCatalog.GROUP) ? "servers" : "1"));
            }
        }
    }

    private OptionalDouble measure(String name, Map<String, String> labels) {
        return catalog.measure(expectation(name, labels, 0.0), run);
    }

    @Test
    void everyCountIsAMetric() {
        for (TcpCount what : TcpCount.values()) {
            assertThat(catalog.names()).contains(what.key());
            assertThat(measure(what.key(), Map.of())).hasValue((double) run.total(what));
        }
    }

    @Test
    void aGroupNarrows() {
        double all = measure("lateness.delayed-ack.count", Map.of()).orElseThrow();
        double phones =
                measure("lateness.delayed-ack.count", Map.of("group", "phones")).orElseThrow();
        double servers = measure("lateness.delayed-ack.count", Map.of("group", "servers"))
                .orElseThrow();
        assertThat(phones).isPositive();
        assertThat(servers).isPositive();
        assertThat(phones + servers).isEqualTo(all);
        assertThat(measure("connections-open", Map.of())).hasValue(900 + 899);
        assertThat(measure("connections-open", Map.of("group", "servers"))).hasValue(899);
    }

    @ParameterizedTest
    @CsvSource({"utilization,0.15", "utilization.max,0.2", "utilization.peak,0.98", "fired,80236", "buckets,204"})
    void processorsAreFoldedAsTheQuantityAsks(String name, double expected) {
        assertThat(measure(name, Map.of()).orElseThrow())
                .isEqualTo(expected, org.assertj.core.api.Assertions.within(1e-12));
    }

    @Test
    void aProcessorNarrows() {
        assertThat(measure("utilization", Map.of("processor", "0"))).hasValue(0.1);
        assertThat(measure("utilization.other", Map.of("processor", "1"))).hasValue(0.0);
    }

    @Test
    void whatWasNotMeasuredMeetsNothing() {
        RunResult judged = run.judgedBy(
                List.of(expectation("lateness.keepalive.p99", Map.of(), 1e18), expectation("moves", Map.of(), 50.0)));
        assertThat(judged.expectations()).extracting(ExpectationResult::met).containsExactly(false, true);
        assertThat(judged.expectations().get(0).measured()).isEmpty();
        assertThat(judged.expectationsMet()).isFalse();
        assertThat(measure("lateness.keepalive.count", Map.of())).hasValue(0.0);
    }

    @Test
    void quantitiesFitTheirNames() {
        assertThat(catalog.quantity("lateness.rto.p99.9")).isEqualTo(Quantity.DURATION);
        assertThat(catalog.quantity("lateness.rto.queueing.share-at-p99")).isEqualTo(Quantity.FRACTION);
        assertThat(catalog.quantity("bytes-written")).isEqualTo(Quantity.SIZE);
        assertThat(catalog.quantity("moves")).isEqualTo(Quantity.COUNT);
        assertThat(catalog.labels("moves")).isEmpty();
    }

    @Test
    void otherNamesAreRefused() {
        assertThatThrownBy(() -> catalog.quantity("lateness.rto.p98"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lateness.rto.p98");
        assertThatThrownBy(() -> measure("segments-sent.more", Map.of())).hasMessageContaining("segments-sent.more");
        assertThatThrownBy(() -> measure("lateness.rto.p99", Map.of("group", "none")))
                .hasMessageContaining("none");
    }
}
